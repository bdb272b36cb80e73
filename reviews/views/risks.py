from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, made, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reviews import actions
from reviews.forms.logs import RiskChangeForm, RiskCloseForm, RiskFilterForm, RiskRecordForm, RiskReviewForm
from reviews.models import Risk
from reviews.models.logs import level_of
from reviews.views.changes import changes_of


@dataclass(frozen=True)
class RiskRow:
    """A risk as it stands on a day."""

    risk: Risk
    today: date

    @property
    def is_late(self):
        return self.risk.is_late(self.today)

    @property
    def is_above_target(self):
        return self.risk.current.score > self.risk.target_score

    @property
    def scores(self):
        """What was, what is and what is wanted, each with its words and its level."""
        risk = self.risk
        scores = (
            ("Initial", risk.initial_likelihood, risk.initial_impact),
            ("Current", risk.current.likelihood, risk.current.impact),
            ("Target", risk.target_likelihood, risk.target_impact),
        )
        return [
            {"label": label, "likelihood": likelihood, "impact": impact, "score": likelihood * impact}
            | {"level": level_of(likelihood * impact)}
            for label, likelihood, impact in scores
        ]


@require_safe
@requires(Permission.RISK_READ)
def risk_list(request):
    form = RiskFilterForm(request.GET)
    rows = _rows(request, form)
    context = {"filter_form": form, "rows": rows, "late_count": sum(row.is_late for row in rows)}
    return render(request, "reviews/risk_list.html", context)


@require_safe
@requires(Permission.RISK_READ)
def risk_export(request, kind):
    return table_response(
        kind,
        title="Risk log",
        headings=(
            "Code",
            "Risk",
            "Category",
            "Owner",
            "Post",
            "Causes",
            "Consequences",
            "What is done about it",
            "How far that works",
            "What we chose to do",
            "Initial score",
            "Current score",
            "Target score",
            "Level",
            "Last reviewed on",
            "Next review due on",
            "Closed on",
            "Why it was closed",
        ),
        rows=(_line(row.risk) for row in _rows(request, RiskFilterForm(request.GET))),
    )


@require_safe
@requires(Permission.RISK_READ)
def risk_detail(request, pk):
    risk = get_object_or_404(_all(request.user), pk=pk)
    user = request.user
    context = {
        "risk": risk,
        "row": RiskRow(risk, timezone.localdate()),
        "history": reversed(risk.scores.all()),
        "events": changes_of(risk) if user.may(Permission.REVIEW_READ_ALL) else (),
        "can_change": user.may(Permission.REVIEW_MANAGE) and not risk.withdrawn_at,
    }
    return render(request, "reviews/risk_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def risk_record(request):
    form = RiskRecordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {**form.recorded, "kept": form.kept}
        if record := made(request, form, "The risk is on the log.", actions.record_risk, **fields):
            return redirect("reviews:risk-detail", pk=record.pk)
    context = {
        "form": form,
        "heading": "Put a risk on the log",
        "button": "Record this risk",
        "back_url": reverse("reviews:risk-list"),
        "back_text": "Risk log",
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def risk_change(request, pk):
    risk = _open(request, pk)
    form = RiskChangeForm(posted(request), risk=risk)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        fields = {"risk": risk, "version": version, "fields": form.changed, "kept": form.kept}
        if is_done(request, form, "The risk is changed.", actions.change_risk, **fields):
            return redirect("reviews:risk-detail", pk=pk)
    return render(request, "pages/form.html", _page(risk, form, "Change the risk", "Save"))


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def risk_review(request, pk):
    risk = _open(request, pk)
    form = RiskReviewForm(posted(request), risk=risk)
    if request.method == "POST" and form.is_valid():
        fields = {"risk": risk, **form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The risk is reviewed.", actions.review_risk, **fields):
            return redirect("reviews:risk-detail", pk=pk)
    return render(request, "pages/form.html", _page(risk, form, "Review the risk", "Keep this review"))


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def risk_close(request, pk):
    risk = _open(request, pk)
    form = RiskCloseForm(posted(request), initial={"version": risk.version})
    if request.method == "POST" and form.is_valid():
        fields = {"risk": risk, **form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The risk is closed.", actions.close_risk, **fields):
            return redirect("reviews:risk-detail", pk=pk)
    return render(request, "pages/form.html", _page(risk, form, "Close the risk", "Close this risk"))


@require_POST
@requires(Permission.REVIEW_MANAGE)
def risk_reopen(request, pk):
    risk = get_object_or_404(_all(request.user).in_force(), pk=pk)
    then = ("reviews:risk-detail", pk)
    return do_and_say(request, "The risk is open again.", actions.reopen_risk, then=then, risk=risk)


def _all(user):
    return Risk.objects.visible_to(user).select_related("owner").prefetch_related("scores")


def _open(request, pk):
    return get_object_or_404(_all(request.user).in_force(), pk=pk)


def _page(risk, form, heading, button):
    return {
        "form": form,
        "heading": heading,
        "caption": risk,
        "button": button,
        "back_url": reverse("reviews:risk-detail", args=[risk.pk]),
        "back_text": f"Risk {risk.code}",
    }


def _rows(request, form):
    """The risks that the filter leaves, the worst first."""
    chosen = form.cleaned_data if form.is_valid() else {}
    show = chosen.get("show")
    risks = _all(request.user).in_force().filter(closed_on__isnull=show != "closed")
    if chosen.get("category"):
        risks = risks.filter(category=chosen["category"])
    rows = [RiskRow(risk, timezone.localdate()) for risk in risks]
    wanted = {"late": lambda row: row.is_late, "above": lambda row: row.is_above_target}.get(show)
    return sorted(
        (row for row in rows if wanted is None or wanted(row)),
        key=lambda row: (-row.risk.current.score, row.risk.code),
    )


def _line(risk):
    current = risk.current
    return [
        risk.code,
        risk.title,
        risk.get_category_display(),
        risk.owner.name,
        risk.owner_post,
        risk.causes,
        risk.consequences,
        risk.controls,
        risk.get_controls_work_display(),
        risk.get_treatment_display(),
        risk.initial_score,
        current.score,
        risk.target_score,
        current.level.label,
        current.on,
        risk.review_due_on,
        risk.closed_on,
        risk.closed_reason,
    ]
