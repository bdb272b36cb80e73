"""Figures of inspections."""

from collections.abc import Sequence
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.models import Inspection

CALCULATIONS = {"reviews.inspections": "Inspections that began in the period"}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """How many began in each period in which any did: one query."""
    inspections = list(Inspection.objects.all())
    counts = {
        ("reviews.inspections", "", period.code): sum(
            period.starts_on <= each.started_on <= period.ends_on and each.is_counted_in(period) for each in inspections
        )
        for period in periods
    }
    return {key: Decimal(count) for key, count in counts.items() if count}
