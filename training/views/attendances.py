from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done
from partnership.permissions import requires
from training import actions
from training.forms.attendances import AttendanceForm, CountsForm
from training.models import Attendance, Session


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def attendance_record(request, pk):
    session = get_object_or_404(Session.objects.select_related("course"), pk=pk)
    form = AttendanceForm(request.POST if request.method == "POST" else None, session=session)
    if request.method == "POST" and form.is_valid():
        attended = {**form.source, "counts": form.counts, "above_capacity": form.reason}
        said = "The attendances are recorded."
        if is_done(request, form, said, actions.record_attendance, session=session, **attended):
            return redirect("training:session-detail", pk=pk)
    return render(request, "training/attendance_record.html", {"session": session, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def attendance_change(request, pk):
    attendance = _attendance(pk)
    session = attendance.session
    form = CountsForm(request.POST if request.method == "POST" else None, session=session, attendance=attendance)
    if request.method == "POST" and form.is_valid():
        attended = {"counts": form.counts, "above_capacity": form.reason}
        said = "The attendances are corrected."
        if is_done(request, form, said, actions.change_attendance, attendance=attendance, **attended):
            return redirect("training:session-detail", pk=session.pk)
    return render(request, "training/attendance_change.html", {"attendance": attendance, "form": form})


@require_POST
@requires(Permission.TRAINING_MANAGE)
def attendance_remove(request, pk):
    attendance = _attendance(pk)
    then = ("training:session-detail", attendance.session_id)
    return do_and_say(request, "The line is taken out.", actions.remove_attendance, then=then, attendance=attendance)


def _attendance(pk):
    return get_object_or_404(Attendance.objects.select_related("session__course", "agency"), pk=pk)
