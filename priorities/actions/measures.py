"""Changes to measures with their values."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.models import Agency, Area, ReportingPeriod, User
from partnership.states import StaleSave, WrongState
from priorities.choices import (
    DisclosureRule,
    Qualifier,
    ValueStatus,
)
from priorities.models import (
    Comparator,
    Measure,
    MeasureValue,
    Priority,
)

LASTING = frozenset({"unit", "area", "calculation", "calculation_of"})
"""Of a measure: what cannot change once there are values."""


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
    numerator_words: str = "",
    denominator_words: str = "",
    rate_per: int | None = None,
    calculation: str = "",
    calculation_of: str = "",
    disclosure: str = DisclosureRule.SUPPRESS_SMALL,
    by: User | None,
) -> Measure:
    """Say what is counted and how. Counts of 1 to 5 are hidden, unless it does not count people at all."""
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
        numerator_words=numerator_words,
        denominator_words=denominator_words,
        rate_per=rate_per,
        calculation=calculation,
        calculation_of=calculation_of,
        disclosure=disclosure,
    )
    audit.record("measure.defined", target=measure, by=by)
    return measure


@transaction.atomic
def change_measure(*, measure: Measure, by: User, **fields: Any) -> Measure:
    """Change what is counted and how; the code stays, since texts name the measure by it.

    Raises `WrongState` for another unit, area or calculation where there are values already: they would come to mean
    something else.
    """
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    changed = [name for name, value in fields.items() if getattr(measure, name) != value]
    if not changed:
        return measure
    if LASTING.intersection(changed) and measure.values.exists():
        raise WrongState(f"“{measure}” has values already, so its unit, area and calculation cannot change.")
    was = "; ".join(f"{name} was “{getattr(measure, name)}”" for name in changed)
    for name in changed:
        setattr(measure, name, fields[name])
    measure.save(update_fields=changed)
    audit.record("measure.changed", target=measure, by=by, detail=was)
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
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    source: str,
    as_at: date | None = None,
    note: str = "",
    kept: Iterable[str] = (),
    by: User,
) -> MeasureValue:
    """Enter an agreed value that did not come by an update, in place of the one in force."""
    value = MeasureValue(
        measure=measure,
        period=period,
        area=measure.area,
        number=number,
        code=code,
        qualifier=qualifier,
        numerator=numerator,
        denominator=denominator,
        source=source,
        as_at=as_at,
        note=note,
    )
    Measure.objects.select_for_update().get(pk=measure.pk)  # one value at a time
    _bring_into_force(value, by=by)
    audit.record("value.recorded", target=value, by=by, detail="\n".join([_said(value), *kept]))
    return value


@transaction.atomic
def correct_value(
    *,
    value: MeasureValue,
    number: Decimal | None,
    code: str = "",
    qualifier: str = Qualifier.EXACT,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    source: str,
    as_at: date | None = None,
    note: str = "",
    reason: str,
    kept: Iterable[str] = (),
    by: User,
) -> MeasureValue:
    """Put another value in the place of one in force, which stays as history, with its comparators and a reason.

    Raises `StaleSave` where somebody else has replaced it since it was read.
    """
    Measure.objects.select_for_update().get(pk=value.measure_id)  # one value at a time
    if not MeasureValue.objects.in_force().filter(pk=value.pk).exists():
        raise StaleSave(f"The value for {value.period} was replaced by somebody else meanwhile.")
    new = MeasureValue(
        measure=value.measure,
        period=value.period,
        area=value.area,
        number=number,
        code=code,
        qualifier=qualifier,
        numerator=numerator,
        denominator=denominator,
        source=source,
        as_at=as_at,
        note=note,
        change_reason=reason,
    )
    _bring_into_force(new, by=by)
    for comparator in value.comparators.all():
        comparator.pk, comparator.value = None, new
        comparator._state.adding = True
        comparator.save()
    detail = f"{_said(new)}, was {_said(value)}. {reason}"
    audit.record("value.corrected", target=new, by=by, detail="\n".join([detail, *kept]))
    return new


def _bring_into_force(value: MeasureValue, *, by: User) -> None:
    """Store a value as agreed, in place of the one in force."""
    supersede(measure=value.measure, period=value.period, area_id=value.area_id)
    value.status, value.entered_by = ValueStatus.AGREED, by
    value.save()


def _said(value: MeasureValue) -> str:
    return f"{value.qualifier} {value.code if value.number is None else f'{value.number.normalize():f}'}"


@transaction.atomic
def compare(
    *, value: MeasureValue, kind: str, number: Decimal, qualifier: str = Qualifier.EXACT, label: str = "", by: User
) -> Comparator:
    """Hold a value against England, the region or neighbours; a target is set by `set_target`."""
    comparator = Comparator.objects.create(value=value, kind=kind, number=number, qualifier=qualifier, label=label)
    audit.record("comparator.added", target=value, by=by, detail=f"{comparator}: {number}")
    return comparator


def supersede(*, measure: Measure, period: ReportingPeriod, area_id: int) -> None:
    """Take the value in force out of force; it stays as history. For use inside an action."""
    MeasureValue.objects.in_force().filter(measure=measure, period=period, area=area_id).update(
        status=ValueStatus.SUPERSEDED
    )
