"""Figures of the scrutiny of restraint, for each establishment."""

from collections.abc import Sequence
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.figures.only import with_only
from reviews.models import RestraintScrutiny

CALCULATIONS = {
    "reviews.restraint_incidents": "Restraint incidents viewed",
    "reviews.restraint_types": "Types of restraint viewed",
    "reviews.restraint_acceptable": "Restraint incidents found within the expected standard",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each count by the code of the establishment: two queries."""
    found: dict[tuple[str, str, str], Decimal] = {}
    scrutinies = RestraintScrutiny.objects.filter(period__in=periods).select_related("period", "establishment")
    for scrutiny in scrutinies.prefetch_related("types"):
        counts = {
            "incidents": scrutiny.incidents,
            "types": len(scrutiny.types.all()) or None,
            "acceptable": scrutiny.acceptable,
        }
        for name, count in counts.items():
            if count is not None and scrutiny.is_counted_in(scrutiny.period):
                key = f"reviews.restraint_{name}", scrutiny.establishment.code, scrutiny.period.code
                found[key] = Decimal(count)
    return with_only(found)
