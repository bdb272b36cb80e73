"""What importing an attendance sheet would do, held against what is stored: for its page, and for the worker."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from partnership.models import Agency
from training.counting import Count, attended
from training.imports import Double, Sheet, SheetSession
from training.matching import folded, likely_type, suggestions
from training.models import AgencyAlias, AttendanceSheet, Course, Session
from training.queries import closed_period_of

MOST_NAMED = 50
"""So many names are asked about at once; only these are held against all agencies."""


@dataclass(frozen=True)
class Source:
    """Where people come from: an agency of the portal or, with none, a type of organisation."""

    agency: Agency | None
    organisation_type: str


@dataclass(frozen=True)
class Unknown:
    """A name that nobody has said the agency of, and which agencies it may mean."""

    number: int
    """Its position among the sheet's organisations."""
    name: str
    suggested: tuple[Agency, ...]


@dataclass(frozen=True)
class PlannedSession:
    """A session of the sheet beside the stored one, if there is one."""

    course: Course
    held_on: date
    stored: Session | None
    attended: int

    @property
    def is_above_capacity(self) -> bool:
        return bool(self.stored and self.stored.capacity is not None and self.attended > self.stored.capacity)

    @property
    def reason(self) -> str:
        """Why more attended than there were places, as somebody said before."""
        return self.stored.above_capacity if self.stored else ""


@dataclass(frozen=True)
class SheetPlan:
    """Everything an import would do, or why it cannot."""

    sheet: Sheet
    count: Count
    sessions: tuple[PlannedSession, ...]
    sources: dict[int, Source]
    """By the position of the organisation in the sheet."""
    unknown: tuple[Unknown, ...]
    faults: tuple[str, ...]

    @property
    def above_capacity(self) -> list[PlannedSession]:
        """Those whose reason nobody has given yet."""
        return [each for each in self.sessions if each.is_above_capacity and not each.reason]

    @property
    def new_sessions(self) -> list[PlannedSession]:
        return [each for each in self.sessions if each.stored is None]

    @property
    def doubles(self) -> tuple[Double, ...]:
        return self.sheet.doubles

    @property
    def attended(self) -> int:
        return sum(each.attended for each in self.sessions)

    @property
    def is_ready(self) -> bool:
        """Whether it can be confirmed, perhaps with a reason."""
        return not self.unknown and not self.faults

    @property
    def summary(self) -> str:
        parts = [
            (self.attended, "attendance"),
            (len(self.sessions), "session"),
            (len(self.sheet.organisations), "organisation"),
        ]
        counts = [f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in parts]
        return f"{counts[0]} at {counts[1]} from {counts[2]}"


def plan_sheet(row: AttendanceSheet, sheet: Sheet, count: Count) -> SheetPlan:
    """The plan for a sheet whose lines are all counted: a fixed number of queries."""
    sources, unknown = _sources(sheet)
    sessions, faults = _sessions(sheet, count)
    if said := _sent_before(row):
        faults.insert(0, said)
    closed = closed_period_of(row.period.ends_on)
    if closed:
        faults.append(f"The report of {closed} is signed, so its attendances stay as they are.")
    return SheetPlan(
        sheet=sheet,
        count=count,
        sessions=tuple(sessions),
        sources=sources,
        unknown=tuple(unknown),
        faults=tuple(faults),
    )


def _sessions(sheet: Sheet, count: Count) -> tuple[list[PlannedSession], list[str]]:
    """The sessions in the order of the sheet, and why some of them cannot be imported."""
    by_session: Counter[int] = Counter()
    for (number, _, _), outcomes in count.outcomes.items():
        by_session[number] += attended(outcomes)
    stored = _stored_sessions(sheet)
    courses = {course.code: course for course in Course.objects.filter(code__in={s.course for s in sheet.sessions})}
    sessions, faults = [], []
    for number, session in enumerate(sheet.sessions):
        if session.course not in courses:
            faults.append(f"The course {session.course} is no longer in the programme.")
            continue
        same_day = stored[session]
        planned = PlannedSession(
            course=courses[session.course],
            held_on=session.held_on,
            stored=same_day[0] if same_day else None,
            attended=by_session[number],
        )
        sessions.append(planned)
        faults += _faults(planned, same_day)
    return sessions, faults


def _sent_before(row: AttendanceSheet) -> str:
    earlier = AttendanceSheet.objects.exclude(pk=row.pk).filter(sha256=row.sha256).taken().first()
    return f"The same sheet was sent before, on {earlier.uploaded_at:%-d %B %Y}." if earlier else ""


def _faults(planned: PlannedSession, same_day: list[Session]) -> list[str]:
    where = f"“{planned.course}” on {planned.held_on:%-d %B %Y}"
    if len(same_day) > 1:
        return [f"There are {len(same_day)} sessions of {where}, and the sheet does not say which. Enter them by hand."]
    if planned.stored and planned.stored.attendances.all():
        return [f"Attendances at {where} are recorded already. Take them out of the sheet, or off the session's page."]
    return []


def _stored_sessions(sheet: Sheet) -> dict[SheetSession, list[Session]]:
    found: dict[SheetSession, list[Session]] = defaultdict(list)
    days = {session.held_on for session in sheet.sessions}
    if not days:
        return found
    stored = Session.objects.filter(held_on__gte=min(days), held_on__lte=max(days))
    for session in stored.select_related("course").prefetch_related("attendances"):
        found[SheetSession(session.course.code, session.held_on)].append(session)
    return found


def _sources(sheet: Sheet) -> tuple[dict[int, Source], list[Unknown]]:
    agencies = list(Agency.objects.filter(is_active=True))
    by_pk = {agency.pk: agency for agency in agencies}
    names = {agency.pk: (agency.name, agency.short_name) for agency in agencies}
    by_name = {folded(name): agency for agency in agencies for name in (agency.short_name, agency.name)}
    aliases = {alias.name: alias for alias in AgencyAlias.objects.select_related("agency")}
    sources: dict[int, Source] = {}
    unknown: list[Unknown] = []
    for number, name in enumerate(sheet.organisations):
        alias, agency = aliases.get(folded(name)), by_name.get(folded(name))
        if alias:
            sources[number] = Source(alias.agency, alias.organisation_type)
        elif agency and (kind := likely_type(agency.name, agency.kind)):
            sources[number] = Source(agency, kind)
        else:
            near = [agency] if agency else []
            if not agency and len(unknown) < MOST_NAMED:
                near = [by_pk[pk] for pk in suggestions(name, names)]
            unknown.append(Unknown(number, name, tuple(near)))
    return sources, unknown
