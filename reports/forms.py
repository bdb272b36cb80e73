"""The forms of a section's pages: for each block its own form and one for each of its rows; bringing in texts."""

from dataclasses import replace

from django import forms

from priorities.models import QuarterlyUpdate
from reports.blocks import KINDS
from reports.choices import STANDING_LISTS
from reports.content import BlockContent, content_of
from reports.models import Block, Section
from reports.queries import updates_for

SPARE_ROWS = 1


class BlockEditor:
    """One block on the section's page: the kind's form, its rows, and the version somebody started from."""

    def __init__(self, block: Block, data=None):
        self.block = block
        self.kind = KINDS[block.kind]
        content = content_of(block)
        prefix = f"block-{block.pk}"
        fields = {name: getattr(content, name) for name in self.kind.form.base_fields}
        self.form = self.kind.form(data, prefix=prefix, initial=fields)
        self.started = StartedFrom(
            data, prefix=prefix, initial={"version": block.version, "fingerprint": content.fingerprint}
        )
        self.measures = self.kind.rows.measures() if self.kind.rows and self.kind.rows.measures else {}
        self.rows = self._rows(data, content, prefix) if self.kind.rows else None

    def _rows(self, data, content, prefix):
        rows = self.kind.rows
        initial = [rows.initial(row) for row in getattr(content, rows.field)]
        if data:
            # The rows that the page was opened with: a row added since must not be taken for the page's spare one.
            initial = initial[: _count(data.get(f"{prefix}-rows-INITIAL_FORMS"))]
        factory = forms.formset_factory(
            rows.form,
            formset=RowSet,
            extra=SPARE_ROWS,
            can_delete=True,
            can_order=True,
            max_num=rows.most,
            absolute_max=rows.most + SPARE_ROWS,
            validate_max=True,
        )
        more = {"measures": self.measures} if rows.measures else {}
        return factory(data, prefix=f"{prefix}-rows", initial=initial, form_kwargs=more)

    @property
    def title(self):
        return self.block.get_kind_display()

    @property
    def media(self):
        media = self.form.media
        return media + self.rows.empty_form.media if self.rows else media

    @property
    def forms(self):
        """Every form with fields of its own, for the summary of errors."""
        return [self.form, *(self.rows.forms if self.rows else ())]

    def is_valid(self):
        valid = [self.form.is_valid(), self.started.is_valid(), self.rows is None or self.rows.is_valid()]
        return all(valid)

    @property
    def content(self) -> BlockContent:
        """What was written; only after `is_valid`. Where a point came from is taken from the block, not believed."""
        content = self.kind.content(self.form.cleaned_data, self.rows.in_order if self.rows else [])
        known = {item.update_id for item in self.block.items.all()}
        items = tuple(item if item.update_id in known else replace(item, update_id=None) for item in content.items)
        return replace(content, items=items)

    @property
    def is_touched(self):
        """Whether anything was changed since the page was opened."""
        return self.content.fingerprint != self.started.cleaned_data["fingerprint"]

    def show_evidence(self, points):
        """Give each row its point of these, so that it says what shows the impact, or that nothing does."""
        here = {point.position: point for point in points if point.block_id == self.block.pk}
        for place, row in enumerate(self.rows.initial_forms if self.rows else ()):
            row.point = here.get(place)

    def start_again_from(self, block: Block):
        """Let the next save replace what stands in the block now: the person has seen it."""
        self.started = StartedFrom(
            prefix=f"block-{block.pk}",
            initial={"version": block.version, "fingerprint": content_of(block).fingerprint},
        )


def _count(text):
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


class StartedFrom(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


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
