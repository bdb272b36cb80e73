"""Figures of the plan and the partnership that are computed from records, offered to the report."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from partnership.models import Group, ReportingPeriod
from priorities.choices import PriorityKind
from priorities.figurebook import Computed
from priorities.models import BusinessPlan

CALCULATIONS = {
    "priorities.plan_years": "Length of the business plan in years",
    "priorities.quality_assurance_priorities": "Number of quality assurance priorities in the business plan",
    "partnership.group_members": "Number of agencies on a group",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each calculation for every period it can be told for: two queries.

    The plan's figures belong to the periods that lie within the plan; a group has the size of the period's last day.
    """
    is_quality_assurance = Q(priorities__kind=PriorityKind.QUALITY_ASSURANCE)
    plans = BusinessPlan.objects.annotate(quality_assurance=Count("priorities", filter=is_quality_assurance))
    found: dict[tuple[str, str, str], Decimal] = {}
    for plan in plans:
        for period in periods:
            if plan.starts_on <= period.starts_on and period.ends_on <= plan.ends_on:
                years = round((plan.ends_on - plan.starts_on).days / 365.25)
                found["priorities.plan_years", "", period.code] = Decimal(years)
                found["priorities.quality_assurance_priorities", "", period.code] = Decimal(plan.quality_assurance)
    days = Group.objects.values_list("code", "seats__pk", "seats__from_on", "seats__until_on")
    for period in periods:
        sizes: dict[str, int] = {}
        for code, seat, from_on, until_on in days:
            is_held = (from_on or date.min) <= period.ends_on <= (until_on or date.max)
            sizes[code] = sizes.get(code, 0) + (seat is not None and is_held)
        found |= {("partnership.group_members", code, period.code): Decimal(size) for code, size in sizes.items()}
    return found
