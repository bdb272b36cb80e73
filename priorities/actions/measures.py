"""Changes to the plan and to its measures with their values."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from partnership import audit
from partnership.models import Agency, Area, ReportingPeriod, User
from priorities.choices import (
    DisclosureRule,
    Qualifier,
    ValueStatus,
)
from priorities.models import (
    BusinessPlan,
    Comparator,
    Measure,
    MeasureValue,
    Priority,
)


@transaction.atomic
def add_plan(*, title: str, starts_on: date, ends_on: date, by: User | None) -> BusinessPlan:
    """Begin a business plan; both days are included."""
    plan = BusinessPlan.objects.create(title=title, starts_on=starts_on, ends_on=ends_on)
    audit.record("plan.added", target=plan, by=by)
    return plan


@transaction.atomic
def add_priority(
    *, plan: BusinessPlan, code: str, title: str, kind: str, aim: str, sponsor: Agency, order: int, by: User | None
) -> Priority:
    """Put something first in a plan."""
    priority = Priority.objects.create(
        plan=plan, code=code, title=title, kind=kind, aim=aim, sponsor=sponsor, order=order
    )
    audit.record("priority.added", target=priority, by=by)
    return priority


@transaction.atomic
def define_measure(
    *,
    code: str,
    name: str,
    definition: str,
    unit: str,
    polarity: str,
    kind: str,
    area: Area,
    owner: Agency,
    priority: Priority | None = None,
    decimals: int = 0,
    rounding: int = 1,
    denominator: Measure | None = None,
    calculation: str = "",
    calculation_of: str = "",
    by: User | None,
) -> Measure:
    """Say what is counted and how. Counts of 1 to 5 are hidden until `set_disclosure` says otherwise."""
    measure = Measure.objects.create(
        code=code,
        name=name,
        definition=definition,
        unit=unit,
        polarity=polarity,
        kind=kind,
        area=area,
        owner=owner,
        priority=priority,
        decimals=decimals,
        rounding=rounding,
        denominator=denominator,
        calculation=calculation,
        calculation_of=calculation_of,
    )
    audit.record("measure.defined", target=measure, by=by)
    return measure


@transaction.atomic
def set_disclosure(
    *, measure: Measure, rule: str, reason: str = "", agreed_by: User | None = None, by: User
) -> Measure:
    """Choose how small counts of a measure are treated; an exception needs a reason and a second person.

    The rule's source: domain.md 5. The database refuses an exception without them.
    """
    measure.disclosure = rule
    is_exception = rule == DisclosureRule.AGREED_EXCEPTION
    measure.disclosure_reason = reason
    measure.disclosure_proposed_by = by if is_exception else None
    measure.disclosure_agreed_by = agreed_by if is_exception else None
    measure.save()
    audit.record("measure.disclosure-set", target=measure, by=by, detail=f"{measure.get_disclosure_display()} {reason}")
    return measure


@transaction.atomic
def record_value(
    *,
    measure: Measure,
    period: ReportingPeriod,
    number: Decimal | None,
    code: str = "",
    qualifier: str = Qualifier.EXACT,
    source: str,
    as_at: date | None = None,
    note: str = "",
    by: User,
) -> MeasureValue:
    """Enter an agreed value that did not come by an update, in place of the one in force."""
    supersede(measure=measure, period=period, area_id=measure.area_id)
    value = MeasureValue.objects.create(
        measure=measure,
        period=period,
        area=measure.area,
        number=number,
        code=code,
        qualifier=qualifier,
        status=ValueStatus.AGREED,
        source=source,
        as_at=as_at,
        note=note,
        entered_by=by,
    )
    audit.record("value.recorded", target=value, by=by, detail=f"{qualifier} {number if number is not None else code}")
    return value


@transaction.atomic
def compare(
    *, value: MeasureValue, kind: str, number: Decimal, qualifier: str = Qualifier.EXACT, label: str = "", by: User
) -> Comparator:
    """Hold a value against England, the region, neighbours or a target."""
    comparator = Comparator.objects.create(value=value, kind=kind, number=number, qualifier=qualifier, label=label)
    audit.record("comparator.added", target=value, by=by, detail=f"{comparator}: {number}")
    return comparator


def supersede(*, measure: Measure, period: ReportingPeriod, area_id: int) -> None:
    """Take the value in force out of force; it stays as history. For use inside an action."""
    MeasureValue.objects.in_force().filter(measure=measure, period=period, area=area_id).update(
        status=ValueStatus.SUPERSEDED
    )
