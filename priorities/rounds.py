"""Who reports on what, and rounds that open by themselves. What a round then asks for stands in `actions`."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import WrongState
from priorities import actions
from priorities.models import DutyMeasure, Measure, Priority, ReportingDuty, UpdateRound

DutyMeasures = Iterable[tuple[Measure, ReportingPeriod | None]]
"""Measures with the period they are asked for; None: the period of the round."""


@transaction.atomic
def add_duty(*, agency: Agency, priority: Priority, measures: DutyMeasures = (), by: User | None) -> ReportingDuty:
    """Say that an agency reports on a priority from the next round on. The database refuses it twice.

    Raises `WrongState` for a priority that has ended.
    """
    priority = Priority.objects.select_for_update().get(pk=priority.pk)
    if priority.has_ended:
        raise WrongState(f"{priority} has ended: nobody reports on it any more.")
    duty = ReportingDuty.objects.create(agency=agency, priority=priority)
    _keep_measures(duty, measures)
    audit.record("duty.added", target=duty, by=by, detail=_in_words(duty))
    return duty


@transaction.atomic
def change_duty(*, duty: ReportingDuty, measures: DutyMeasures, by: User) -> ReportingDuty:
    """Ask for other measures from the next round on; raises `WrongState` for a duty that has ended."""
    duty = _locked(duty)
    duty.duty_measures.all().delete()
    _keep_measures(duty, measures)
    audit.record("duty.changed", target=duty, by=by, detail=_in_words(duty))
    return duty


@transaction.atomic
def end_duty(*, duty: ReportingDuty, by: User) -> ReportingDuty:
    """Ask no more from the next round on; raises `WrongState` if it has ended already."""
    duty = _locked(duty)
    duty.ended_at, duty.ended_by = timezone.now(), by
    duty.save()
    audit.record("duty.ended", target=duty, by=by)
    return duty


@transaction.atomic
def change_due_date(
    *, round: UpdateRound, due_on: date, reason: str, kept: Iterable[str] = (), by: User
) -> UpdateRound:
    """Give everybody in a round another last day. The reason stands in the record of changes."""
    round = UpdateRound.objects.select_for_update().get(pk=round.pk)
    before, round.due_on = round.due_on, due_on
    round.save(update_fields=["due_on"])
    detail = f"From {before:%-d %B %Y} to {due_on:%-d %B %Y}: {reason}"
    audit.record("round.due-date-changed", target=round, by=by, detail="\n".join([detail, *kept]))
    return round


def ask_where_due() -> None:
    """Ask for the updates of every round whose opening day has come. Running it twice, or two at once, asks once."""
    for round in UpdateRound.objects.filter(asked_at=None, opens_on__lte=timezone.localdate()):
        actions.ask_for_updates(round=round, by=None)


def _locked(duty: ReportingDuty) -> ReportingDuty:
    duty = ReportingDuty.objects.select_for_update(of=("self",)).select_related("agency", "priority").get(pk=duty.pk)
    if duty.ended_at:
        raise WrongState(f"{duty} has ended: this can no longer be done.")
    return duty


def _keep_measures(duty: ReportingDuty, measures: DutyMeasures) -> None:
    DutyMeasure.objects.bulk_create(
        DutyMeasure(duty=duty, measure=measure, period=period) for measure, period in measures
    )


def _in_words(duty: ReportingDuty) -> str:
    return "\n".join(str(each) for each in duty.duty_measures.select_related("measure", "period"))
