"""A measure over five years, as a line for each kind of period: only what can be compared stands in one line."""

from collections.abc import Sequence
from datetime import date

from partnership import years
from partnership.choices import PeriodKind
from priorities.choices import ComparatorKind, Unit
from priorities.figurebook import Entry
from reports.document import ChartBlock, Series

YEARS = 5
MONTHS = {PeriodKind.FINANCIAL_YEAR: 12, PeriodKind.ACADEMIC_YEAR: 12, PeriodKind.QUARTER: 3}
"""The kinds of period that follow each other, and how long each is. Other dates make no line."""
KINDS = {
    PeriodKind.FINANCIAL_YEAR: "by financial year",
    PeriodKind.ACADEMIC_YEAR: "by academic year",
    PeriodKind.QUARTER: "by quarter",
}

Slot = tuple[str, Entry | None]
"""The label of a period, and what is known of it; None for one without a value."""


def slots(entries: Sequence[Entry], kind: str) -> list[Slot]:
    """The last five years of one kind of period, oldest first, with a place for each period that has no value."""
    of_kind = {_months(entry.period.starts_on): entry for entry in entries if entry.period.kind == kind}
    if kind not in MONTHS or not of_kind:
        return []
    step, last = MONTHS[PeriodKind(kind)], max(of_kind)
    first = max(min(of_kind), last - YEARS * 12 + step)
    found: list[Slot] = []
    for months in range(last, first - 1, -step):
        entry = of_kind.get(months)
        found.append((entry.period.label if entry else _label(months, step), entry))
    return found[::-1]


def numbers(row: Sequence[Slot]) -> list[float | None]:
    """What is drawn of each: None for a gap, a code or a hidden value."""
    return [_number(entry) for _, entry in row]


def in_words(row: Sequence[Slot]) -> str:
    """Every value with its period: "2021/22: 71; 2022/23: no value"."""
    return "; ".join(f"{label}: {_text(entry)}" for label, entry in row)


def trend_charts(entries: Sequence[Entry]) -> list[ChartBlock]:
    """A chart for each kind of period with two numbers to draw, with the target and England beside them."""
    rows = [(kind, slots(entries, kind)) for kind in KINDS]
    return [_chart(kind, row) for kind, row in rows if sum(number is not None for number in numbers(row)) > 1]


def _chart(kind: str, row: list[Slot]) -> ChartBlock:
    measure = next(entry.measure for _, entry in row if entry)
    value = Series(name=measure.name, values=tuple(numbers(row)), texts=tuple(_text(entry) for _, entry in row))
    beside = [_beside(row, "Target", ComparatorKind.TARGET), _beside(row, "England", ComparatorKind.ENGLAND)]
    return ChartBlock(
        id=0,
        heading="",
        heading_level=2,
        caption=f"{measure.name}, {KINDS[PeriodKind(kind)]}",
        form="line",
        unit=str(Unit(measure.unit).label),
        category_name="Period",
        categories=tuple(label for label, _ in row),
        series=(value, *(series for series in beside if any(number is not None for number in series.values))),
        alt=f"Line chart. {measure.name}, {KINDS[PeriodKind(kind)]}. {in_words(row)}.",
        note="",
        total="",
    )


def _beside(row: list[Slot], name: str, kind: str) -> Series:
    """What each value is held against, of one kind."""
    values: list[float | None] = []
    texts: list[str] = []
    for _, entry in row:
        of_kind = [each for each in entry.comparators if each.kind == kind] if entry else []
        found = next((each for each in of_kind if each.number is not None), None)
        values.append(float(found.number) if found and found.number is not None else None)
        texts.append(entry.comparator_text(found) if entry and found else "")
    return Series(name=name, values=tuple(values), texts=tuple(texts))


def _number(entry: Entry | None) -> float | None:
    return float(entry.shown.number) if entry and entry.shown.number is not None else None


def _text(entry: Entry | None) -> str:
    return str(entry.text()) if entry else "no value"


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _label(months: int, step: int) -> str:
    """What people call a period that the portal has no value for."""
    year, month = divmod(months, 12)
    if step == 12:
        return years.label_of(year)
    begins = date(year, month + 1, 1)
    if begins.month in years.QUARTERS:
        return years.quarter_label(years.year_of(begins), years.QUARTERS.index(begins.month) + 1)
    return f"{begins:%b %Y}"
