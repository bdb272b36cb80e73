"""Changes to the meetings of groups and to who was there."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from partnership import audit
from partnership.actions.periods import require_open_on
from partnership.choices import Attendance
from partnership.models import Group, Meeting, MeetingAttendance, User
from partnership.states import WrongState, require_version


@transaction.atomic
def record_meeting(
    *, group: Group, held_on: date, attendances: Mapping[int, str], cancelled_reason: str = "", by: User
) -> Meeting:
    """Keep a meeting and who was there, an `Attendance` by the agency's key; with a reason, that it was cancelled.

    Raises `WrongState` where the group has a meeting on that day already, or its year's report is signed.
    """
    _hold(group.pk)
    _require_free(group, held_on)
    require_open_on(held_on)
    meeting = Meeting.objects.create(group=group, held_on=held_on, cancelled_reason=cancelled_reason)
    _set_attendances(meeting, attendances)
    audit.record("meeting.recorded", target=meeting, by=by, detail=_told(meeting))
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, version: int, held_on: date, attendances: Mapping[int, str], cancelled_reason: str, by: User
) -> Meeting:
    """Correct a meeting. Raises `StaleSave` if it was changed since `version`, `WrongState` as `record_meeting`."""
    meeting = _locked(meeting)
    require_version(meeting, version)
    require_open_on(meeting.held_on)
    if held_on != meeting.held_on:
        _require_free(meeting.group, held_on)
        require_open_on(held_on)
    before = _told(meeting)
    meeting.held_on, meeting.cancelled_reason = held_on, cancelled_reason
    meeting.version += 1
    meeting.save()
    meeting.attendances.all().delete()
    _set_attendances(meeting, attendances)
    audit.record("meeting.changed", target=meeting, by=by, detail=f"Before: {before}\nNow: {_told(meeting)}")
    return meeting


@transaction.atomic
def remove_meeting(*, meeting: Meeting, by: User) -> None:
    """Take away a meeting that was recorded in error; raises `WrongState` where its year's report is signed."""
    meeting = _locked(meeting)
    require_open_on(meeting.held_on)
    audit.record("meeting.removed", target=meeting, by=by, detail=_told(meeting))
    meeting.attendances.all().delete()
    meeting.delete()


def _hold(group: int) -> None:
    """Hold a group until the change is done: two at once would both find the day free."""
    Group.objects.select_for_update().get(pk=group)


def _locked(meeting: Meeting) -> Meeting:
    _hold(meeting.group_id)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("group").filter(pk=meeting.pk).first()
    if found is None:
        raise WrongState("This meeting was removed in the meantime.")
    return found


def _require_free(group: Group, held_on: date) -> None:
    if Meeting.objects.filter(group=group, held_on=held_on).exists():
        raise WrongState(f"There is a meeting of {group} on {held_on:%-d %B %Y} already. Correct that one.")


def _set_attendances(meeting: Meeting, attendances: Mapping[int, str]) -> None:
    """Nobody attended a meeting that was cancelled."""
    if not meeting.cancelled_reason:
        MeetingAttendance.objects.bulk_create(
            MeetingAttendance(meeting=meeting, agency_id=agency, attendance=attendance)
            for agency, attendance in attendances.items()
        )


def _told(meeting: Meeting) -> str:
    """A meeting as the record of changes keeps it."""
    if meeting.cancelled_reason:
        return f"{meeting.held_on:%-d %B %Y}, cancelled: {meeting.cancelled_reason}"
    each = meeting.attendances.select_related("agency").order_by("agency__name")
    words = ", ".join(f"{one.agency.short_name}: {Attendance(one.attendance).label.lower()}" for one in each)
    return f"{meeting.held_on:%-d %B %Y}. {words}"
