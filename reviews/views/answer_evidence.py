"""Evidence files of an answer: sent, listed, downloaded, removed."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership.choices import Permission
from partnership.evidence import note_download
from partnership.evidence_forms import EvidenceForm
from partnership.permissions import requires
from partnership.states import WrongState
from partnership.tasks import ring
from reviews import actions
from reviews.models import AnswerEvidence, SelfAssessment


@require_safe
@requires(Permission.REPORT_READ)
def answer_evidence(request, pk, standard):
    assessment = get_object_or_404(SelfAssessment.objects.visible_to(request.user).with_names(), pk=pk)
    return _page(request, assessment, get_object_or_404(assessment.round.standards, pk=standard), EvidenceForm())


def _page(request, assessment, standard, form):
    is_theirs = assessment.agency_id in request.user.agency_ids_where(Permission.ASSESSMENT_WRITE)
    context = {
        "assessment": assessment,
        "standard": standard,
        "links": AnswerEvidence.objects.filter(answer__assessment=assessment, answer__standard=standard).shown(),
        "can_change": is_theirs and assessment.is_open,
        "form": form,
    }
    return render(request, "reviews/answer_evidence.html", context)


@require_POST
@requires(Permission.ASSESSMENT_WRITE)
def answer_evidence_add(request, pk, standard):
    assessment = get_object_or_404(SelfAssessment.objects.writable_by(request.user).with_names(), pk=pk)
    standard = get_object_or_404(assessment.round.standards, pk=standard)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, assessment, standard, form)
    fields = {**form.cleaned_data, "remark": " ".join(form.kept)}
    try:
        added = actions.add_answer_evidence(assessment=assessment, standard=standard, **fields, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        for evidence in added:
            ring(evidence)
        said = "The file is" if len(added) == 1 else f"The {len(added)} files are"
        messages.success(request, f"{said} sent. The portal checks them now; you need not wait for it.")
    return redirect("reviews:answer-evidence", pk=pk, standard=standard.pk)


@require_POST
@requires(Permission.ASSESSMENT_WRITE)
def answer_evidence_withdraw(request, pk):
    link = _link(SelfAssessment.objects.writable_by(request.user), pk)
    try:
        actions.withdraw_answer_evidence(link=link, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{link.evidence.name} is removed.")
    return _to_list(link)


@require_safe
@requires(Permission.REPORT_READ)
def answer_evidence_download(request, pk):
    link = _link(SelfAssessment.objects.visible_to(request.user), pk)
    evidence = link.evidence
    if not evidence.is_clean:
        messages.info(request, f"{evidence.name} cannot be downloaded: {evidence.get_status_display().lower()}.")
        return _to_list(link)
    if request.method == "GET" and evidence.agency_id not in request.user.agency_ids:
        note_download(evidence=evidence, by=request.user)
    return FileResponse(
        evidence.file.open(),
        as_attachment=True,
        filename=evidence.download_name,
        content_type=evidence.content_type,
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"},
    )


def _link(assessments, pk):
    links = AnswerEvidence.objects.filter(answer__assessment__in=assessments)
    return get_object_or_404(links.select_related("evidence", "answer__assessment"), pk=pk)


def _to_list(link):
    return redirect("reviews:answer-evidence", pk=link.answer.assessment_id, standard=link.answer.standard_id)
