"""The scorecard: how every measure stands in one period, under the three questions of results-based accountability."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString

from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from priorities.choices import ComparatorKind, MeasureKind
from priorities.figurebook import Entry, FigureBook
from priorities.models import Measure
from reports.sparkline import sparkline
from reports.trend import KINDS, in_words, numbers, slots

OFFERED = (PeriodKind.FINANCIAL_YEAR, PeriodKind.QUARTER)
"""The kinds of period that a scorecard is drawn up for."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A measure that has a value in the scorecard's period."""

    measure: Measure
    entry: Entry
    line: SafeString
    line_in_words: str

    @property
    def comparators_in_words(self) -> list[str]:
        """What it is held against besides its target, which stands by itself."""
        others = [each for each in self.entry.comparators if each.kind != ComparatorKind.TARGET]
        return [f"{each}: {self.entry.comparator_text(each)}" for each in others]

    @property
    def target_in_words(self) -> str:
        return self.entry.comparator_text(self.entry.target.as_comparator) if self.entry.target else ""


@dataclass(frozen=True)
class Question:
    """One of the three questions, with the measures that answer it."""

    words: str
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    period: ReportingPeriod
    questions: list[Question]
    without: list[Measure]
    """Measures that have no value for the period."""

    @property
    def rows(self) -> list[Row]:
        return [row for question in self.questions for row in question.rows]


def periods_offered(
    book: FigureBook, measures: Sequence[Measure], periods: Sequence[ReportingPeriod]
) -> list[ReportingPeriod]:
    """The years and quarters that any of the measures has a value for, the latest first, years before quarters."""
    known = {entry.period.pk for measure in measures for entry in book.entries(measure.code)}
    found = [period for period in periods if period.pk in known and period.kind in OFFERED]
    return sorted(found, key=lambda period: (OFFERED.index(PeriodKind(period.kind)), -period.ends_on.toordinal()))


def draw_up(book: FigureBook, measures: Sequence[Measure], period: ReportingPeriod) -> Scorecard:
    """The scorecard of these measures for a period, without the database."""
    found = [(measure, _in_period(book.entries(measure.code), period)) for measure in measures]
    rows = [_row(measure, entry, book) for measure, entry in found if entry]
    return Scorecard(
        period=period,
        questions=[
            Question(str(kind.label), of_kind)
            for kind in MeasureKind
            if (of_kind := [row for row in rows if row.measure.kind == kind])
        ],
        without=[measure for measure, entry in found if entry is None],
    )


def _in_period(entries: Sequence[Entry], period: ReportingPeriod) -> Entry | None:
    """The value for the period itself; else the last for a day or dates of its own, most of them in the period.

    A quarter never stands in for its year, nor a year for a quarter.
    """
    exact = [entry for entry in entries if entry.period.pk == period.pk]
    within = [entry for entry in entries if entry.period.kind not in OFFERED and _is_mostly_in(entry.period, period)]
    found = exact or sorted(within, key=lambda entry: entry.period.ends_on)
    return found[-1] if found else None


def _is_mostly_in(one: ReportingPeriod, period: ReportingPeriod) -> bool:
    """Whether more than half of the days of one period lie in the other: May to April belongs to the year before."""
    shared = min(one.ends_on, period.ends_on) - max(one.starts_on, period.starts_on) + timedelta(days=1)
    return 2 * shared > one.ends_on - one.starts_on + timedelta(days=1)


def _row(measure: Measure, entry: Entry, book: FigureBook) -> Row:
    kind = entry.period.kind
    until = [each for each in book.entries(measure.code) if each.period.ends_on <= entry.period.ends_on]
    line = slots(until, kind) if kind in KINDS else []
    words = in_words(line)
    return Row(
        measure=measure,
        entry=entry,
        line=sparkline(numbers(line), label=f"Trend. {words}"),
        line_in_words=words,
    )
