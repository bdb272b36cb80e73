"""Themes over the years: which years raised each, and which of them recur."""

from reports import document
from reports.blocks.records import records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from reviews.queries import RECURRING_YEARS, ThemeHistory

MOST_YEARS = 5
"""So many years fit across a page; earlier ones count, and are not columns."""

LEAST_YEARS = 2
"""A theme of one year is not listed: a single review, not yet published, may be all that raised it."""


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    histories = reader.records.learning.themes
    told = [history for history in histories if len(history.years) >= LEAST_YEARS]
    years = sorted({year for history in told for year in history.years})[-MOST_YEARS:]
    table = document.Table(
        caption="Themes by the years in which they were raised",
        heads=("Theme", *years),
        rows=tuple(_row(history, years) for history in told),
    )
    return records_block(
        block,
        reader,
        empty=f"No theme had been raised in {LEAST_YEARS} or more years by {reader.records.report.period}.",
        intro=_intro(sum(history.is_recurring for history in histories), len(histories) - len(told)),
        tables=(table,),
    )


def _row(history: ThemeHistory, years: list[str]) -> document.TableRow:
    return document.TableRow(
        head=history.theme.name,
        detail=" ".join(filter(None, (_recurs(history), _answered(history)))),
        cells=tuple("Raised" if year in history.years else "" for year in years),
    )


def _recurs(history: ThemeHistory) -> str:
    return f"Recurs: {len(history.years)} years." if history.is_recurring else ""


def _answered(history: ThemeHistory) -> str:
    """What became of the recommendations about it, which are no people."""
    answers = history.answers
    if not answers.total:
        return ""
    noun = "recommendation" if answers.total == 1 else "recommendations"
    return f"{answers.total} {noun}, {answers.embedded or 'none'} embedded."


def _intro(recurring_count: int, left_out: int) -> str:
    recur = f"{recurring_count} theme{'' if recurring_count == 1 else 's'}"
    said = f"{recur} recurred, that is, came up in {RECURRING_YEARS} or more years."
    if not left_out:
        return said
    rest = "1 theme that came up in one year only is" if left_out == 1 else f"{left_out} themes of one year only are"
    return f"{said} {rest} not listed."


KIND = records_kind(Kind.THEMES, read, records="reviews:theme-list")
