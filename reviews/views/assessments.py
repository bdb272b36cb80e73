"""Self-assessments: an agency answers standard by standard and signs off; whoever may, reads it."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import StaleSave, WrongState
from reviews import actions
from reviews.answers import answer_rows
from reviews.forms.assessments import AnswerForm, AssessmentReopenForm, SignOffForm, SurveyForm
from reviews.models import SelfAssessment, StandardAnswer

HEADINGS = (
    "Standard",
    "Grade by the agency",
    "Why",
    "Grade after challenge",
    "Reason for the agreed grade",
    "Files",
    "Staff survey",
    "Actions",
)


@require_safe
@requires(Permission.REPORT_READ)
def assessment_detail(request, pk):
    """What the agency says; to the board team, until it is signed off, only how far it is."""
    user = request.user
    assessment = get_object_or_404(SelfAssessment.objects.known_to(user).with_names(), pk=pk)
    if not SelfAssessment.objects.visible_to(user).filter(pk=pk).exists():
        return render(request, "reviews/assessment_awaited.html", {"assessment": assessment})
    rows = answer_rows(assessment)
    is_theirs = assessment.agency_id in user.agency_ids_where(Permission.ASSESSMENT_WRITE)
    is_manager = user.may(Permission.AUDIT_MANAGE)
    context = {
        "assessment": assessment,
        "round": assessment.round,
        "rows": rows,
        "missing": actions.missing_answers(assessment) if assessment.is_open else [],
        "is_theirs": is_theirs,
        "can_write": is_theirs and assessment.is_open,
        "can_carry_forward": is_theirs and assessment.is_open and _has_more_before(assessment, rows),
        "can_reopen": (is_theirs or is_manager) and not assessment.is_open,
        "can_challenge": not assessment.is_open and _challengeable(user).filter(pk=pk).exists(),
        "can_settle": is_manager and not assessment.is_open,
        "can_agree_actions": is_theirs or is_manager,
        "events": AuditEvent.objects.filter(target_model="reviews.selfassessment", target_id=pk)
        if is_theirs or is_manager
        else (),
    }
    return render(request, "reviews/assessment_detail.html", context)


def _challengeable(user):
    return SelfAssessment.objects.challengeable_by(user)


def _has_more_before(assessment, rows):
    """Whether the round before has an answer to a standard that has none yet."""
    unanswered = [row.standard.carried_from_id for row in rows if not row.has_answer and row.standard.carried_from_id]
    before = StandardAnswer.objects.filter(assessment__agency=assessment.agency_id, standard__in=unanswered)
    return bool(unanswered) and before.filled().exists()


@require_safe
@requires(Permission.REPORT_READ)
def assessment_export(request, pk, kind):
    """The answers in any state: the due date locks nothing, reading least of all."""
    assessment = _visible(request, pk)
    return table_response(
        kind,
        title=f"{assessment.round.title} {assessment.agency.short_name}",
        headings=HEADINGS,
        rows=(_line(row) for row in answer_rows(assessment)),
    )


def _line(row):
    answer = row.answer
    return [
        str(row.standard),
        answer.grade.name if answer and answer.grade else "",
        answer.narrative if answer else "",
        answer.agreed_grade.name if row.is_settled else "",
        answer.agreed_reason if answer else "",
        "; ".join(link.evidence.name for link in row.links),
        row.survey,
        "; ".join(str(action) for action in row.actions),
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESSMENT_WRITE)
def answer_edit(request, pk, standard):
    assessment = _writable(request, pk)
    standard = get_object_or_404(assessment.round.standards.prefetch_related("descriptors"), pk=standard)
    if not assessment.is_open and request.method == "GET":
        messages.info(request, "This assessment is signed off. Reopen it to change its answers.")
        return redirect("reviews:assessment-detail", pk=pk)
    answer = _answer(assessment, standard)
    form = _answer_form(posted(request), answer, standard)
    if request.method == "POST" and form.is_valid():
        return _save(request, form, answer, standard)
    return _show(request, form, answer, standard)


def _answer(assessment, standard):
    answers = assessment.answers.select_related(
        "grade", "carried_from__agreed_grade", "carried_from__assessment__round"
    )
    found = answers.filter(standard=standard).first()
    answer = found or StandardAnswer(standard=standard)
    answer.assessment = assessment
    return answer


def _answer_form(data, answer, standard):
    grades = answer.assessment.round.grades.all()
    return AnswerForm(data, answer=answer, grades=grades, descriptors=standard.descriptors.all())


def _save(request, form, answer, standard):
    """Keep the answer and go on; what somebody else saved meanwhile is shown above what was typed."""
    assessment = answer.assessment
    try:
        saved = actions.save_answer(assessment=assessment, standard=standard, **form.answered, by=request.user)
    except StaleSave:
        theirs = _answer(assessment, standard)
        typed = request.POST.copy()
        typed["version"] = theirs.version
        return _show(request, _answer_form(typed, theirs, standard), theirs, standard, theirs=theirs, status=409)
    except WrongState as error:
        form.add_error(None, f"{error} What you typed is still here.")
        return _show(request, form, answer, standard, status=409)
    act = request.POST.get("act")
    if saved.version > answer.version:
        messages.success(request, f"Standard {standard.code} is saved.")
    elif act != "files":
        messages.info(request, f"Nothing saved in standard {standard.code}: you left it empty.")
    if act == "files":
        return redirect("reviews:answer-evidence", pk=assessment.pk, standard=standard.pk)
    onward = _next(assessment, standard) if act == "next" else None
    if onward:
        return redirect("reviews:answer-edit", pk=assessment.pk, standard=onward.pk)
    return redirect("reviews:assessment-detail", pk=assessment.pk)


def _next(assessment, standard):
    """The standard after this one, in the round's order."""
    later = Q(position__gt=standard.position) | Q(position=standard.position, pk__gt=standard.pk)
    return assessment.round.standards.filter(later).first()


