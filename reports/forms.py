"""The forms of a section's pages: for each block its own form and one for each of its rows; bringing in texts."""

import re
from dataclasses import replace

from django import forms

from priorities.models import QuarterlyUpdate
from reports.blocks import KINDS
from reports.choices import STANDING_LISTS, Shows, Variant
from reports.content import BlockContent, content_of
from reports.models import Block, Section
from reports.queries import shown_at, updates_for

SPARE_ROWS = 1

NOT_WHOLE = "The page had not come whole, so nothing was saved. Check that your text is all there, then save again."
"""What is said of a block whose last field was not sent, or not all of its rows: the rest is not taken as emptied."""


class BlockEditor:
    """One block on the section's page: the kind's form, its rows, and what somebody started from.

    It shows what stands in the block; with a `content`, that on top of a `version` of the block.
    """

    def __init__(self, block: Block, data=None, *, content: BlockContent | None = None, version: int | None = None):
        self.block = block
        self.clash = None
        self.kind = KINDS[block.kind]
        if content is None and (data is None or self.kind.rows):
            content = content_of(block)
        prefix = f"block-{block.pk}"
        self.end_name = f"{prefix}-whole"
        self.is_whole = data is None or (self.end_name in data and _has_rows_as_counted(data, f"{prefix}-rows"))
        if not self.is_whole:
            data = _completed(data, BlockEditor(block), prefix)
        fields = {name: getattr(content, name) for name in self.kind.form.base_fields} if content else {}
        self.form = self.kind.form(data, prefix=prefix, initial=fields)
        self.started = StartedFrom.at(block.version if version is None else version, prefix=prefix, data=data)
        self.measures = self.kind.rows.measures() if self.kind.rows and self.kind.rows.measures else {}
        self.rows = self._rows(data, content, prefix) if self.kind.rows else None

    def _rows(self, data, content, prefix):
        rows = self.kind.rows
        initial = [rows.initial(row) for row in getattr(content, rows.field)]
        if data and not rows.is_fixed:
            # The rows that the page was opened with: a row added since must not be taken for the page's spare one.
            initial = initial[: _count(data.get(f"{prefix}-rows-INITIAL_FORMS"))]
        factory = forms.formset_factory(
            rows.form,
            formset=FixedRowSet if rows.is_fixed else RowSet,
            extra=0 if rows.is_fixed else SPARE_ROWS,
            can_delete=not rows.is_fixed,
            can_order=not rows.is_fixed,
            max_num=rows.most,
            # Two full lists joined are shown whole, for somebody to take out what is too much.
            absolute_max=2 * rows.most + SPARE_ROWS,
            validate_max=True,
        )
        more = {"measures": self.measures} if rows.measures else {}
        return factory(data, prefix=f"{prefix}-rows", initial=initial, form_kwargs=more)

    @property
    def title(self):
        return self.block.get_kind_display()

    @property
    def marks(self):
        """The variants of the report that the block can be put into or left out of, each with whether it is there."""
        variants = self.block.variants
        return [(variant, variant in variants) for variant in Variant if variants != (variant,)]

    @property
    def is_sent(self):
        """Whether it holds what somebody's page sent, and not what stands in the block."""
        return self.form.is_bound

    @property
    def media(self):
        media = self.form.media
        return media + self.rows.empty_form.media if self.rows else media

    @property
    def forms(self):
        """Every form with fields of its own, for the summary of errors."""
        return [self.form, *(self.rows.forms if self.rows else ())]

    @property
    def all_forms(self):
        """Every form of the fieldset, with those that have only hidden fields."""
        return [*self.forms, self.started, *([self.rows.management_form] if self.rows else ())]

    @property
    def errors(self):
        """What is wrong in which field, by the field's name on the page."""
        found = {form[name].html_name: list(errors) for form in self.all_forms for name, errors in _errors_of(form)}
        return found if self.is_whole else {**found, self.end_name: [NOT_WHOLE]}

    @property
    def values(self):
        """What stands in each field, by the field's name on the page."""
        return {field.html_name: field.value() for form in self.all_forms for field in form} | {self.end_name: "1"}

    def is_valid(self):
        valid = [self.form.is_valid(), self.started.is_valid(), self.rows is None or self.rows.is_valid()]
        return self.is_whole and all(valid)

    @property
    def content(self) -> BlockContent:
        """What was written; only after `is_valid`. Where a point came from is taken from the block, not believed."""
        content = self.kind.content(self.form.cleaned_data, self.rows.in_order if self.rows else [])
        claimed = {item.update_id for item in content.items} - {None}
        known = self._origins(claimed) if claimed else set()
        items = tuple(item if item.update_id in known else replace(item, update_id=None) for item in content.items)
        return replace(content, items=items)

    def _origins(self, claimed):
        """The updates from which points of the block came: now, or when the page was opened."""
        origins = {item.update_id for item in self.block.items.all()}
        if claimed <= origins:
            return origins
        before = shown_at(self.block, **self.started.cleaned_data)
        return origins | {item.update_id for item in before.items} if before else origins

    def show_evidence(self, points):
        """Give each row its point of these, so that it says what shows the impact, or that nothing does."""
        here = {point.position: point for point in points if point.block_id == self.block.pk}
        for place, row in enumerate(self.rows.initial_forms if self.rows else ()):
            row.point = here.get(place)

    def start_again_from(self, version):
        """Let the next save be on top of this version: the person sees what stands in it."""
        self.started = StartedFrom.at(version, prefix=f"block-{self.block.pk}")


