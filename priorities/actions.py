"""Changes to the plan, its measures and the partners' updates. Each verb locks, checks the state, writes its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.actions import add_area, add_period
from partnership.models import Agency, Area, Partnership, ReportingPeriod, User
from partnership.states import WrongState
from priorities import emails
from priorities.choices import (
    GIVEN_BACK_STATUSES,
    DisclosureRule,
    MeasureKind,
    Polarity,
    Qualifier,
    UpdateStatus,
    ValueCode,
    ValueStatus,
)
from priorities.import_plan import ImportPlan, PlannedValue, area_code, plan_import
from priorities.imports import ImportedFile
from priorities.models import (
    BusinessPlan,
    Comparator,
    Measure,
    MeasureImport,
    MeasureValue,
    Priority,
    QuarterlyUpdate,
    ReportingDuty,
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
    """Begin to ask partners for updates on a period: on its opening day for all that the reporting duties say."""
    round = UpdateRound.objects.create(title=title, period=period, opens_on=opens_on, due_on=due_on)
    audit.record("round.opened", target=round, by=by)
    if opens_on <= timezone.localdate():
        ask_for_updates(round=round, by=by)
    return round


@transaction.atomic
def ask_for_updates(*, round: UpdateRound, by: User | None) -> list[QuarterlyUpdate]:
    """Ask for what the reporting duties in force say, once: of two at the same time, one asks.

    An update that was asked for already is left alone.
    """
    claimed = UpdateRound.objects.filter(pk=round.pk, asked_at=None).update(asked_at=timezone.now())
    if not claimed:
        return []
    round.refresh_from_db()
    asked = set(round.updates.values_list("agency_id", "priority_id"))
    return [
        request_update(
            round=round,
            agency=duty.agency,
            priority=duty.priority,
            measures=[(each.measure, each.period or round.period) for each in duty.duty_measures.all()],
            by=by,
        )
        for duty in ReportingDuty.objects.in_force().with_names()
        if (duty.agency_id, duty.priority_id) not in asked
    ]


@transaction.atomic
def request_update(
    *,
    round: UpdateRound,
    agency: Agency,
    priority: Priority,
    measures: Iterable[tuple[Measure, ReportingPeriod]] = (),
    by: User | None,
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
    if update.status not in GIVEN_BACK_STATUSES:  # in which it stays until it is submitted again
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
    update.submitted_version = update.version
    update.decided_at = update.decided_by = None
    update.save()
    update.values.update(status=ValueStatus.PROVISIONAL)
    audit.record("update.submitted", target=update, by=by)
    return update


@transaction.atomic
def accept_update(*, update: QuarterlyUpdate, by: User, version: int | None = None) -> QuarterlyUpdate:
    """Take an update as it is: its values come into force and supersede earlier ones.

    `version` is the one that was read; raises `StaleSave` if the update has been changed since.
    """
    update = _locked(update)
    _require_version(update, version)
    update.move_to(UpdateStatus.ACCEPTED)
    update.decided_at, update.decided_by = timezone.now(), by
    update.return_reason = ""
    update.save()
    values = list(update.values.select_related("measure", "period"))
    # Two updates with the same measure wait for each other here, and always in the same order.
    list(Measure.objects.select_for_update().filter(pk__in=[value.measure_id for value in values]).order_by("pk"))
    for value in values:
        _supersede(measure=value.measure, period=value.period, area_id=value.area_id)
        value.status = ValueStatus.AGREED
        value.save(update_fields=["status"])  # entered_at stays
    audit.record("update.accepted", target=update, by=by)
    return update


@transaction.atomic
def return_update(*, update: QuarterlyUpdate, reason: str, by: User, version: int | None = None) -> QuarterlyUpdate:
    """Give an update back to its agency with what needs to change; its values are a draft again.

    `version` as in `accept_update`.
    """
    update = _locked(update)
    _require_version(update, version)
    update.move_to(UpdateStatus.RETURNED)
    update.decided_at, update.decided_by = timezone.now(), by
    update.return_reason = reason
    update.save()
    update.values.update(status=ValueStatus.DRAFT)
    audit.record("update.returned", target=update, by=by, detail=reason)
    transaction.on_commit(lambda: emails.send_given_back(update), robust=True)
    return update


@transaction.atomic
def reopen_update(*, update: QuarterlyUpdate, reason: str, by: User) -> QuarterlyUpdate:
    """Let an agency change an update that it has handed in, even one that is accepted and after the due date.

    Values of an accepted update stay in force, and as history, without the update; it goes on with copies of them.
    """
    update = _locked(update)
    update.move_to(UpdateStatus.REOPENED)
    update.decided_at, update.decided_by = timezone.now(), by
    update.return_reason = reason
    update.save()
    for value in update.values.settled().prefetch_related("comparators"):
        _go_on_with_a_copy(value)
    update.values.update(status=ValueStatus.DRAFT)
    audit.record("update.reopened", target=update, by=by, detail=reason)
    transaction.on_commit(lambda: emails.send_given_back(update), robust=True)
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


def _require_version(update: QuarterlyUpdate, version: int | None) -> None:
    if version is not None and update.version != version:
        raise StaleSave(f"{update} has been changed since you opened it. Read it again before you decide.")


def _locked(update: QuarterlyUpdate) -> QuarterlyUpdate:
    return QuarterlyUpdate.objects.select_for_update(of=("self",)).with_names().get(pk=update.pk)


def _supersede(*, measure: Measure, period: ReportingPeriod, area_id: int) -> None:
    MeasureValue.objects.in_force().filter(measure=measure, period=period, area=area_id).update(
        status=ValueStatus.SUPERSEDED
    )


def _go_on_with_a_copy(value: MeasureValue) -> None:
    """Leave a value as it is, and give its update a copy that says the same."""
    comparators, entered_at, update_id = list(value.comparators.all()), value.entered_at, value.update_id
    MeasureValue.objects.filter(pk=value.pk).update(update=None)
    value.pk, value.update_id, value.status = None, update_id, ValueStatus.DRAFT
    value._state.adding = True
    value.save()
    MeasureValue.objects.filter(pk=value.pk).update(entered_at=entered_at)
    for comparator in comparators:
        comparator.pk, comparator.value = None, value
        comparator._state.adding = True
        comparator.save()


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


# Files of figures

IMPORT_KEPT_FOR = timedelta(days=1)


@transaction.atomic
def keep_import(*, name: str, content: bytes, authority: str, owner: Agency, by: User) -> MeasureImport:
    """Keep a file of figures for its sender to look at, in place of an earlier one; old ones of anybody go."""
    MeasureImport.objects.filter(uploaded_by=by).delete()
    MeasureImport.objects.filter(uploaded_at__lt=timezone.now() - IMPORT_KEPT_FOR).delete()
    upload = MeasureImport.objects.create(name=name, content=content, authority=authority, owner=owner, uploaded_by=by)
    audit.record("import.uploaded", target=upload, by=by)
    return upload


@transaction.atomic
def drop_import(*, upload: MeasureImport, by: User) -> None:
    """Take a file of figures away without importing it."""
    audit.record("import.dropped", target=upload, by=by)
    upload.delete()


@transaction.atomic
def import_measures(*, imported: ImportedFile, owner: Agency, fingerprint: str = "", by: User) -> ImportPlan:
    """Bring a file's values into force, all or none, and say what was done; with faults, nothing is.

    Areas, periods and, for `owner`, the Department's measures are made where they are missing. A value that says what
    is in force already is left alone. With the `fingerprint` of a plan that somebody has looked at, raises `StaleSave`
    if the plan has become another.
    """
    Partnership.objects.select_for_update().first()  # one import at a time
    plan = plan_import(imported)
    if fingerprint and plan.fingerprint != fingerprint:
        raise StaleSave("Figures were changed since you looked at this file.")
    if plan.faults or plan.changes_nothing:
        return plan
    area = plan.area
    if plan.new_area:
        area = add_area(code=area_code(plan.new_area), name=plan.new_area.name, ons_code=plan.new_area.ons_code, by=by)
    periods = {
        new.code: add_period(
            code=new.code, label=new.label, kind=new.kind, starts_on=new.starts_on, ends_on=new.ends_on, by=by
        )
        for new in plan.new_periods
    }
    measures = {}
    for planned in plan.new_measures:
        assert planned.imported and area, "Only the Department's files define measures, and they name their area."
        measure = define_measure(
            code=planned.code,
            name=planned.name,
            definition=planned.imported.definition,
            unit=planned.unit,
            polarity=Polarity.CONTEXT,
            kind=MeasureKind.HOW_MUCH,
            area=area,
            owner=owner,
            decimals=planned.decimals,
            by=by,
        )
        # The Department has hidden what is small before it published (domain.md 5).
        measures[planned.code] = set_disclosure(measure=measure, rule=DisclosureRule.NOT_PEOPLE, by=by)
    rows = [(_imported_value(planned, measures, periods, by=by), planned) for planned in (*plan.new, *plan.changed)]
    _put_in_force(rows, by=by)
    audit.record("measures.imported", target=owner, by=by, detail=plan.summary)
    return plan


def _imported_value(
    planned: PlannedValue, measures: Mapping[str, Measure], periods: Mapping[str, ReportingPeriod], *, by: User
) -> MeasureValue:
    new = planned.imported
    measure = planned.measure.stored or measures[planned.measure.code]
    return MeasureValue(
        measure=measure,
        period=planned.period.stored or periods[planned.period.imported.code],  # type: ignore[union-attr]
        area=measure.area,
        number=new.value.number,
        code=new.value.code,
        qualifier=new.qualifier,
        status=ValueStatus.AGREED,
        source=new.source,
        as_at=new.as_at,
        note=new.note,
        entered_by=by,
    )


def _put_in_force(rows: list[tuple[MeasureValue, PlannedValue]], *, by: User) -> None:
    """Store many values with their comparators in place of those in force, in few queries."""
    replaced = [planned.before.pk for _, planned in rows if planned.before]
    for start in range(0, len(replaced), 500):
        MeasureValue.objects.filter(pk__in=replaced[start : start + 500]).update(status=ValueStatus.SUPERSEDED)
    values = MeasureValue.objects.bulk_create([value for value, _ in rows], batch_size=500)
    Comparator.objects.bulk_create(
        [
            Comparator(
                value=value,
                kind=each.kind,
                label=each.label,
                number=each.value.number,
                code=each.value.code,
            )
            for value, (_, planned) in zip(values, rows, strict=True)
            for each in planned.imported.comparators
        ],
        batch_size=500,
    )
    lines = (
        (value, f"{value.qualifier} {value.number if value.number is not None else value.code}") for value in values
    )
    audit.record_each("value.recorded", targets=lines, by=by)
