"""Changes to the plan, its measures and the partners' updates. Each verb locks, checks the state, writes its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, Area, ReportingPeriod, User
from partnership.states import WrongState
from priorities.choices import DisclosureRule, Qualifier, UpdateStatus, ValueCode, ValueStatus
from priorities.models import (
    BusinessPlan,
    Comparator,
    Measure,
    MeasureValue,
    Priority,
    QuarterlyUpdate,
    RequestedMeasure,
    UpdateRound,
)


class StaleSave(Exception):
    """The record was saved by somebody else since it was read; nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class ReturnedValue:
    """A partner's answer to a requested measure: a number, or the code that it is not available."""

    requested: RequestedMeasure
    number: Decimal | None
    code: str = ""
    qualifier: str = Qualifier.EXACT
    note: str = ""


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
    _supersede(measure=measure, period=period, area_id=measure.area_id)
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


@transaction.atomic
def open_round(*, title: str, period: ReportingPeriod, opens_on: date, due_on: date, by: User) -> UpdateRound:
    """Begin to ask partners for updates on a period."""
    round = UpdateRound.objects.create(title=title, period=period, opens_on=opens_on, due_on=due_on)
    audit.record("round.opened", target=round, by=by)
    return round


@transaction.atomic
def request_update(
    *,
    round: UpdateRound,
    agency: Agency,
    priority: Priority,
    measures: Iterable[tuple[Measure, ReportingPeriod]] = (),
    by: User,
) -> QuarterlyUpdate:
    """Ask an agency for its update on a priority, with values for these measures and periods."""
    update = QuarterlyUpdate.objects.create(round=round, agency=agency, priority=priority)
    RequestedMeasure.objects.bulk_create(
        RequestedMeasure(update=update, measure=measure, period=period) for measure, period in measures
    )
    audit.record("update.requested", target=update, by=by)
    return update


@transaction.atomic
def save_update(
    *,
    update: QuarterlyUpdate,
    version: int,
    answers: Mapping[str, str],
    values: Iterable[ReturnedValue],
    by: User,
) -> QuarterlyUpdate:
    """Keep a partner's answers, complete or not; raises `StaleSave` if `version` is no longer the latest.

    `answers` holds texts, `rag` and `rag_reason` by field name. A value left out of `values` is taken away.
    """
    update = _locked(update)
    if update.version != version:
        raise StaleSave(f"{update} was saved by somebody else in the meantime.")
    if update.status != UpdateStatus.RETURNED:  # in which it stays until it is submitted again
        update.move_to(UpdateStatus.DRAFT)
    for name, answer in answers.items():
        setattr(update, name, answer)
    update.version += 1
    update.save()
    _keep_values(update, values, by=by)
    audit.record("update.saved", target=update, by=by)
    return update


@transaction.atomic
def submit_update(*, update: QuarterlyUpdate, by: User) -> QuarterlyUpdate:
    """Hand a complete update to the board; raises `WrongState` if it is not open or an answer is missing."""
    update = _locked(update)
    missing = missing_answers(update)
    if missing and update.is_open:
        raise WrongState(f"{update} is not complete: {', '.join(missing)}.")
    update.move_to(UpdateStatus.SUBMITTED)
    update.submitted_at, update.submitted_by = timezone.now(), by
    update.decided_at = update.decided_by = None
    update.save()
    update.values.update(status=ValueStatus.PROVISIONAL)
    audit.record("update.submitted", target=update, by=by)
    return update


@transaction.atomic
def accept_update(*, update: QuarterlyUpdate, by: User) -> QuarterlyUpdate:
    """Take an update as it is: its values come into force and supersede earlier ones."""
    update = _locked(update)
    update.move_to(UpdateStatus.ACCEPTED)
    update.decided_at, update.decided_by = timezone.now(), by
    update.return_reason = ""
    update.save()
    for value in update.values.select_related("measure", "period"):
        _supersede(measure=value.measure, period=value.period, area_id=value.area_id)
        value.status = ValueStatus.AGREED
        value.save(update_fields=["status"])  # entered_at stays
    audit.record("update.accepted", target=update, by=by)
    return update


@transaction.atomic
def return_update(*, update: QuarterlyUpdate, reason: str, by: User) -> QuarterlyUpdate:
    """Give an update back to its agency with what needs to change; its values are a draft again."""
    update = _locked(update)
    update.move_to(UpdateStatus.RETURNED)
    update.decided_at, update.decided_by = timezone.now(), by
    update.return_reason = reason
    update.save()
    update.values.update(status=ValueStatus.DRAFT)
    audit.record("update.returned", target=update, by=by, detail=reason)
    return update


def missing_answers(update: QuarterlyUpdate) -> list[str]:
    """The names of the questions that still need an answer before the update can be submitted."""
    fields = [*QuarterlyUpdate.TEXTS, "rag", "rag_reason"]
    missing = [QuarterlyUpdate.question(name) for name in fields if not getattr(update, name)]
    answered = set(update.values.values_list("measure_id", "period_id"))
    missing += [
        str(requested)
        for requested in update.requested_measures.select_related("measure", "period")
        if (requested.measure_id, requested.period_id) not in answered
    ]
    return missing


def _locked(update: QuarterlyUpdate) -> QuarterlyUpdate:
    return QuarterlyUpdate.objects.select_for_update(of=("self",)).with_names().get(pk=update.pk)


def _supersede(*, measure: Measure, period: ReportingPeriod, area_id: int) -> None:
    MeasureValue.objects.in_force().filter(measure=measure, period=period, area=area_id).update(
        status=ValueStatus.SUPERSEDED
    )


def _keep_values(update: QuarterlyUpdate, values: Iterable[ReturnedValue], *, by: User) -> None:
    kept = []
    for value in values:
        measure, period = value.requested.measure, value.requested.period
        row, _ = MeasureValue.objects.update_or_create(
            update=update,
            measure=measure,
            period=period,
            defaults={
                "area_id": measure.area_id,
                "number": value.number,
                "code": "" if value.number is not None else value.code or ValueCode.NOT_AVAILABLE,
                "qualifier": value.qualifier,
                "note": value.note,
                "status": ValueStatus.DRAFT,
                "source": f"{update.agency.name}, update for {update.round.title}",
                "as_at": timezone.localdate(),
                "entered_by": by,
            },
        )
        kept.append(row.pk)
    update.values.exclude(pk__in=kept).delete()
