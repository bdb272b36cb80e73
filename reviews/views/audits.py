"""Rounds of audits: prepared and opened by the board team, read by all, their results by the board team and chair."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, posted
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from reviews import actions
from reviews.audit_results import results_of
from reviews.choices import AssessmentStatus
from reviews.forms.audits import AuditForm, AuditOpenForm, AuditPrepareForm, StandardForm
from reviews.models import AuditRound, SelfAssessment, Standard

RESULT_HEADINGS = (
    "Agency",
    "Standard",
    "Grade by the agency",
    "Grade after challenge",
    "Reason for the agreed grade",
    "Grade that counts",
)


@require_safe
@requires(Permission.REPORT_READ)
def audit_list(request):
    return render(request, "reviews/audit_list.html", {"rounds": _rounds(request)})


@require_safe
@requires(Permission.REPORT_READ)
def audit_export(request, kind):
    rows = (
        [
            each.title,
            each.get_kind_display(),
            str(each.period),
            each.opens_on,
            each.due_on,
            each.asked,
            each.signed_off,
        ]
        for each in _rounds(request)
    )
    headings = ("Round", "Kind", "Period", "Opens on", "Due on", "Agencies asked", "Agencies signed off")
    return table_response(kind, title="Audits", headings=headings, rows=rows)


@require_safe
@requires(Permission.REPORT_READ)
def audit_detail(request, pk):
    audit_round = get_object_or_404(_rounds(request), pk=pk)
    is_manager = request.user.may(Permission.AUDIT_MANAGE)
    assessments = SelfAssessment.objects.known_to(request.user).filter(round=audit_round).with_names()
    context = {
        "round": audit_round,
        "grades": audit_round.grades.all(),
        "standards": audit_round.standards.prefetch_related("descriptors__grade"),
        "assessments": assessments.annotate(answered=Count("answers", filter=Q(answers__grade__isnull=False))).order_by(
            "agency__name"
        ),
        "can_change_standards": is_manager and not actions.is_answered(audit_round),
        "events": AuditEvent.objects.filter(target_model="reviews.auditround", target_id=pk) if is_manager else (),
    }
    return render(request, "reviews/audit_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def audit_prepare(request):
    form = AuditPrepareForm(posted(request))
    if request.method == "POST" and form.is_valid():
        audit_round = actions.prepare_audit(**form.cleaned_data, by=request.user)
        messages.success(request, f"{audit_round} is prepared. Check its standards, then open it.")
        return redirect("reviews:audit-detail", pk=audit_round.pk)
    return render(request, "reviews/audit_prepare.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def audit_change(request, pk):
    audit_round = get_object_or_404(AuditRound, pk=pk)
    form = AuditForm(posted(request), audit_round=audit_round)
    if request.method == "POST" and form.is_valid():
        said = "The round is changed."
        if is_done(request, form, said, actions.change_audit, audit_round=audit_round, **form.cleaned_data):
            return redirect("reviews:audit-detail", pk=pk)
    return render(request, "reviews/audit_change.html", {"round": audit_round, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def audit_open(request, pk):
    audit_round = get_object_or_404(AuditRound, pk=pk)
    form = AuditOpenForm(posted(request), audit_round=audit_round)
    if request.method == "POST" and form.is_valid():
        said = f"{audit_round} is open for the agencies you chose."
        if is_done(request, form, said, actions.open_audit, audit_round=audit_round, **form.cleaned_data):
            return redirect("reviews:audit-detail", pk=pk)
    return render(request, "reviews/audit_open.html", {"round": audit_round, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def standard_add(request, pk):
    audit_round = get_object_or_404(AuditRound, pk=pk)
    form = StandardForm(posted(request), audit_round=audit_round)
    if request.method == "POST" and form.is_valid():
        said = "The standard is added."
        if is_done(request, form, said, actions.add_standard, audit_round=audit_round, **form.written):
            return redirect("reviews:audit-detail", pk=pk)
    return render(request, "reviews/standard_add.html", {"round": audit_round, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def standard_change(request, pk):
    standard = get_object_or_404(Standard.objects.select_related("round"), pk=pk)
    form = StandardForm(posted(request), audit_round=standard.round, standard=standard)
    if request.method == "POST" and form.is_valid():
        said = "The standard is changed."
        if is_done(request, form, said, actions.change_standard, standard=standard, **form.written):
            return redirect("reviews:audit-detail", pk=standard.round_id)
    return render(request, "reviews/standard_change.html", {"standard": standard, "form": form})


@require_POST
@requires(Permission.AUDIT_MANAGE)
def standard_remove(request, pk):
    standard = get_object_or_404(Standard.objects.select_related("round"), pk=pk)
    then = ("reviews:audit-detail", standard.round_id)
    return do_and_say(request, f"{standard} is removed.", actions.remove_standard, then=then, standard=standard)


@require_safe
@requires(Permission.ASSESSMENT_READ_ALL)
def audit_results(request, pk):
    audit_round = get_object_or_404(_visible(request).select_related("follows", "period"), pk=pk)
    return render(request, "reviews/audit_results.html", {"round": audit_round, "results": results_of(audit_round)})


@require_safe
@requires(Permission.ASSESSMENT_READ_ALL)
def audit_results_export(request, pk, kind):
    """A line for each agency and standard."""
    audit_round = get_object_or_404(_visible(request), pk=pk)
    return table_response(
        kind,
        title=f"Results {audit_round.title}",
        headings=RESULT_HEADINGS,
        rows=(
            [
                row.agency.name,
                str(cell.standard),
                cell.own_in_words,
                cell.final_in_words if cell.is_agreed else "",
                cell.answer.agreed_reason if cell.answer else "",
                cell.final_in_words,
            ]
            for row in results_of(audit_round).agencies
            for cell in row.cells
        ),
    )


def _visible(request):
    return AuditRound.objects.visible_to(request.user)


def _rounds(request):
    """With how many agencies were asked, and how many have signed off."""
    is_signed_off = Q(assessments__status=AssessmentStatus.SIGNED_OFF)
    return (
        _visible(request)
        .select_related("period", "follows")
        .annotate(asked=Count("assessments"), signed_off=Count("assessments", filter=is_signed_off))
        .order_by("-opens_on", "-pk")  # a count leaves out the model's own order
    )
