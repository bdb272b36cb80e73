"""The meetings of a group."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from partnership import actions
from partnership.choices import Permission
from partnership.doing import do_and_say, made, posted
from partnership.forms.meetings import MeetingForm
from partnership.models import Group, Meeting
from partnership.permissions import requires
from partnership.queries import financial_year_of


@require_http_methods(["GET", "POST"])
@requires(Permission.GROUP_MANAGE)
def meeting_record(request, pk):
    group = get_object_or_404(Group, pk=pk)
    form = MeetingForm(posted(request), seats=group.seats.select_related("agency"))
    if request.method == "POST" and form.is_valid():
        meeting = made(request, form, "The meeting is recorded.", actions.record_meeting, group=group, **form.meeting)
        if meeting:
            return redirect(_address(meeting))
    return render(request, "partnership/meeting_record.html", {"group": group, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.GROUP_MANAGE)
def meeting_change(request, pk):
    meeting = _meeting(pk)
    form = MeetingForm(posted(request), seats=meeting.group.seats.select_related("agency"), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        fields = {**form.meeting, "version": form.cleaned_data["version"], "meeting": meeting}
        changed = made(request, form, "The meeting is corrected.", actions.change_meeting, **fields)
        if changed:
            return redirect(_address(changed))
    return render(request, "partnership/meeting_change.html", {"meeting": meeting, "form": form})


@require_POST
@requires(Permission.GROUP_MANAGE)
def meeting_remove(request, pk):
    meeting = _meeting(pk)
    return do_and_say(
        request, "The meeting is removed.", actions.remove_meeting, then=(_address(meeting),), meeting=meeting
    )


def _meeting(pk):
    return get_object_or_404(Meeting.objects.select_related("group"), pk=pk)


def _address(meeting):
    """The group's page in the meeting's year."""
    period = financial_year_of(meeting.held_on)
    address = reverse("partnership:group-detail", args=[meeting.group_id])
    return f"{address}?year={period.code}" if period else address
