from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from priorities.choices import Unit
from priorities.wording import in_words
from training import actions
from training.evaluation import evaluation_story
from training.forms.courses import CourseForm
from training.models import Course, Session
from training.queries import attended_told, course_story, programme, with_counts
from training.rates import COST_PER_ATTENDANCE, DEFINITIONS


@require_safe
@requires(Permission.REPORT_READ)
def course_list(request):
    """The programme: courses with how they were taken up and when they are held next."""
    courses = programme(timezone.localdate())
    context = {
        "courses": [course for course in courses if course.is_offered],
        "ended": [course for course in courses if not course.is_offered],
    }
    return render(request, "training/course_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def course_export(request, kind):
    return table_response(
        kind,
        title="Courses",
        headings=("Course", "Code", "Kind", "How", "Priority", "Offered", "Sessions held", "Next session"),
        rows=(
            [
                course.title,
                course.code,
                course.get_kind_display(),
                course.get_mode_display(),
                course.priority.title if course.priority else "",
                "Yes" if course.is_offered else "No",
                course.held,
                course.next_on,
            ]
            for course in programme(timezone.localdate())
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def course_detail(request, pk):
    """A course's story over the years, and its sessions."""
    course = _course(pk)
    everything = list(with_counts(Session.objects.all()).reverse())
    told = attended_told(everything)
    sessions = [session for session in everything if session.course_id == pk]
    today = timezone.localdate()
    context = {
        "course": course,
        "outcomes": [line for line in course.learning_outcomes.splitlines() if line.strip()],
        "story": course_story(course),
        "planned": [session for session in reversed(sessions) if session.held_on >= today and not session.lines],
        "held": [
            {"session": session, "attended": in_words(told[session.pk], unit=Unit.ATTENDANCES)}
            for session in sessions
            if session.held_on < today or session.lines
        ],
        "definitions": DEFINITIONS,
        "cost_definition": COST_PER_ATTENDANCE,
        "caveats": dict.fromkeys(session.caveat for session in sessions if session.caveat),
        "evaluation": evaluation_story(course, today),
        "evaluation_form": getattr(course, "evaluation_form", None),
        "events": AuditEvent.objects.filter(target_model="training.course", target_id=pk)
        if request.user.may(Permission.TRAINING_MANAGE)
        else (),
    }
    return render(request, "training/course_detail.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def story_export(request, pk, kind):
    """A course's years, a line for each."""
    course = _course(pk)
    return table_response(
        kind,
        title=f"{course.title} over the years",
        headings=(
            "Year",
            "Sessions",
            "Attendances",
            "People",
            "Booked",
            "Late cancellations",
            "No-shows",
            "Came without a booking",
            *DEFINITIONS,
            "Cost per attendance",
        ),
        rows=(
            [
                year.period.label,
                year.sessions,
                *(year.told["attended"], year.people, year.told["booked"], year.told["late_cancelled"]),
                *(year.told["no_show"], year.told["unscheduled"]),
                *(rate.text for rate in year.rates),
                year.cost,
            ]
            for year in course_story(course)
        ),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def course_add(request):
    form = CourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        course = actions.add_course(**form.cleaned_data, by=request.user)
        messages.success(request, f"“{course}” is in the programme.")
        return redirect("training:course-detail", pk=course.pk)
    return render(request, "training/course_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def course_change(request, pk):
    course = _course(pk)
    form = CourseForm(request.POST if request.method == "POST" else None, course=course)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        if is_done(request, form, "The course is changed.", actions.change_course, course=course, **fields):
            return redirect("training:course-detail", pk=pk)
    return render(request, "training/course_change.html", {"course": course, "form": form})


def _course(pk):
    return get_object_or_404(Course.objects.select_related("priority", "evaluation_form"), pk=pk)
