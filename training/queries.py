"""What several parts read of the training records. Reading a list takes the same number of queries, however long."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from partnership.choices import AgencyKind, PeriodKind
from partnership.models import Agency, ReportingPeriod
from partnership.years import year_of
from priorities.choices import DisclosureRule, Unit, ValueCode
from priorities.disclosure import Shown, disclose, protect_total
from priorities.wording import in_words
from training.choices import CourseKind
from training.models import Attendance, Course, PeopleCounted, Session
from training.rates import HIDDEN, Rate, Tally, added, cost_each, rates, told

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
        lines_by_hand=Count("attendances", filter=Q(attendances__sheet=None)),
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
    """The course's reporting years in which it was held, the latest first: three queries.

    All courses are read, since what is hidden of one may be worked out from another's.
    """
    everything: list[Any] = list(with_counts(Session.objects.all()))
    cells, year_cells = attended_told(everything), courses_told(everything)
    sessions = [session for session in everything if session.course_id == course.pk]
    people = defaultdict(list)
    for counted in PeopleCounted.objects.filter(course=course):
        people[counted.period_id].append(counted.people)
    years = []
    for period in ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR).order_by("-starts_on"):
        held = [each for each in sessions if each.lines and period.starts_on <= each.held_on <= period.ends_on]
        if not held:
            continue
        tally = added(tally_of(session) for session in held)
        is_hidden = year_cells[course.pk, year_of(period.starts_on)].number is None
        of_one_sheet = len(people[period.pk]) == 1 and not any(session.lines_by_hand for session in held)
        years.append(
            Year(
                period=period,
                sessions=len(held),
                told=told(tally, is_hidden=is_hidden),
                rates=rates(tally, is_hidden=is_hidden),
                cost=cost_each(tally.cost, attended_at_cost(held, cells)),
                people=people_told(people[period.pk], is_all=of_one_sheet),
            )
        )
    return years


def people_told(counted: list[int], *, is_all: bool) -> str:
    """How many different people attended: exactly where one sheet holds all attendances, else at least so many.

    Sheets are not added up, since somebody may be in two: of several, the largest says how many there are at least.
    """
    if not counted:
        return "Not counted"
    shown = disclose(Decimal(max(counted)), rule=DisclosureRule.SUPPRESS_SMALL)
    words = in_words(shown, unit=Unit.PEOPLE)
    return words if is_all or shown.number is None else f"At least {words}"


def attended_at_cost(held: Iterable[Any], cells: Mapping[int, Shown]) -> Shown:
    """The attendances of those sessions of a course's year whose cost is known, as they may be told.

    They are where they are all the year's, or a sum of numbers that are told one by one: so they give nothing away.
    """
    held = list(held)
    costed = [session for session in held if session.cost is not None]
    if not costed:
        return Shown(None, ValueCode.NOT_AVAILABLE)
    all_told = all(cells[session.pk].number is not None for session in costed)
    all_costed = len(costed) == len(held) and any(cells[session.pk].number is not None for session in held)
    if not all_told and not all_costed:
        return HIDDEN
    return disclose(Decimal(sum(each.all_attended for each in costed)), rule=DisclosureRule.SUPPRESS_SMALL)


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
    return [
        LineTold(source=source, text=in_words(cell, unit=Unit.ATTENDANCES))
        for source, cell in zip(counts, _protected(counts.values()), strict=True)
    ]


def courses_told(sessions: Iterable[Any]) -> dict[tuple[int, int], Shown]:
    """The attendances of each course in each year, by its key and the year; `sessions` are all of `with_counts`.

    The total of all courses is published, so none that is hidden can be worked out from it and the others.
    """
    years: dict[int, Counter[int]] = defaultdict(Counter)
    for session in sessions:
        years[year_of(session.held_on)][session.course_id] += session.all_attended
    cells: dict[tuple[int, int], Shown] = {}
    for year, courses in years.items():
        keys = [(course, year) for course in courses]
        cells |= dict(zip(keys, _protected(courses.values()), strict=True))
    return cells


def attended_told(sessions: Iterable[Any]) -> dict[int, Shown]:
    """The attendances of sessions by key; `sessions` are all of `with_counts`, not those of one course.

    None that is hidden can be worked out from those of its course's year, nor a hidden course from its sessions.
    """
    sessions = list(sessions)
    of_course = courses_told(sessions)
    years = defaultdict(list)
    for session in sessions:
        years[session.course_id, year_of(session.held_on)].append(session)
    cells_of: dict[int, Shown] = {}
    for key, held in years.items():
        cells = _protected(session.all_attended for session in held)
        if of_course[key].number is None:
            cells = [HIDDEN if session.all_attended else cell for session, cell in zip(held, cells, strict=True)]
        cells_of |= {session.pk: cell for session, cell in zip(held, cells, strict=True)}
    return cells_of


def _protected(counts: Iterable[int]) -> list[Shown]:
    """The counts as they may be shown beside their total."""
    numbers = [Decimal(count) for count in counts]
    return protect_total([disclose(number, rule=DisclosureRule.SUPPRESS_SMALL) for number in numbers], numbers)
