"""What training cost, by course and reporting year: read for its page and its files in two queries."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from priorities.choices import Unit
from priorities.disclosure import Shown
from priorities.wording import in_words
from training.models import Course, Session
from training.queries import attended_at_cost, attended_told, with_counts
from training.rates import cost_each


@dataclass(frozen=True, kw_only=True)
class CourseCost:
    """What the sessions of a course cost in one year, of those whose cost is known."""

    course: Course
    sessions: int
    held: int
    """All that were held, also those whose cost is not known."""
    cost: Decimal
    attended: Shown
    """At the sessions whose cost is known."""

    @property
    def attended_text(self) -> str:
        return in_words(self.attended, unit=Unit.ATTENDANCES)

    @property
    def each(self) -> str:
        """What one attendance cost, in pounds and pence."""
        return cost_each(self.cost, self.attended)


@dataclass(frozen=True, kw_only=True)
class YearOfCosts:
    period: ReportingPeriod
    rows: tuple[CourseCost, ...]
    caveats: tuple[str, ...]
    """What a reader must know of the sessions."""

    @property
    def total(self) -> CourseCost | None:
        """Of the courses whose attendances are told, so that nobody can subtract them; nothing for one course."""
        told = [row for row in self.rows if row.attended.number is not None]
        if len(told) < 2:
            return None
        return CourseCost(
            course=told[0].course,
            sessions=sum(row.sessions for row in told),
            held=sum(row.held for row in told),
            cost=sum((row.cost for row in told), start=Decimal(0)),
            attended=Shown(sum((row.attended.number or Decimal(0) for row in told), start=Decimal(0))),
        )


def costs() -> list[YearOfCosts]:
    """The reporting years in which the cost of a session is known, the latest first."""
    sessions: list[Any] = list(with_counts(Session.objects.select_related("course")))
    cells = attended_told(sessions)
    sessions = sorted((each for each in sessions if each.lines), key=lambda each: (each.course.title, each.course_id))
    years = []
    for period in ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR).order_by("-starts_on"):
        within = [each for each in sessions if period.starts_on <= each.held_on <= period.ends_on]
        courses = [list(held) for _, held in groupby(within, key=lambda each: each.course_id)]
        rows = tuple(_cost(held, cells) for held in courses if any(each.cost is not None for each in held))
        if rows:
            caveats = dict.fromkeys(each.caveat for each in within if each.cost is not None and each.caveat)
            years.append(YearOfCosts(period=period, rows=rows, caveats=tuple(caveats)))
    return years


def _cost(held: list[Any], cells: dict[int, Shown]) -> CourseCost:
    known = [each.cost for each in held if each.cost is not None]
    return CourseCost(
        course=held[0].course,
        sessions=len(known),
        held=len(held),
        cost=sum(known, start=Decimal(0)),
        attended=attended_at_cost(held, cells),
    )
