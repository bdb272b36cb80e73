"""Evidence files of an answer: sent, listed, downloaded, removed."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say
from partnership.evidence_forms import EvidenceForm
from partnership.permissions import requires
from partnership.views import evidence as files
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
    then = ("reviews:answer-evidence", pk, standard.pk)
    return files.send(request, form, actions.add_answer_evidence, then=then, assessment=assessment, standard=standard)


@require_POST
@requires(Permission.ASSESSMENT_WRITE)
def answer_evidence_withdraw(request, pk):
    link = _link(SelfAssessment.objects.writable_by(request.user), pk)
    said = f"{link.evidence.name} is removed."
    return do_and_say(request, said, actions.withdraw_answer_evidence, then=_to_list(link), link=link)


@require_safe
@requires(Permission.REPORT_READ)
def answer_evidence_download(request, pk):
    link = _link(SelfAssessment.objects.visible_to(request.user), pk)
    return files.download(request, link.evidence, then=_to_list(link))


def _link(assessments, pk):
    links = AnswerEvidence.objects.filter(answer__assessment__in=assessments)
    return get_object_or_404(links.select_related("evidence", "answer__assessment"), pk=pk)


def _to_list(link):
    return "reviews:answer-evidence", link.answer.assessment_id, link.answer.standard_id
