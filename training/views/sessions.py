from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import STILL_HERE
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import StaleSave, WrongState
from priorities.choices import Unit
from priorities.wording import in_words, people_in_words
from training import actions
from training.forms.sessions import SessionForm
from training.models import Course, Session
from training.queries import attended_told, lines_told, tally_of, with_counts
from training.rates import cost_per_attendance, rates, told


@require_safe
@requires(Permission.REPORT_READ)
def session_list(request):
    sessions = list(_sessions())
    told = attended_told(sessions)
    rows = [{"session": each, "attended": in_words(told[each.pk], unit=Unit.ATTENDANCES)} for each in sessions]
    caveats = Session.objects.exclude(caveat="").order_by("caveat").values_list("caveat", flat=True).distinct()
    return render(request, "training/session_list.html", {"rows": rows, "caveats": caveats})


@require_safe
@requires(Permission.REPORT_READ)
def session_export(request, kind):
    sessions = list(_sessions())
    told = attended_told(sessions)
    return table_response(
        kind,
        title="Training sessions",
        headings=(
            "Course",
            "Held on",
            "How",
            "Places",
            "Attendances",
            "Cost per attendance",
            "What to know of the figures",
        ),
        rows=(
            [
                session.course.title,
                session.held_on,
                session.course.get_mode_display(),
                "No limit" if session.capacity is None else session.capacity,
                _cell(told[session.pk]),
                cost_per_attendance(tally_of(session)) if told[session.pk].number is not None else "",
                session.caveat,
            ]
            for session in sessions
        ),
    )


def _cell(shown):
    return in_words(shown, unit=Unit.ATTENDANCES) if shown.number is None else int(shown.number)


def _sessions():
    return with_counts(Session.objects.select_related("course"))


@require_safe
@requires(Permission.REPORT_READ)
def session_detail(request, pk):
    session = get_object_or_404(_sessions(), pk=pk)
    tally = tally_of(session)
    can_manage = request.user.may(Permission.TRAINING_MANAGE)
    lines = list(session.attendances.select_related("agency"))
    context = {
        "session": session,
        "is_hidden": attended_told(_sessions())[session.pk].number is None,
        "told": told(tally),
        "rates": rates(tally),
        "cost": cost_per_attendance(tally),
        "lines": lines_told(lines),
        "invited": _invited(session) if can_manage else "",
        "records": lines if can_manage else (),
        "events": AuditEvent.objects.filter(target_model="training.session", target_id=pk) if can_manage else (),
    }
    return render(request, "training/session_detail.html", context)


def _invited(session):
    count = session.invitations.count()
    return people_in_words(count, unit=Unit.PEOPLE) if count else ""


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def session_record(request, pk):
    course = get_object_or_404(Course, pk=pk)
    form = SessionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            session = actions.record_session(course=course, **form.cleaned_data, by=request.user)
        except WrongState as error:
            form.add_error("held_on", str(error))
        else:
            messages.success(request, "The session is in the programme.")
            return redirect("training:session-detail", pk=session.pk)
    return render(request, "training/session_record.html", {"course": course, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def session_change(request, pk):
    session = get_object_or_404(Session.objects.select_related("course"), pk=pk)
    form = SessionForm(request.POST if request.method == "POST" else None, session=session)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        try:
            actions.change_session(session=session, **fields, by=request.user)
        except WrongState as error:
            form.add_error("held_on", str(error))
        except StaleSave as error:
            form.add_error(None, f"{error} {STILL_HERE}")
        else:
            messages.success(request, "The session is changed.")
            return redirect("training:session-detail", pk=pk)
    return render(request, "training/session_change.html", {"session": session, "form": form})
