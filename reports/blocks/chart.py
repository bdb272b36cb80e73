"""A bar chart of measures, always with the table of its data."""

from priorities.choices import Unit
from priorities.figurebook import Entry
from reports import document
from reports.blocks.kind import BlockKind, HeadingForm
from reports.blocks.measure_rows import ROWS
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader


def read(block: Block, reader: Reader) -> document.ChartBlock:
    rows = list(block.measures.all())
    entries = [(row, reader.entry(block, row)) for row in rows]
    names = {row.measure.name for row in rows}
    if len({row.measure.unit for row in rows}) > 1:
        reader.report_problem(block, "The chart's measures have different units, so its bars cannot be compared.")
    one_measure = len(names) == 1
    categories = [row.period.label if one_measure else row.measure.name for row in rows]
    texts = [entry.text() or "" if entry else "no figure" for _, entry in entries]
    caption = block.heading or "; ".join(sorted(names))
    return document.ChartBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        caption=caption,
        form="bar" if one_measure else "rows",
        unit=Unit(rows[0].measure.unit).label if rows else "",
        category_name="Period" if one_measure else "Measure",
        categories=tuple(categories),
        series=(
            document.Series(
                name=names.pop() if one_measure else "Value",
                values=tuple(_number(entry) for _, entry in entries),
                texts=tuple(texts),
            ),
        ),
        alt=_alt(caption, categories, texts, [entry for _, entry in entries]),
        note=_notes([entry for _, entry in entries]),
        total="",
    )


def _number(entry: Entry | None) -> float | None:
    return float(entry.shown.number) if entry and entry.shown.number is not None else None


def _alt(caption: str, categories: list[str], texts: list[str], entries: list[Entry | None]) -> str:
    facts = "; ".join(f"{category}: {text}" for category, text in zip(categories, texts, strict=True))
    last = entries[-1] if entries else None
    change = last.change_in_words if last else ""
    trend = f" A {change[0].lower()}{change[1:]}." if change.startswith(("Rise", "Fall")) else ""
    return f"Bar chart. {caption}. {facts}.{trend}"


def _notes(entries: list[Entry | None]) -> str:
    notes = dict.fromkeys(f"{entry.period.label}: {entry.note}" for entry in entries if entry and entry.note)
    return " ".join(notes)


KIND = BlockKind(kind=Kind.CHART, form=HeadingForm, read=read, rows=ROWS, advice="Choose measures of one unit.")
