"""The home page, what there is to do for the person who signed in; and what is no app's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.interrupted import KEPT, keep_typed, wants_json
from priorities.models import AgreedAction, QuarterlyUpdate
from priorities.progress import tally
from reports.models import AnnualReport, Comment, Section, Signature
from reviews.models import Challenge, SelfAssessment


@require_safe
def home(request):
    user = request.user
    updates = QuarterlyUpdate.objects.with_names()
    visible = updates.visible_to(user)
    context = {
        "to_write": updates.writable_by(user).awaiting_partner(),
        "to_assess": SelfAssessment.objects.writable_by(user).awaiting_agency().with_names(),
        "to_respond": Challenge.objects.awaiting_response_by(user).with_names(),
        "to_challenge": SelfAssessment.objects.awaiting_peer(user).with_names(),
        "to_decide": visible.awaiting_board() if user.may(Permission.UPDATE_DECIDE) else updates.none(),
        "sections_to_write": Section.objects.awaiting(user),
        "sections_to_decide": Section.objects.awaiting_board() if user.may(Permission.SECTION_APPROVE) else (),
        "to_sign": Signature.objects.awaiting(user),
        "voided": Signature.objects.voided_for(user),
        "comments": Comment.objects.waiting_for(user),
        "decided": visible.accepted().filter(agency__in=user.agency_ids),
        "own_actions": _own_actions(user),
        "reports": AnnualReport.objects.visible_to(user).select_related("period"),
        "can_publish": user.may(Permission.PUBLICATION_MAKE),
    }
    return render(request, "home.html", context)


def _own_actions(user):
    """How the agreed actions of the user's agency stand."""
    own = AgreedAction.objects.filter(owner__in=user.agency_ids_where(Permission.ACTION_RATE))
    return tally(own.open().prefetch_related("date_changes"))


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "pages/accessibility.html")


@require_safe
@login_not_required
def session_state(request):
    """Who is signed in now: asked by a page that was left open, which then goes on with the new session's token."""
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"signed_in": False})
    return JsonResponse({"signed_in": True, "person": user.pk, "name": user.name, "csrf": get_token(request)})


@require_safe
def signed_in(request):
    """Where signing in ends for somebody who did so beside a page that they write in."""
    return render(request, "pages/signed_in.html")


@login_not_required
def open_for_too_long(request, reason=""):
    """A form from before the last sign-in: what was typed in a long one comes back in it, to be sent again."""
    if wants_json(request):
        if not request.user.is_authenticated:
            return JsonResponse({"status": "signed-out"}, status=401)
        return JsonResponse({"status": "wrong-token"}, status=403)
    if keep_typed(request):
        if not request.user.is_authenticated:
            messages.info(request, KEPT)
        return redirect(request.path)
    return csrf_failure(request, reason, template_name="403_csrf.html")
