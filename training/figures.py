"""Training figures computed from the attendance records, offered to the report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from training import rates
from training.choices import OrganisationType
from training.models import Attendance

CALCULATIONS = {
    "training.attendances": "Attendances at training sessions",
    "training.share_of_bookings": rates.OF_BOOKINGS,
    "training.share_of_places": rates.OF_PLACES,
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

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def attendance(periods: Sequence[ReportingPeriod]) -> dict[str, AttendanceByOrganisation]:
    """Attendances by period code, for the periods in which a session was held: one query."""
    rows: list[Any] = list(
        Attendance.objects.values(
            "session",
            "session__course__code",
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


def computed(attendances: Mapping[str, AttendanceByOrganisation]) -> Computed:
    """The figures of this app from what `attendance` read; no query of its own.

    A rate that would tell of 1 to 5 people is left out here, because its percentage alone does not show that.
    """
    figures = {}
    for code, by_organisation in attendances.items():
        figures["training.attendances", "", code] = Decimal(by_organisation.total)
        tallies = {"": rates.added(by_organisation.tallies.values()), **by_organisation.tallies}
        for course, tally in tallies.items():
            if course:
                figures["training.attendances", course, code] = Decimal(tally.attended)
            for calculation, rate_of in RATES.items():
                if (number := rate_of(tally).shown.number) is not None:
                    figures[calculation, course, code] = number
    return figures
