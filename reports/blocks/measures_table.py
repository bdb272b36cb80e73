"""A table of measures: value, the period before, change, comparators."""

from priorities.figurebook import Entry
from reports import document
from reports.blocks.kind import BlockKind, HeadingForm
from reports.blocks.measure_rows import ROWS
from reports.choices import Kind
from reports.models import Block, MeasureOnBlock
from reports.reader import NO_FIGURE, Reader


def read(block: Block, reader: Reader) -> document.MeasureTableBlock:
    return document.MeasureTableBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        caption=block.heading or "Measures",
        rows=tuple(_row(block, row, reader) for row in block.measures.all()),
    )


def _row(block: Block, row: MeasureOnBlock, reader: Reader) -> document.MeasureRow:
    entry = reader.entry(block, row)
    return document.MeasureRow(
        name=row.measure.name,
        value=value_with_share(entry) if entry else NO_FIGURE,
        previous=_previous(entry) if entry else "",
        change=entry.change_in_words if entry else "",
        comparators="; ".join(entry.comparators_in_words) if entry else "",
        period=row.period.label,
        area=entry.area if entry else "",
    )


def value_with_share(entry: Entry) -> str:
    """The value, with its share of the denominator in brackets where it has one."""
    share = entry.text("share")
    return f"{entry.text()} ({share})" if share else str(entry.text())


def _previous(entry: Entry) -> str:
    return f"{entry.previous.text()} ({entry.previous.period.label})" if entry.previous else ""


KIND = BlockKind(kind=Kind.MEASURES_TABLE, form=HeadingForm, read=read, rows=ROWS)
