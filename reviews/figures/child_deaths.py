"""Figures of child deaths, for each area that is counted."""

from collections.abc import Sequence
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.figures.only import with_only
from reviews.models import ChildDeathSummary

CALCULATIONS = {
    "reviews.child_deaths_notified": "Child deaths notified",
    "reviews.child_deaths_unexpected": "Child deaths notified as unexpected",
    "reviews.child_deaths_reviewed": "Child deaths reviewed",
    "reviews.child_deaths_modifiable": "Child deaths reviewed that had modifiable factors",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each count by the code of its area: one query."""
    found: dict[tuple[str, str, str], Decimal] = {}
    for summary in ChildDeathSummary.objects.filter(period__in=periods).select_related("period", "area"):
        for name in ("notified", "unexpected", "reviewed", "modifiable"):
            count = getattr(summary, name)
            if count is not None and summary.is_counted_in(summary.period):
                found[f"reviews.child_deaths_{name}", summary.area.code, summary.period.code] = Decimal(count)
    return with_only(found)
