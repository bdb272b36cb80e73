"""What the board team decides on an update that was handed in."""

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import StaleSave
from priorities import emails
from priorities.actions.measures import supersede
from priorities.actions.updates import locked
from priorities.choices import UpdateStatus, ValueStatus
from priorities.models import Measure, MeasureValue, QuarterlyUpdate


@transaction.atomic
def accept_update(*, update: QuarterlyUpdate, by: User, version: int | None = None) -> QuarterlyUpdate:
    """Take an update as it is: its values come into force and supersede earlier ones.

    `version` is the one that was read; raises `StaleSave` if the update has been changed since.
    """
    update = locked(update)
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
        value.status, value.agreed_at, value.agreed_by = ValueStatus.AGREED, update.decided_at, by
        value.save(update_fields=["status", "agreed_at", "agreed_by"])  # entered_at stays
    audit.record("update.accepted", target=update, by=by)
    return update


@transaction.atomic
def return_update(*, update: QuarterlyUpdate, reason: str, by: User, version: int | None = None) -> QuarterlyUpdate:
    """Give an update back to its agency with what needs to change; its values are a draft again.

    `version` as in `accept_update`.
    """
    update = locked(update)
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
    update = locked(update)
    update.move_to(UpdateStatus.REOPENED)
    update.decided_at, update.decided_by = timezone.now(), by
    update.return_reason = reason
    update.save()
    for value in update.values.settled().prefetch_related("comparators"):
        _go_on_with_a_copy(value, reason=reason)
    update.values.update(status=ValueStatus.DRAFT)
    audit.record("update.reopened", target=update, by=by, detail=reason)
    transaction.on_commit(lambda: emails.send_given_back(update), robust=True)
    return update


def _require_version(update: QuarterlyUpdate, version: int | None) -> None:
    if version is not None and update.version != version:
        raise StaleSave(f"{update} has been changed since you opened it. Read it again before you decide.")


def _go_on_with_a_copy(value: MeasureValue, *, reason: str) -> None:
    """Leave a value as it is, and give its update a copy that says the same and why it may come to differ."""
    comparators, entered_at, update_id = list(value.comparators.all()), value.entered_at, value.update_id
    MeasureValue.objects.filter(pk=value.pk).update(update=None)
    value.pk, value.update_id, value.status = None, update_id, ValueStatus.DRAFT
    value.agreed_at, value.agreed_by, value.change_reason = None, None, reason
    value._state.adding = True
    value.save()
    MeasureValue.objects.filter(pk=value.pk).update(entered_at=entered_at)
    for comparator in comparators:
        comparator.pk, comparator.value = None, value
        comparator._state.adding = True
        comparator.save()
