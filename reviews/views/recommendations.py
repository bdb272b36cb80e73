"""Recommendations: the tracker, one recommendation, and what is done to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import posted, posted_on_top
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import StaleSave, WrongState
from reviews import actions
from reviews.choices import RecommendationStatus
from reviews.forms.recommendations import (
    ActionLinkForm,
    EmbeddedCheckForm,
    RecommendationChangeForm,
    RecommendationFilterForm,
    RecommendationForm,
    RecommendedActionForm,
    ReopeningForm,
    SignOffForm,
    WithdrawalForm,
)
from reviews.models import Recommendation
from reviews.tracker import recommendation_rows, standing

ON_A_PAGE = 50

HEADINGS = (
    "Number",
    "Recommendation",
    "Made by",
    "Where it stands",
    "Agency",
    "Made on",
    "Age in days",
    "Themes",
    "State",
    "What is due next",
    "Due on",
    "Actions",
    "Signed off on",
    "Signed off by",
    "What shows that it is done",
    "Last checked on",
    "What the check found",
)


@require_safe
@requires(Permission.REPORT_READ)
def recommendation_list(request):
    form, rows = _found(request)
    every = Recommendation.objects.visible_to(request.user).with_names()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "caption": f"{len(rows)} recommendation{'' if len(rows) == 1 else 's'}, what needs attention first",
        "standing": standing(recommendation_rows(every, user=request.user, today=timezone.localdate())),
    }
    return render(request, "reviews/recommendation_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def recommendation_export(request, kind):
    """The recommendations that the list shows, a line for each."""
    return table_response(
        kind, title="Recommendations", headings=HEADINGS, rows=(_line(row) for row in _found(request)[1])
    )


def _found(request):
    """The list's form, and the rows that it asks for, what needs attention first."""
    form = RecommendationFilterForm(request.GET, user=request.user)
    found = form.filtered(Recommendation.objects.visible_to(request.user)).with_names()
    return form, form.shown(recommendation_rows(found, user=request.user, today=timezone.localdate()))


def _line(row):
    recommendation, due, check = row.recommendation, row.due, row.latest_check
    said = (
        recommendation.text,
        "; ".join(theme.name for theme in recommendation.themes.all()),
        recommendation.evidence,
        check.finding if check else "",
    )
    text, themes, evidence, finding = said if row.is_readable else ("",) * len(said)
    return [
        recommendation.pk,
        text,
        recommendation.get_source_display(),
        recommendation.made_by,
        recommendation.agency.name,
        recommendation.made_on,
        (row.today - recommendation.made_on).days,
        themes,
        recommendation.get_status_display(),
        due[0] if due else "",
        due[1] if due else None,
        "; ".join(words for _, words in row.tally.ratings),
        recommendation.signed_off_on,
        recommendation.sign_off_body,
        evidence,
        check.checked_on if check else None,
        finding,
    ]


