"""The four lists that stand in most sections: deliverables, difference, barriers, focus."""

from django import forms

from reports import document
from reports.blocks.kind import FIGURES, BlockForm, BlockKind, Rows
from reports.choices import STANDING_LISTS, Kind
from reports.content import LONGEST_POINT, MOST_POINTS, ItemContent
from reports.editor import InlineRichTextField, RichTextField
from reports.models import Block
from reports.reader import Reader

ADVICE = {
    Kind.DELIVERABLES: "What was done this year, one thing in each point.",
    Kind.DIFFERENCE: "What changed for children and families, and how you know. What was done belongs elsewhere.",
    Kind.BARRIERS: "What stood in the way, and what is being done about it.",
    Kind.FOCUS: "What you will do next year. Each point comes back in next year's report.",
}


class ListForm(BlockForm):
    body = RichTextField(
        label="Introduction",
        required=False,
        help_text="Stands above the points. It may be empty.",
        figures_url=FIGURES,
    )


class ItemForm(forms.Form):
    text = InlineRichTextField(label="Point", max_length=LONGEST_POINT, figures_url=FIGURES)
    update_id = forms.IntegerField(required=False, widget=forms.HiddenInput)


def read(block: Block, reader: Reader) -> document.ListBlock:
    return document.ListBlock(
        id=block.pk,
        kind=block.kind,
        heading=block.get_kind_display(),
        heading_level=reader.heading_level,
        intro_html=reader.prose(block, block.body),
        items=tuple(reader.prose(block, item.text) for item in block.items.all()),
    )


KINDS = tuple(
    BlockKind(
        kind=kind,
        form=ListForm,
        read=read,
        advice=ADVICE[kind],
        rows=Rows(
            form=ItemForm,
            field="items",
            content=ItemContent,
            initial=lambda item: {"text": item.text, "update_id": item.update_id},
            noun="point",
            most=MOST_POINTS,
        ),
    )
    for kind in STANDING_LISTS
)
