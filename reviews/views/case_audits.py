"""Multi-agency audits and what they found."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from priorities.choices import Unit
from priorities.wording import people_in_cell, people_in_words
from reviews import actions
from reviews.forms.case_audits import CaseAuditForm, FindingForm, FindingRecommendForm
from reviews.models import AuditFinding, CaseAudit


@require_safe
@requires(Permission.REPORT_READ)
def case_audit_list(request):
    rows = [{"audit": audit, "cases": _cases(audit)} for audit in _audits()]
    return render(request, "reviews/case_audit_list.html", {"rows": rows})


@require_safe
@requires(Permission.REPORT_READ)
def case_audit_export(request, kind):
    return table_response(
        kind,
        title="Multi-agency audits",
        headings=("Topic", "Month", "Cases audited", "Findings", "Good practice", "Themes"),
        rows=(
            [
                audit.topic,
                f"{audit.month:%B %Y}",
                people_in_cell(audit.cases, unit=Unit.CHILDREN),
                "; ".join(finding.text for finding in audit.findings.all()),
                audit.good_practice,
                "; ".join(theme.name for theme in audit.themes.all()),
            ]
            for audit in _audits()
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def case_audit_detail(request, pk):
    case_audit = get_object_or_404(_audits(), pk=pk)
    can_change = request.user.may(Permission.AUDIT_MANAGE)
    context = {
        "audit": case_audit,
        "cases": _cases(case_audit),
        "can_change": can_change,
        "events": AuditEvent.objects.filter(target_model="reviews.caseaudit", target_id=pk) if can_change else (),
    }
    return render(request, "reviews/case_audit_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def case_audit_record(request):
    form = CaseAuditForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "themes": [theme.name for theme in form.cleaned_data["themes"]]}
        case_audit = actions.record_case_audit(**data, kept=form.kept, by=request.user)
        messages.success(request, f"{case_audit} is recorded. Now add what was found.")
        return redirect("reviews:case-audit-detail", pk=case_audit.pk)
    return render(request, "reviews/case_audit_record.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def case_audit_change(request, pk):
    case_audit = get_object_or_404(CaseAudit, pk=pk)
    form = CaseAuditForm(posted(request), case_audit=case_audit)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The audit is changed.", actions.change_case_audit, case_audit=case_audit, **data):
            return redirect("reviews:case-audit-detail", pk=pk)
    return render(request, "pages/form.html", _form_page(case_audit, form, "Change the audit", "Save"))


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def finding_add(request, pk):
    case_audit = get_object_or_404(CaseAudit, pk=pk)
    form = FindingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The finding is added.", actions.add_finding, case_audit=case_audit, **data):
            return redirect("reviews:case-audit-detail", pk=pk)
    return render(request, "pages/form.html", _form_page(case_audit, form, "Add a finding", "Add"))


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def finding_change(request, pk):
    finding = get_object_or_404(AuditFinding.objects.select_related("audit"), pk=pk)
    form = FindingForm(posted(request), initial={"text": finding.text})
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The finding is changed.", actions.change_finding, finding=finding, **data):
            return redirect("reviews:case-audit-detail", pk=finding.audit_id)
    return render(request, "pages/form.html", _form_page(finding.audit, form, "Change the finding", "Save"))


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def finding_recommend(request, pk):
    finding = get_object_or_404(AuditFinding.objects.select_related("audit"), pk=pk)
    form = FindingRecommendForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kept": form.kept}
        said = "The recommendation is made. It stands in the tracker."
        if is_done(request, form, said, actions.recommend_from_finding, finding=finding, **data):
            return redirect("reviews:case-audit-detail", pk=finding.audit_id)
    return render(request, "reviews/finding_recommend.html", {"audit": finding.audit, "finding": finding, "form": form})


def _form_page(case_audit, form, heading, button):
    return {
        "form": form,
        "heading": heading,
        "caption": case_audit,
        "button": button,
        "back_url": reverse("reviews:case-audit-detail", args=[case_audit.pk]),
        "back_text": case_audit,
    }


def _audits():
    return CaseAudit.objects.prefetch_related("findings__recommendations__agency", "themes")


def _cases(case_audit):
    """A case is a child or a family, so a few of them are not told."""
    return people_in_words(case_audit.cases, unit=Unit.CHILDREN)