@require_safe
@requires(Permission.REPORT_READ)
def recommendation_detail(request, pk):
    recommendation = get_object_or_404(Recommendation.objects.visible_to(request.user).with_names(), pk=pk)
    [row] = recommendation_rows([recommendation], user=request.user, today=timezone.localdate())
    events = AuditEvent.objects.filter(target_model="reviews.recommendation", target_id=pk)
    context = {
        "recommendation": recommendation,
        "row": row,
        "checks": recommendation.checks.select_related("measure").order_by("-checked_on", "-pk"),
        "steps": recommendation.steps.order_by("-pk"),
        "can_manage": request.user.may(Permission.REVIEW_MANAGE)
        and recommendation.status != RecommendationStatus.WITHDRAWN,
        "events": events if request.user.may(Permission.REVIEW_READ_ALL) else (),
    }
    return render(request, "reviews/recommendation_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def recommendation_record(request):
    form = RecommendationForm(posted(request), initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        recommendation = actions.record_recommendation(**form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, f"{recommendation} is recorded. Agree below what will be done.")
        return redirect("reviews:recommendation-detail", pk=recommendation.pk)
    return render(request, "reviews/recommendation_record.html", {"form": form})


def _asked_for(request):
    """What the page that led here knows already: `?review=3` or `?inspection=5`."""
    source = next((name for name in ("review", "inspection") if request.GET.get(name)), "")
    return {"source": source, source: request.GET[source]} if source else {}


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def recommendation_change(request, pk):
    words = {"heading": "Change this recommendation", "button": "Save", "said": "The recommendation is changed."}
    return _verb(request, pk, RecommendationChangeForm, actions.change_recommendation, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def recommendation_sign_off(request, pk):
    words = {"heading": "Sign it off", "button": "Sign it off", "said": "Signed off. Its check is in the list."}
    return _verb(request, pk, SignOffForm, actions.sign_off_recommendation, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def recommendation_check(request, pk):
    words = {"heading": "Check that it lasts", "button": "Save the check", "said": "The check is saved."}
    return _verb(request, pk, EmbeddedCheckForm, actions.check_recommendation, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def recommendation_reopen(request, pk):
    words = {"heading": "Open it again", "button": "Open it again", "said": "The recommendation is open again."}
    return _verb(request, pk, ReopeningForm, actions.reopen_recommendation, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def recommendation_withdraw(request, pk):
    words = {"heading": "Withdraw it", "button": "Withdraw it", "said": "The recommendation is withdrawn."}
    return _verb(request, pk, WithdrawalForm, actions.withdraw_recommendation, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def action_agree(request, pk):
    words = {"heading": "Agree what will be done", "button": "Agree this action", "said": "The action is agreed."}
    return _verb(request, pk, RecommendedActionForm, actions.agree_recommended_action, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def action_link(request, pk):
    words = {"heading": "Link an agreed action", "button": "Link it", "said": "The action is linked."}
    return _verb(request, pk, ActionLinkForm, actions.link_action, **words)


CAN_BE_DONE = {
    actions.sign_off_recommendation: lambda recommendation: recommendation.is_open,
    actions.check_recommendation: lambda recommendation: recommendation.can_be_checked,
    actions.reopen_recommendation: lambda recommendation: recommendation.can_be_reopened,
    actions.withdraw_recommendation: lambda recommendation: recommendation.is_open,
    actions.agree_recommended_action: lambda recommendation: recommendation.is_open,
    actions.link_action: lambda recommendation: recommendation.is_open,
}


def _verb(request, pk, form_class, act, *, heading, button, said):
    """The page of a verb: done at once, or shown again with everything typed and what stands in the way."""
    found = Recommendation.objects.visible_to(request.user).in_force().with_names()
    recommendation = get_object_or_404(found, pk=pk)
    if request.method == "GET" and not CAN_BE_DONE.get(act, lambda recommendation: True)(recommendation):
        status = recommendation.get_status_display().lower()
        messages.info(request, f"This recommendation is {status}, so this cannot be done now.")
        return redirect("reviews:recommendation-detail", pk=pk)
    form = form_class(posted(request), recommendation=recommendation)
    answer = 200
    if request.method == "POST" and form.is_valid():
        kept = {"kept": form.kept} if hasattr(form, "kept") else {}
        try:
            act(recommendation=recommendation, **form.cleaned_data, **kept, by=request.user)
        except (StaleSave, WrongState) as error:
            form, answer = _refused(request, recommendation, form_class, error), 409
        else:
            messages.success(request, said)
            return redirect("reviews:recommendation-detail", pk=pk)
    context = {"recommendation": recommendation, "form": form, "heading": heading, "button": button}
    return render(request, "reviews/recommendation_verb.html", context, status=answer)


def _refused(request, recommendation, form_class, error):
    """The form with all that was typed, and why it is refused."""
    form = form_class(posted_on_top(request, recommendation), recommendation=recommendation)
    form.add_error(None, str(error))
    return form