def _show(request, form, answer, standard, *, theirs=None, status=200):
    context = {
        "assessment": answer.assessment,
        "answer": answer,
        "standard": standard,
        "form": form,
        "theirs": theirs,
        "next_standard": _next(answer.assessment, standard),
        "form_has_errors": theirs is not None,
    }
    return render(request, "reviews/answer_edit.html", context, status=status)


@require_POST
@requires(Permission.ASSESSMENT_WRITE)
def assessment_carry_forward(request, pk):
    try:
        carried = actions.carry_forward_answers(assessment=_writable(request, pk), by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        said = "1 answer is" if len(carried) == 1 else f"{len(carried)} answers are"
        messages.success(request, f"{said} in the assessment again. Check each one: does it still hold?")
    return redirect("reviews:assessment-detail", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESSMENT_WRITE)
def assessment_sign_off(request, pk):
    assessment = _writable(request, pk)
    form = SignOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("name", "post")}
        said = "Your assessment is signed off. Thank you."
        if is_done(request, form, said, actions.sign_off_assessment, assessment=assessment, **fields):
            return redirect("reviews:assessment-detail", pk=pk)
    missing = actions.missing_answers(assessment)
    context = {"assessment": assessment, "form": form, "missing": missing}
    return render(request, "reviews/assessment_sign_off.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_READ)
def assessment_reopen(request, pk):
    """Its agency opens it again, or the board team."""
    assessment = _kept_by(request, pk)
    form = AssessmentReopenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = "The assessment is open again."
        if is_done(request, form, said, actions.reopen_assessment, assessment=assessment, **form.cleaned_data):
            return redirect("reviews:assessment-detail", pk=pk)
    return render(request, "reviews/assessment_reopen.html", {"assessment": assessment, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_READ)
def assessment_survey(request, pk):
    """The staff survey's counts, entered by the agency or the board team."""
    assessment = _kept_by(request, pk)
    form = SurveyForm(posted(request), assessment=assessment)
    if request.method == "POST" and form.is_valid():
        said = "The result of the staff survey is saved."
        if is_done(request, form, said, actions.record_survey, assessment=assessment, results=form.results):
            return redirect("reviews:assessment-detail", pk=pk)
    return render(request, "reviews/assessment_survey.html", {"assessment": assessment, "form": form})


def _visible(request, pk):
    return get_object_or_404(SelfAssessment.objects.visible_to(request.user).with_names(), pk=pk)


def _writable(request, pk):
    return get_object_or_404(SelfAssessment.objects.writable_by(request.user).with_names(), pk=pk)


def _kept_by(request, pk):
    return get_object_or_404(SelfAssessment.objects.kept_by(request.user).with_names(), pk=pk)
