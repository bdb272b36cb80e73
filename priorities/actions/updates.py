"""Changes to rounds and the partners' updates. Each verb locks, checks the state, writes its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import StaleSave, WrongState
from priorities import emails
from priorities.actions.measures import supersede
from priorities.choices import (
    GIVEN_BACK_STATUSES,
    Qualifier,
    UpdateStatus,
    ValueCode,
    ValueStatus,
)
from priorities.models import (
    Measure,
    MeasureValue,
    Priority,
    QuarterlyUpdate,
    ReportingDuty,
    RequestedMeasure,
    UpdateRound,
)


@dataclass(frozen=True, kw_only=True)
class ReturnedValue:
    """A partner's answer to a requested measure: a number, or the code that it is not available."""

    requested: RequestedMeasure
    number: Decimal | None
    code: str = ""
    qualifier: str = Qualifier.EXACT
    note: str = ""


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
        supersede(measure=value.measure, period=value.period, area_id=value.area_id)
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
