"""The four lists that stand in most sections: deliverables, difference, barriers, focus."""

from dataclasses import asdict, replace

from django import forms

from priorities.choices import HowKnown
from reports import document
from reports.blocks.kind import FIGURES, BlockForm, BlockKind, RowForm, Rows
from reports.choices import STANDING_LISTS, Kind
from reports.content import LONGEST_POINT, MOST_POINTS, ItemContent
from reports.editor import InlineRichTextField, RichTextField
from reports.models import Block
from reports.queries import measures_that_show
from reports.reader import Reader

ADVICE = {
    Kind.DELIVERABLES: "What was done this year, one thing in each point.",
    Kind.DIFFERENCE: (
        "What changed for children and families, and how you know. What was done belongs elsewhere. A figure placed in "
        "a point is enough. Otherwise name what shows it, such as “Peer audit, July 2022” or a measure. This is not "
        "printed."
    ),
    Kind.BARRIERS: "What stood in the way, and what is being done about it.",
    Kind.FOCUS: "What you will do next year. Each point comes back in next year's report.",
}


NO_SUCH_MEASURE = "Write the name of a measure that has a figure, as the page of measures has it."


class ListForm(BlockForm):
    body = RichTextField(
        label="Introduction",
        required=False,
        help_text="Stands above the points. It may be empty.",
        figures_url=FIGURES,
    )


class ItemForm(RowForm):
    has_number_in_label = True

    text = InlineRichTextField(label="Point", max_length=LONGEST_POINT, figures_url=FIGURES)
    update_id = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ImpactForm(ItemForm):
    """A point on the difference made; `measures` are those it can be known by, names by id."""

    how_known = forms.ChoiceField(
        label="How do you know?", required=False, choices=[("", "Nothing linked here"), *HowKnown.choices]
    )
    known_from = forms.CharField(label="Which one, and when?", required=False, max_length=200)

    def __init__(self, *args, measures, **kwargs):
        super().__init__(*args, **kwargs)
        self.measures = {name.casefold(): pk for pk, name in measures.items()}
        if self.initial.get("how_known") == HowKnown.MEASURE:
            self.initial["known_from"] = measures.get(self.initial["known_measure_id"], "")
        self.fields["known_from"].widget.attrs["list"] = f"{self.prefix.rpartition('-rows-')[0]}-measures"

    def clean(self):
        data = super().clean()
        kind, words = data.get("how_known"), data.get("known_from")
        if "how_known" not in data or "known_from" not in data:
            return data
        data["known_measure_id"] = self.measures.get(words.casefold()) if kind == HowKnown.MEASURE else None
        if kind == HowKnown.MEASURE and data["known_measure_id"]:
            data["known_from"] = ""
        elif kind == HowKnown.MEASURE:
            self.add_error("known_from", NO_SUCH_MEASURE)
        elif kind and not words:
            self.add_error("known_from", "Say which one it was, and when.")
        elif words and not kind:
            self.add_error("how_known", "Choose what kind of evidence this is.")
        return data


def read(block: Block, reader: Reader) -> document.ListBlock:
    return document.ListBlock(
        id=block.pk,
        kind=block.kind,
        heading=block.get_kind_display(),
        heading_level=reader.heading_level,
        intro_html=reader.prose(block, block.body),
        items=tuple(reader.prose(block, item.text) for item in block.items.all()),
    )


def initial(item: ItemContent) -> dict:
    return {"text": item.text, "update_id": item.update_id}


POINTS = Rows(form=ItemForm, field="items", content=ItemContent, initial=initial, noun="point", most=MOST_POINTS)

POINTS_ON_IMPACT = replace(POINTS, form=ImpactForm, initial=asdict, measures=measures_that_show)

KINDS = tuple(
    BlockKind(
        kind=kind,
        form=ListForm,
        read=read,
        advice=ADVICE[kind],
        rows=POINTS_ON_IMPACT if kind == Kind.DIFFERENCE else POINTS,
    )
    for kind in STANDING_LISTS
)
