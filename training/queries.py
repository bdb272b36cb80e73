"""What several parts read of the training records. Reading a list takes the same number of queries, however long."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from partnership.choices import AgencyKind, PeriodKind
from partnership.models import Agency, ReportingPeriod
from partnership.years import year_of
from priorities.choices import DisclosureRule, Unit
from priorities.disclosure import Shown, disclose, protect_total
from priorities.wording import in_words, people_in_words
from training.choices import CourseKind
from training.models import Attendance, Course, PeopleCounted, Session
from training.rates import Rate, Tally, added, cost_per_attendance, rates, told

NOT_TAUGHT = (AgencyKind.BOARD, AgencyKind.NEIGHBOUR)
"""The board team holds the courses, and a neighbouring partnership has its own."""


def closed_period_of(day: date) -> ReportingPeriod | None:
    """The period with a signed report in which the day lies: what it counted stays (decision 0010)."""
    return ReportingPeriod.objects.exclude(closed_at=None).filter(starts_on__lte=day, ends_on__gte=day).first()


def with_counts(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with the sums of their attendances, as `tally_of` reads them."""
    names = ("attended", "booked", "late_cancelled", "no_show", "unscheduled")
    return sessions.annotate(
        **{f"all_{name}": Coalesce(Sum(f"attendances__{name}"), 0) for name in names},
        lines=Count("attendances"),
    ).order_by("held_on", "pk")  # a sum leaves out the model's own order


def tally_of(session: Any) -> Tally:
    """The counts of one session of `with_counts`; places and cost count once somebody's attendance is recorded."""
    is_held = session.lines > 0
    attended = session.all_attended
    places = session.capacity if is_held else None
    cost = session.cost if is_held else None
    return Tally(
        attended=attended,
        booked=session.all_booked,
        late_cancelled=session.all_late_cancelled,
        no_show=session.all_no_show,
        unscheduled=session.all_unscheduled,
        places=places or 0,
        attended_of_places=attended if places else 0,
        cost=cost if cost is not None else Decimal(0),
        attended_at_cost=attended if cost is not None else 0,
    )


@dataclass(frozen=True, kw_only=True)
class Year:
    """What a course did in one reporting year, as it may be shown."""

    period: ReportingPeriod
    sessions: int
    told: dict[str, str]
    rates: list[Rate]
    cost: str
    people: str
    """How many different people, where a sheet says so."""


def course_story(course: Course) -> list[Year]:
    """The course's reporting years in which it was held, the latest first: three queries."""
    sessions: list[Any] = list(with_counts(Session.objects.filter(course=course)))
    people = defaultdict(list)
    for counted in PeopleCounted.objects.filter(course=course):
        people[counted.period_id].append(counted.people)
    years = []
    for period in ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR).order_by("-starts_on"):
        held = [each for each in sessions if each.lines and period.starts_on <= each.held_on <= period.ends_on]
        if not held:
            continue
        tally = added(tally_of(session) for session in held)
        years.append(
            Year(
                period=period,
                sessions=len(held),
                told=told(tally),
                rates=rates(tally),
                cost=cost_per_attendance(tally),
                people=people_told(people[period.pk]),
            )
        )
    return years


def people_told(counted: list[int]) -> str:
    """How many different people attended: exactly from one sheet, of several at least as many as the largest has."""
    if not counted:
        return "Not counted"
    words = people_in_words(max(counted), unit=Unit.PEOPLE)
    return f"At least {words}" if len(counted) > 1 else words


def programme(today: date) -> QuerySet[Course]:
    """Courses with how often they were held and when they are held next."""
    return (
        Course.objects.select_related("priority")
        .annotate(
            held=Count("sessions", filter=Q(sessions__held_on__lt=today)),
            next_on=Min("sessions__held_on", filter=Q(sessions__held_on__gte=today)),
        )
        .order_by("title", "pk")
    )


@dataclass(frozen=True, kw_only=True)
class Covered:
    """An agency's part in one course in the twelve months up to a day."""

    course: Course
    last_on: date | None
    """The last day on which anybody of the agency came, however long ago. How many came would tell of few."""
    is_gap: bool

    @property
    def text(self) -> str:
        if self.last_on is None:
            return "None recorded"
        return f"None, last on {self.last_on:%-d %B %Y}" if self.is_gap else f"Yes, on {self.last_on:%-d %B %Y}"


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    agency: Agency
    cells: tuple[Covered, ...]

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Which agencies came to which mandatory courses in the twelve months up to a day."""

    courses: tuple[Course, ...]
    rows: tuple[CoverageRow, ...]
    since: date
    until: date

    @property
    def gaps(self) -> int:
        return sum(row.gaps for row in self.rows)


def coverage(until: date) -> Coverage:
    """Every agency beside every mandatory course on offer: three queries. Records without an agency count for none."""
    since = max(until, date.min + timedelta(days=365)) - timedelta(days=364)
    courses = tuple(Course.objects.filter(kind=CourseKind.MANDATORY, is_offered=True))
    last_days = {
        (row["agency"], row["session__course"]): row["last_on"]
        for row in Attendance.objects.filter(
            agency__isnull=False, attended__gt=0, session__course__in=courses, session__held_on__lte=until
        )
        .order_by()
        .values("agency", "session__course")
        .annotate(last_on=Max("session__held_on"))
    }
    agencies = Agency.objects.filter(is_active=True).exclude(kind__in=NOT_TAUGHT)
    rows = tuple(
        CoverageRow(
            agency=agency,
            cells=tuple(_covered(course, last_days.get((agency.pk, course.pk)), since) for course in courses),
        )
        for agency in agencies
    )
    return Coverage(courses=courses, rows=rows, since=since, until=until)


def _covered(course: Course, last_on: date | None, since: date) -> Covered:
    return Covered(course=course, last_on=last_on, is_gap=last_on is None or last_on < since)


def courses_by_name(courses: Iterable[Course]) -> dict[str, str]:
    """The code of each course by its code and its title, as an attendance sheet may write it."""
    return {name: course.code for course in courses for name in (course.title, course.code)}


@dataclass(frozen=True, kw_only=True)
class LineTold:
    """How many came from where, as it may be shown beside the total of the session."""

    source: str
    text: str


def lines_told(lines: Iterable[Attendance]) -> list[LineTold]:
    """A session's attendances by agency or type of organisation, role groups together, in the order of the records."""
    counts: dict[str, int] = defaultdict(int)
    for line in lines:
        counts[line.source] += line.attended
    numbers = [Decimal(count) for count in counts.values()]
    cells = protect_total([disclose(number, rule=DisclosureRule.SUPPRESS_SMALL) for number in numbers], numbers)
    return [
        LineTold(source=source, text=in_words(cell, unit=Unit.ATTENDANCES))
        for source, cell in zip(counts, cells, strict=True)
    ]


def attended_told(sessions: Iterable[Any]) -> dict[int, Shown]:
    """The attendances of sessions of `with_counts`, by key: none can be worked out from those of its course's year."""
    years = defaultdict(list)
    for session in sessions:
        on = session.held_on
        years[session.course_id, year_of(on)].append(session)
    cells_of: dict[int, Shown] = {}
    for held in years.values():
        numbers = [Decimal(session.all_attended) for session in held]
        cells = protect_total([disclose(number, rule=DisclosureRule.SUPPRESS_SMALL) for number in numbers], numbers)
        cells_of |= {session.pk: cell for session, cell in zip(held, cells, strict=True)}
    return cells_of
