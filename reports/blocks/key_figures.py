"""A few numbers of the year, large, each with words that say what it counts."""

from django import forms

from priorities.figurebook import SHOWS
from reports import document
from reports.blocks.kind import BlockKind, HeadingForm, Rows
from reports.blocks.measure_rows import MeasureRowForm
from reports.choices import Kind
from reports.content import MeasureContent
from reports.models import Block, MeasureOnBlock
from reports.reader import NO_FIGURE, Reader
from reports.richtext import FigureToken

MOST_FIGURES = 9
"""Of more, none would be the key."""


class KeyFigureForm(MeasureRowForm):
    show = forms.ChoiceField(label="What is shown of it", choices=SHOWS.items())
    words = forms.CharField(
        label="Words under the number",
        required=False,
        max_length=200,
        help_text="What it counts: for example, children discussed. Leave it empty for the measure’s name.",
    )


def read(block: Block, reader: Reader) -> document.KeyFiguresBlock:
    return document.KeyFiguresBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        figures=tuple(_figure(block, row, reader) for row in block.measures.all()),
    )


def _figure(block: Block, row: MeasureOnBlock, reader: Reader) -> document.KeyFigure:
    figure = reader.figure(block, FigureToken(row.measure.code, row.period.code, row.show))
    return document.KeyFigure(
        text=figure.text if figure else NO_FIGURE,
        words=row.words or row.measure.name,
        scope=", ".join((row.period.label, figure.area)) if figure else row.period.label,
    )


KIND = BlockKind(
    kind=Kind.KEY_FIGURES,
    form=HeadingForm,
    read=read,
    rows=Rows(
        form=KeyFigureForm,
        field="measures",
        content=MeasureContent,
        initial=lambda row: {
            "measure_id": row.measure_id,
            "period_id": row.period_id,
            "show": row.show,
            "words": row.words,
        },
        noun="figure",
        most=MOST_FIGURES,
    ),
    advice="Choose the few numbers that a reader should remember.",
)
