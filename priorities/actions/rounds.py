"""Rounds and what they ask for."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from priorities.actions.questions import take_questions
from priorities.models import (
    Measure,
    MeasureValue,
    Priority,
    QuarterlyUpdate,
    ReportingDuty,
    RequestedMeasure,
    UpdateRound,
)


@transaction.atomic
def open_round(
    *, title: str, period: ReportingPeriod, opens_on: date, due_on: date, kept: Iterable[str] = (), by: User
) -> UpdateRound:
    """Begin to ask partners for updates on a period: on its opening day for all that the reporting duties say."""
    round = UpdateRound.objects.create(title=title, period=period, opens_on=opens_on, due_on=due_on)
    take_questions(round)
    audit.record("round.opened", target=round, by=by, detail="\n".join(kept))
    if opens_on <= timezone.localdate():
        ask_for_updates(round=round, by=by)
    return round


@transaction.atomic
def ask_for_updates(*, round: UpdateRound, by: User | None) -> list[QuarterlyUpdate]:
    """Ask for what the reporting duties in force say, once: of two at the same time, one asks.

    An update that was asked for already is left alone; so is a value for a named period that an earlier round brought.
    """
    claimed = UpdateRound.objects.filter(pk=round.pk, asked_at=None).update(asked_at=timezone.now())
    if not claimed:
        return []
    round.refresh_from_db()
    asked = set(round.updates.values_list("agency_id", "priority_id"))
    returned = _returned_before()
    return [
        request_update(
            round=round,
            agency=duty.agency,
            priority=duty.priority,
            measures=[
                (each.measure, each.period or round.period)
                for each in duty.duty_measures.all()
                if (each.measure_id, each.period_id) not in returned
            ],
            by=by,
        )
        for duty in ReportingDuty.objects.in_force().with_names()
        if (duty.agency_id, duty.priority_id) not in asked
    ]


def _returned_before() -> set[tuple[int, int]]:
    """The measures and periods of which an accepted update gave the value that is in force."""
    returned = MeasureValue.objects.in_force().filter(update__isnull=False)
    return set(returned.values_list("measure_id", "period_id"))


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
