"""Figures of the plan and the partnership that are computed from records, offered to the report."""

from collections.abc import Sequence
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

    The plan's figures belong to the periods that lie within the plan; a group's size is today's, in every period.
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
    for code, size in Group.objects.annotate(size=Count("members")).values_list("code", "size"):
        for period in periods:
            found["partnership.group_members", code, period.code] = Decimal(size)
    return found