def _errors_of(form):
    return [(name, errors) for name, errors in form.errors.items() if name in form.fields] if form.is_bound else []


def _count(text):
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _has_rows_as_counted(data, prefix):
    """Whether there are as many rows as a page says, so that none is left out: they are taken away by DELETE alone."""
    if f"{prefix}-TOTAL_FORMS" not in data:
        return True
    total, started = data[f"{prefix}-TOTAL_FORMS"], _count(data.get(f"{prefix}-INITIAL_FORMS"))
    return str(total).isdecimal() and max(started, _rows_in(data, prefix)) <= int(total)


def _rows_in(data, prefix):
    """How many rows there must be for the last one of which something was sent."""
    found = (re.match(rf"{prefix}-([0-9]{{1,5}})-", name) for name in data)
    return max((int(row[1]) + 1 for row in found if row), default=0)


def _completed(data, stored, prefix):
    """What came of a block that did not come whole, on top of what stands in it: to be shown, not to be saved."""
    data = data.copy()
    for name, value in stored.values.items():
        if value is not None and value is not False:
            data.setdefault(name, value)
    if f"{prefix}-rows-TOTAL_FORMS" in data:
        counted = data[f"{prefix}-rows-TOTAL_FORMS"]
        least = max(_count(data[f"{prefix}-rows-INITIAL_FORMS"]), _rows_in(data, f"{prefix}-rows"))
        data[f"{prefix}-rows-TOTAL_FORMS"] = str(max(_count(str(counted)), least))
    return data


class StartedFrom(forms.Form):
    """What somebody had before them when they began to write: see `queries.shown_at`."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    shows = forms.ChoiceField(choices=Shows, widget=forms.HiddenInput)

    @classmethod
    def at(cls, version, *, prefix, data=None):
        return cls(data, prefix=prefix, initial={"version": version, "shows": Shows.SAVED})


class WindowForm(forms.Form):
    """Which window of whose browser asks, and its mark of what it sends."""

    window = forms.CharField(max_length=36)
    person = forms.IntegerField()
    key = forms.CharField(max_length=36, required=False)


class HeartbeatForm(WindowForm):
    """In which block of the section somebody writes, if in any."""

    block = forms.ModelChoiceField(Block.objects.none(), required=False)
    take_over = forms.BooleanField(required=False)

    def __init__(self, *args, section: Section, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["block"].queryset = section.blocks.all()


class RowSet(forms.BaseFormSet):
    """Rows that can be taken away and put in another order; spare rows may stay empty."""

    ordering_widget = forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"})

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Position"
        form.fields["DELETE"].label = "Remove"
        if form.has_number_in_label:
            first = next(iter(form.fields.values()))
            first.label = f"{first.label} {self.number(index)}"

    @staticmethod
    def number(index):
        """The row's number for people; the empty row that the browser copies has a place for it."""
        return "__number__" if index is None else index + 1

    @property
    def in_order(self):
        """The cleaned data of the rows that stay, in their order."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in ("ORDER", "DELETE")}
            for form in self.ordered_forms
        ]


class FixedRowSet(RowSet):
    """The rows that there are, as many as there are, whatever a page says."""

    def add_fields(self, form, index):
        forms.BaseFormSet.add_fields(self, form, index)

    def initial_form_count(self):
        return len(self.initial)

    def total_form_count(self):
        return len(self.initial)

    @property
    def in_order(self):
        return [form.cleaned_data for form in self.forms]


class BringInForm(forms.Form):
    """Which text of which accepted update goes into which list of the section."""

    update = forms.ModelChoiceField(QuarterlyUpdate.objects.none())
    answer = forms.CharField(max_length=60)
    block = forms.ModelChoiceField(Block.objects.none())

    def __init__(self, *args, section: Section, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["update"].queryset = updates_for(section)
        self.fields["block"].queryset = section.blocks.filter(kind__in=STANDING_LISTS)

    def clean(self):
        data = super().clean()
        if "update" in data and "answer" in data:
            answers = {each.question.name: each.text for each in data["update"].answers.all()}
            if data["answer"] not in answers:
                self.add_error("answer", "The update has no such answer")
            else:
                self.text = answers[data["answer"]]
        return data
