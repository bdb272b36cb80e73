from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done, made, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reviews import actions
from reviews.choices import ChallengeState
from reviews.forms.logs import PartnerChallengeFilterForm, PartnerChallengeForm
from reviews.models import PartnerChallenge
from reviews.views.changes import changes_of

IN_STATE = {
    ChallengeState.OPEN: Q(closed_on=None, responded_on=None),
    ChallengeState.ANSWERED: Q(closed_on=None, responded_on__isnull=False),
    ChallengeState.CLOSED: Q(closed_on__isnull=False),
}


@require_safe
@requires(Permission.REPORT_READ)
def partner_challenge_list(request):
    form = PartnerChallengeFilterForm(request.GET)
    context = {"filter_form": form, "challenges": _chosen(request, form)}
    return render(request, "reviews/partner_challenge_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def partner_challenge_export(request, kind):
    return table_response(
        kind,
        title="Challenge log",
        headings=(
            "About",
            "Raised by",
            "Post",
            "Raised to",
            "Raised on",
            "State",
            "What was asked",
            "Response",
            "Responded on",
            "Outcome",
            "Closed on",
            "What changed",
        ),
        rows=(_row(challenge) for challenge in _chosen(request, PartnerChallengeFilterForm(request.GET))),
    )


@require_safe
@requires(Permission.REPORT_READ)
def partner_challenge_detail(request, pk):
    challenge = get_object_or_404(_all(request.user), pk=pk)
    context = {
        "challenge": challenge,
        "events": changes_of(challenge) if request.user.may(Permission.REVIEW_READ_ALL) else (),
        "can_change": request.user.may(Permission.REVIEW_MANAGE) and not challenge.withdrawn_at,
    }
    return render(request, "reviews/partner_challenge_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def partner_challenge_record(request):
    form = PartnerChallengeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {**form.recorded, "kept": form.kept}
        if record := made(request, form, "The challenge is recorded.", actions.record_partner_challenge, **fields):
            return redirect("reviews:partner-challenge-detail", pk=record.pk)
    context = {
        "form": form,
        "heading": "Record a challenge",
        "button": "Record this challenge",
        "back_url": reverse("reviews:partner-challenge-list"),
        "back_text": "Challenge log",
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def partner_challenge_change(request, pk):
    challenge = get_object_or_404(_all(request.user).in_force(), pk=pk)
    form = PartnerChallengeForm(posted(request), challenge=challenge)
    if request.method == "POST" and form.is_valid():
        fields = {
            "challenge": challenge,
            "version": form.cleaned_data["version"],
            "fields": form.recorded,
            "kept": form.kept,
        }
        if is_done(request, form, "The challenge is changed.", actions.change_partner_challenge, **fields):
            return redirect("reviews:partner-challenge-detail", pk=pk)
    context = {
        "form": form,
        "heading": "What came of it",
        "caption": challenge,
        "button": "Save",
        "back_url": reverse("reviews:partner-challenge-detail", args=[pk]),
        "back_text": "Back to the challenge",
    }
    return render(request, "pages/form.html", context)


def _all(user):
    return PartnerChallenge.objects.visible_to(user).select_related("raised_by", "raised_to")


def _chosen(request, form):
    """The challenges that the filter leaves."""
    chosen = form.cleaned_data if form.is_valid() else {}
    challenges = _all(request.user).in_force()
    if agency := chosen.get("agency"):
        challenges = challenges.filter(Q(raised_by=agency) | Q(raised_to=agency))
    if state := chosen.get("state"):
        challenges = challenges.filter(IN_STATE[state])
    return challenges


def _row(challenge):
    return [
        challenge.title,
        challenge.raised_by.name,
        challenge.raised_by_post,
        challenge.raised_to.name,
        challenge.raised_on,
        challenge.state.label,
        challenge.text,
        challenge.response,
        challenge.responded_on,
        challenge.outcome,
        challenge.closed_on,
        challenge.changed,
    ]
