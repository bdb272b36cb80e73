"""A group: who sits on it, and how often they came."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership import actions
from partnership.attendance import DEFINITION
from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.downloads import table_response
from partnership.forms.groups import SeatChangeForm, SeatForm
from partnership.models import Group, Seat
from partnership.permissions import requires
from partnership.queries import group_years, year_of_last_meeting
from partnership.views.years import year_chosen


@require_safe
@requires(Permission.REPORT_READ)
def group_detail(request, pk):
    group = _group(pk)
    period, years = _year(request, group)
    can_change = request.user.may(Permission.GROUP_MANAGE)
    context = {
        "group": group,
        "period": period,
        "years": years,
        "year": group_years(period, [group])[0] if period else None,
        "year_asked": period.code if period and "year" in request.GET else "",
        "definition": DEFINITION,
        "can_change": can_change,
        "can_correct": can_change and period is not None and period.closed_at is None,
    }
    return render(request, "partnership/group_detail.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def meeting_export(request, pk, kind):
    """A column for each agency, as attendance trackers have it."""
    group = _group(pk)
    period, _ = _year(request, group)
    if period is None:
        raise Http404("There is no year yet.")
    year = group_years(period, [group])[0]
    agencies = year.agencies
    return table_response(
        kind,
        title=f"Meetings {group.code} {period.code}",
        headings=("Date", "Why it was cancelled", *(agency.name for agency in agencies)),
        rows=([meeting.held_on, meeting.cancelled_reason, *_cells(meeting, agencies)] for meeting in year.meetings),
    )


def _cells(meeting, agencies):
    words = {each.agency_id: each.get_attendance_display() for each in meeting.attendances.all()}
    return [words.get(agency.pk, "") for agency in agencies]


def _group(pk):
    return get_object_or_404(Group.objects.select_related("reports_to"), pk=pk)


def _year(request, group):
    return year_chosen(request, otherwise=year_of_last_meeting(group))


@require_http_methods(["GET", "POST"])
@requires(Permission.GROUP_MANAGE)
def seat_add(request, pk):
    group = get_object_or_404(Group, pk=pk)
    form = SeatForm(posted(request), group=group)
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['agency']} is a member now."
        if is_done(request, form, said, actions.add_seat, group=group, **form.cleaned_data):
            return redirect("partnership:group-detail", pk=pk)
    context = {
        "form": form,
        "heading": "Add a member",
        "caption": group.name,
        "button": "Add the member",
        "back_url": reverse("partnership:group-detail", args=[pk]),
        "back_text": group.name,
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.GROUP_MANAGE)
def seat_change(request, pk):
    seat = get_object_or_404(Seat.objects.select_related("group", "agency"), pk=pk)
    form = SeatChangeForm(posted(request), seat=seat)
    if request.method == "POST" and form.is_valid():
        fields = {"seat": seat, **form.cleaned_data}
        if is_done(request, form, "The seat is changed.", actions.change_seat, **fields):
            return redirect("partnership:group-detail", pk=seat.group_id)
    context = {
        "form": form,
        "heading": f"Seat of {seat.agency}",
        "caption": seat.group.name,
        "intro": "Give a last day when the agency leaves. Its attendance stays.",
        "button": "Save",
        "back_url": reverse("partnership:group-detail", args=[seat.group_id]),
        "back_text": seat.group.name,
    }
    return render(request, "pages/form.html", context)
