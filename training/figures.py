"""Training figures computed from the records of attendance and evaluation, offered to the report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed, Defined
from training import rates
from training.choices import OrganisationType
from training.evaluation import Evaluated, EvaluatedYear
from training.models import Attendance

CALCULATIONS = {
    "training.attendances": "Attendances at training sessions",
    "training.share_of_bookings": rates.OF_BOOKINGS,
    "training.share_of_places": rates.OF_PLACES,
    "training.confidence_change": "Change in confidence 6 to 12 weeks after training",
    "training.knowledge_change": "Change in knowledge 6 to 12 weeks after training",
    "training.share_who_did": "Share who did something differently after training",
}
"""Each for all courses, or for the one whose code it is of. A rate is named by its definition."""

RATES = {"training.share_of_bookings": rates.share_of_bookings, "training.share_of_places": rates.share_of_places}


@dataclass(frozen=True)
class AttendanceByOrganisation:
    """A period's attendances (not people) by organisation type, and what a reader must be told of them."""

    counts: dict[str, int]
    caveats: tuple[str, ...]
    tallies: dict[str, rates.Tally] = field(default_factory=dict, compare=False)
    """By the code of the course."""
    titles: dict[str, str] = field(default_factory=dict, compare=False)
    """Of the courses by their codes."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def attendance(periods: Sequence[ReportingPeriod]) -> dict[str, AttendanceByOrganisation]:
    """Attendances by period code, for the periods in which a session was held: one query."""
    rows: list[Any] = list(
        Attendance.objects.values(
            "session",
            "session__course__code",
            "session__course__title",
            "session__held_on",
            "session__caveat",
            "session__capacity",
            "organisation_type",
        )
        .annotate(**{f"all_{name}": Sum(name) for name in COUNTED})
        .order_by("session__held_on", "session__caveat", "session")
    )
    by_period = {}
    for period in periods:
        within = [row for row in rows if period.starts_on <= row["session__held_on"] <= period.ends_on]
        if not within:
            continue
        counts: Counter[str] = Counter()
        for row in within:
            counts[row["organisation_type"]] += row["all_attended"]
        by_period[period.code] = AttendanceByOrganisation(
            counts={kind: counts[kind] for kind in OrganisationType.values if kind in counts},
            caveats=tuple(dict.fromkeys(row["session__caveat"] for row in within if row["session__caveat"])),
            tallies=_tallies(within),
            titles={row["session__course__code"]: row["session__course__title"] for row in within},
        )
    return by_period


COUNTED = ("attended", "booked", "late_cancelled", "no_show", "unscheduled")


def _tallies(rows: Iterable[Mapping[str, Any]]) -> dict[str, rates.Tally]:
    tallies: dict[str, rates.Tally] = {}
    sessions: set[int] = set()
    for row in rows:
        capacity = row["session__capacity"] or 0
        counts: dict[str, Any] = {name: row[f"all_{name}"] or 0 for name in COUNTED}
        tally = rates.Tally(
            **counts,
            places=0 if row["session"] in sessions else capacity,
            attended_of_places=row["all_attended"] if capacity else 0,
        )
        sessions.add(row["session"])
        course = row["session__course__code"]
        tallies[course] = rates.added([tallies.get(course, rates.Tally()), tally])
    return tallies


def computed(
    attendances: Mapping[str, AttendanceByOrganisation], years: Mapping[str, EvaluatedYear] | None = None
) -> Computed:
    """The figures of this app from what `attendance` and `evaluated` read; no query of its own.

    A rate that would tell of 1 to 5 people is left out here, because its percentage alone does not show that. None
    stands without its definition, nor a result of evaluation without the people it stands on.
    """
    figures: dict[tuple[str, str, str], Decimal | Defined] = {}
    for code, by_organisation in attendances.items():
        figures["training.attendances", "", code] = Decimal(by_organisation.total)
        tallies = {"": rates.added(by_organisation.tallies.values()), **by_organisation.tallies}
        for course, tally in tallies.items():
            if course:
                figures["training.attendances", course, code] = Decimal(tally.attended)
            for calculation, rate_of in RATES.items():
                rate = rate_of(tally)
                if rate.shown.number is not None:
                    figures[calculation, course, code] = Defined(number=rate.shown.number, definition=f"of {rate.noun}")
    for code, year in (years or {}).items():
        for course in ("", *year.by_course):
            for calculation, figure in _evaluation(year, course):
                figures[calculation, course, code] = figure
    return figures


def _evaluation(year: EvaluatedYear, course: str) -> Iterator[tuple[str, Defined]]:
    found: Evaluated = year.by_course[course] if course else year.all_courses
    for mark in ("confidence", "knowledge"):
        change = found.later[mark]
        if change.shown.number is not None:
            words = f"points on a scale of 1 to 5 ({change.base.words})"
            yield f"training.{mark}_change", Defined(number=change.shown.number, definition=words)
    did = found.did
    if did.shown.number is not None:
        yield "training.share_who_did", Defined(number=did.shown.number, definition=f"of {did.base.words}")
