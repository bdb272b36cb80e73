from itertools import zip_longest

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from priorities.choices import Unit
from reviews import actions
from reviews.forms.child_deaths import COUNTS, ChildDeathsChangeForm, ChildDeathsForm
from reviews.models import ChildDeathSummary
from reviews.shares import part_in_cell, part_in_words
from reviews.views.changes import changes_of

WHOLES = {"unexpected": "notified", "modifiable": "reviewed"}
"""What is told as a share of what."""


@require_safe
@requires(Permission.REPORT_READ)
def child_deaths_list(request):
    summaries = _summaries(request.user).in_force()
    rows = [{"summary": summary, "counts": _counts(summary)} for summary in summaries]
    areas = {}
    for row in rows:
        areas.setdefault(row["summary"].area, []).append(row)
    return render(request, "reviews/child_deaths_list.html", {"areas": list(areas.items()), "labels": _labels()})


@require_safe
@requires(Permission.REPORT_READ)
def child_deaths_export(request, kind):
    return table_response(
        kind,
        title="Child deaths",
        headings=("Period", "Area", *_labels(), "Most frequent modifiable factors"),
        rows=(_row(summary) for summary in _summaries(request.user).in_force()),
    )


@require_safe
@requires(Permission.REPORT_READ)
def child_deaths_detail(request, pk):
    summary = get_object_or_404(_summaries(request.user), pk=pk)
    earlier = (
        _summaries(request.user)
        .in_force()
        .filter(area=summary.area, period__kind=summary.period.kind, period__ends_on__lt=summary.period.starts_on)
    )
    before = earlier.first()
    now, then = _counts(summary), _counts(before) if before else []
    context = {
        "summary": summary,
        "before": before,
        "rows": [(each["label"], each["text"], old["text"] if old else "") for each, old in zip_longest(now, then)],
        "events": changes_of(summary) if request.user.may(Permission.REVIEW_READ_ALL) else (),
        "can_change": request.user.may(Permission.REVIEW_MANAGE) and not summary.withdrawn_at,
    }
    return render(request, "reviews/child_deaths_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def child_deaths_record(request):
    form = ChildDeathsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {
            **{name: data[name] for name in ("period", "area", "priorities")},
            **form.counts,
            "themes": form.themes_named,
            "kept": form.kept,
        }
        if is_done(request, form, "The counts are recorded.", actions.record_child_deaths, **fields):
            return redirect("reviews:child-deaths-list")
    context = {
        "form": form,
        "heading": "Record a year’s counts",
        "intro": "Counts only: no case is recorded here. Shares are worked out for you.",
        "button": "Record these counts",
        "back_url": reverse("reviews:child-deaths-list"),
        "back_text": "Child deaths",
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def child_deaths_change(request, pk):
    summary = get_object_or_404(_summaries(request.user).in_force(), pk=pk)
    form = ChildDeathsChangeForm(posted(request), summary=summary)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {
            **{name: data[name] for name in ("version", "priorities", "reason")},
            "summary": summary,
            "counts": form.counts,
            "themes": form.themes_named,
            "kept": form.kept,
        }
        if is_done(request, form, "The counts are changed.", actions.change_child_deaths, **fields):
            return redirect("reviews:child-deaths-detail", pk=pk)
    context = {
        "form": form,
        "heading": "Correct the counts",
        "caption": f"{summary.area}, {summary.period}",
        "button": "Save",
        "back_url": reverse("reviews:child-deaths-detail", args=[pk]),
        "back_text": f"Child deaths, {summary.period}",
    }
    return render(request, "pages/form.html", context)


def _summaries(user):
    summaries = ChildDeathSummary.objects.visible_to(user)
    return summaries.select_related("period", "area").prefetch_related("themes")


def _labels():
    return [ChildDeathSummary._meta.get_field(name).verbose_name.capitalize() for name in COUNTS]


def _counts(summary):
    """The summary's counts as they may be shown, each part with its share; empty where one is not known."""
    return [
        {
            "label": label,
            "text": part_in_words(
                getattr(summary, name),
                getattr(summary, WHOLES[name]) if name in WHOLES else None,
                unit=Unit.CHILDREN,
            ),
        }
        for label, name in zip(_labels(), COUNTS, strict=True)
    ]


def _row(summary):
    wholes = {name: getattr(summary, whole) for name, whole in WHOLES.items()}
    return [
        summary.period.label,
        summary.area.name,
        *(part_in_cell(getattr(summary, name), wholes.get(name), unit=Unit.CHILDREN) for name in COUNTS),
        "; ".join(theme.name for theme in summary.themes.all()),
    ]
