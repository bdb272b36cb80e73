"""Child deaths of the report's year and the year before: notified, unexpected, reviewed, with modifiable factors."""

from collections.abc import Callable

from priorities.choices import Unit
from priorities.wording import people_in_words
from reports import document
from reports.blocks.records import records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from reviews.models import ChildDeathSummary
from reviews.shares import part_in_words


def _count(number: int | None) -> str:
    return "" if number is None else people_in_words(number, unit=Unit.CHILDREN)


def _part(part: int | None, whole: int | None) -> str:
    return part_in_words(part, whole, unit=Unit.CHILDREN)


ROWS: dict[str, tuple[bool, Callable[[ChildDeathSummary], str]]] = {
    "Notified": (False, lambda summary: _count(summary.notified)),
    "Unexpected": (True, lambda summary: _part(summary.unexpected, summary.notified)),
    "Reviewed": (False, lambda summary: _count(summary.reviewed)),
    "With modifiable factors": (True, lambda summary: _part(summary.modifiable, summary.reviewed)),
}
"""Each row: whether it is a part of the one above it, and its text, empty where it is not known."""


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    summaries = reader.records.learning.child_deaths
    lists = [each for summary, _ in summaries for each in _lists(summary, of_area=len(summaries) > 1)]
    return records_block(
        block,
        reader,
        empty=f"No counts of child deaths are recorded for {reader.records.report.period}.",
        tables=tuple(_table(summary, before) for summary, before in summaries),
        lists=tuple(lists),
    )


def _table(summary: ChildDeathSummary, before: ChildDeathSummary | None) -> document.Table:
    years = [each for each in (summary, before) if each]
    texts = {name: [text(year) for year in years] for name, (_, text) in ROWS.items()}
    return document.Table(
        caption=f"Child deaths in {summary.area}",
        heads=("Child deaths", *(year.period.label for year in years)),
        rows=tuple(
            document.TableRow(head=name, cells=tuple(text or "not recorded" for text in row), is_below=ROWS[name][0])
            for name, row in texts.items()
            if any(row)
        ),
    )


def _lists(summary: ChildDeathSummary, *, of_area: bool) -> list[document.PointList]:
    area = f" in {summary.area}" if of_area else ""
    return [
        document.PointList(
            title=f"Modifiable factors found most often{area}",
            points=tuple(theme.name for theme in summary.themes.all()),
        ),
        document.PointList(title=f"What the panel put first{area}", points=tuple(summary.priority_lines)),
    ]


KIND = records_kind(Kind.CHILD_DEATHS, read, records="reviews:child-deaths-list")
