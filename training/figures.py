"""Training figures computed from the attendance records, offered to the report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from training.choices import OrganisationType
from training.models import Attendance

CALCULATIONS = {"training.attendances": "Attendances at training sessions"}


@dataclass(frozen=True)
class AttendanceByOrganisation:
    """A period's attendances (not people) by organisation type, and what a reader must be told of them."""

    counts: dict[str, int]
    caveats: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def attendance(periods: Sequence[ReportingPeriod]) -> dict[str, AttendanceByOrganisation]:
    """Attendances by period code, for the periods in which a session was held: one query."""
    rows = list(
        Attendance.objects.values("session__held_on", "session__caveat", "organisation_type")
        .annotate(attended=Sum("attended"))
        .order_by("session__held_on", "session__caveat")
    )
    by_period = {}
    for period in periods:
        within = [row for row in rows if period.starts_on <= row["session__held_on"] <= period.ends_on]
        if not within:
            continue
        counts: Counter[str] = Counter()
        for row in within:
            counts[row["organisation_type"]] += row["attended"]
        by_period[period.code] = AttendanceByOrganisation(
            counts={kind: counts[kind] for kind in OrganisationType.values if kind in counts},
            caveats=tuple(dict.fromkeys(row["session__caveat"] for row in within if row["session__caveat"])),
        )
    return by_period


def computed(attendances: Mapping[str, AttendanceByOrganisation]) -> Computed:
    """The figures of this app from what `attendance` read; no query of its own."""
    return {("training.attendances", "", code): Decimal(attendance.total) for code, attendance in attendances.items()}
