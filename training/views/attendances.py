from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.states import WrongState
from training import actions
from training.forms.attendances import AttendanceForm, CountsForm
from training.models import Attendance, Session


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def attendance_record(request, pk):
    session = get_object_or_404(Session.objects.select_related("course"), pk=pk)
    form = AttendanceForm(request.POST if request.method == "POST" else None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_attendance(
                session=session,
                **form.source,
                counts=form.counts,
                above_capacity=form.reason,
                by=request.user,
            )
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The attendances are recorded.")
            return redirect("training:session-detail", pk=pk)
    return render(request, "training/attendance_record.html", {"session": session, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def attendance_change(request, pk):
    attendance = _attendance(pk)
    session = attendance.session
    form = CountsForm(request.POST if request.method == "POST" else None, session=session, attendance=attendance)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_attendance(
                attendance=attendance, counts=form.counts, above_capacity=form.reason, by=request.user
            )
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The attendances are corrected.")
            return redirect("training:session-detail", pk=session.pk)
    return render(request, "training/attendance_change.html", {"attendance": attendance, "form": form})


@require_POST
@requires(Permission.TRAINING_MANAGE)
def attendance_remove(request, pk):
    attendance = _attendance(pk)
    try:
        actions.remove_attendance(attendance=attendance, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The line is taken out.")
    return redirect("training:session-detail", pk=attendance.session_id)


def _attendance(pk):
    return get_object_or_404(Attendance.objects.select_related("session__course", "agency"), pk=pk)
