"""What follows from an answer: a peer's challenge, the agency's response, the agreed grade, an action for a gap."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.models import Agency
from partnership.permissions import requires
from reviews import actions
from reviews.forms.assessments import ChallengeForm, GapActionForm, PeerForm, ResponseForm, SettleForm
from reviews.models import Challenge, SelfAssessment, StandardAnswer


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def peer_choose(request, pk):
    assessment = get_object_or_404(SelfAssessment.objects.with_names(), pk=pk)
    form = PeerForm(posted(request), assessment=assessment)
    if request.method == "POST" and form.is_valid():
        said = "The choice is saved."
        if is_done(request, form, said, actions.choose_peer, assessment=assessment, **form.cleaned_data):
            return redirect("reviews:assessment-detail", pk=pk)
    return render(request, "reviews/peer_choose.html", {"assessment": assessment, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_READ)
def challenge_raise(request, pk):
    """By the peer that was chosen, or by the board team."""
    answer = _answer(SelfAssessment.objects.challengeable_by(request.user), pk)
    form = ChallengeForm(posted(request), **_graded(answer))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "agency": _challenger(request.user, answer.assessment), "kept": form.kept}
        said = "Your challenge is with the agency."
        if is_done(request, form, said, actions.raise_challenge, answer=answer, **data):
            return redirect("reviews:assessment-detail", pk=answer.assessment_id)
    return render(request, "reviews/challenge_raise.html", {"answer": answer, "form": form})


def _challenger(user, assessment):
    """The agency for which somebody challenges: the chosen peer's people for it, else their own on the board team."""
    if assessment.peer_id in user.agency_ids_where(Permission.ASSESSMENT_WRITE):
        return assessment.peer
    return Agency.objects.get(pk=user.agency_ids_where(Permission.AUDIT_MANAGE)[0])


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESSMENT_WRITE)
def challenge_respond(request, pk):
    theirs = SelfAssessment.objects.writable_by(request.user)
    found = Challenge.objects.filter(answer__assessment__in=theirs).select_related(
        "agency", "suggested_grade", "answer__standard", "answer__assessment__agency", "answer__assessment__round"
    )
    challenge = get_object_or_404(found, pk=pk)
    form = ResponseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kept": form.kept}
        said = "Your response is sent."
        if is_done(request, form, said, actions.respond_to_challenge, challenge=challenge, **data):
            return redirect("reviews:assessment-detail", pk=challenge.answer.assessment_id)
    return render(request, "reviews/challenge_respond.html", {"challenge": challenge, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.AUDIT_MANAGE)
def grade_settle(request, pk):
    answer = _answer(SelfAssessment.objects.visible_to(request.user), pk)
    form = SettleForm(posted(request), **_graded(answer))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The agreed grade is saved.", actions.settle_grade, answer=answer, **data):
            return redirect("reviews:assessment-detail", pk=answer.assessment_id)
    challenges = answer.challenges.select_related("agency", "suggested_grade")
    return render(request, "reviews/grade_settle.html", {"answer": answer, "form": form, "challenges": challenges})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_READ)
def gap_action_agree(request, pk):
    """By the agency whose gap it is, or by the board team once it reads it."""
    answer = _answer(SelfAssessment.objects.visible_to(request.user).kept_by(request.user), pk)
    in_half_a_year = timezone.localdate() + timedelta(days=182)
    form = GapActionForm(posted(request), initial={"due_on": in_half_a_year})
    if request.method == "POST" and form.is_valid():
        said = "The action is agreed. It stands among the agreed actions of the plan."
        if is_done(request, form, said, actions.agree_gap_action, answer=answer, **form.cleaned_data):
            return redirect("reviews:assessment-detail", pk=answer.assessment_id)
    return render(request, "reviews/gap_action_agree.html", {"answer": answer, "form": form})


def _answer(assessments, pk):
    found = StandardAnswer.objects.filter(assessment__in=assessments).select_related(
        "standard", "grade", "agreed_grade", "assessment__round", "assessment__agency", "assessment__peer"
    )
    return get_object_or_404(found, pk=pk)


def _graded(answer):
    return {
        "grades": answer.assessment.round.grades.all(),
        "descriptors": answer.standard.descriptors.all(),
    }
