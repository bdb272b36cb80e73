from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done, made, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reviews import actions
from reviews.chains import chain_with, chains_of
from reviews.forms.inspections import InspectionFilterForm, InspectionForm
from reviews.models import Inspection, Recommendation
from reviews.views.changes import changes_of


@require_safe
@requires(Permission.REPORT_READ)
def inspection_list(request):
    form = InspectionFilterForm(request.GET)
    chains = chains_of(_inspections(request, form))
    return render(request, "reviews/inspection_list.html", {"filter_form": form, "chains": chains})


@require_safe
@requires(Permission.REPORT_READ)
def inspection_export(request, kind):
    return table_response(
        kind,
        title="Inspections",
        headings=(
            "Subject",
            "Inspectorate",
            "Agency",
            "Began",
            "Ended on",
            "Report published on",
            "Follows on from",
            "Judgement",
            "What was found",
            "Recommendations made",
            "Recommendations signed off",
            "Themes",
            "Report",
        ),
        rows=(
            [
                inspection.subject,
                inspection.body,
                inspection.agency.name,
                inspection.began if inspection.is_month_only else inspection.started_on,
                inspection.ended_on,
                inspection.published_on,
                inspection.follows_on.subject if inspection.follows_on else "",
                inspection.judgement,
                inspection.outcome,
                inspection.made,
                inspection.signed_off,
                "; ".join(theme.name for theme in inspection.themes.all()),
                inspection.link,
            ]
            for chain in chains_of(_inspections(request, InspectionFilterForm(request.GET)).prefetch_related("themes"))
            for inspection in chain
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def inspection_detail(request, pk):
    inspection = get_object_or_404(_known(request.user), pk=pk)
    user = request.user
    context = {
        "inspection": inspection,
        "chain": chain_with(inspection, _known(user).in_force()),
        "recommendations": Recommendation.objects.readable_by(user).in_force().filter(inspection=inspection),
        "events": changes_of(inspection) if user.may(Permission.REVIEW_READ_ALL) else (),
        "can_change": user.may(Permission.REVIEW_MANAGE) and not inspection.withdrawn_at,
    }
    return render(request, "reviews/inspection_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def inspection_record(request):
    form = InspectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {**form.recorded, "themes": form.themes_named, "kept": form.kept}
        if record := made(request, form, "The inspection is recorded.", actions.record_inspection, **fields):
            return redirect("reviews:inspection-detail", pk=record.pk)
    context = {
        "form": form,
        "heading": "Record an inspection",
        "button": "Record this inspection",
        "back_url": reverse("reviews:inspection-list"),
        "back_text": "All inspections",
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def inspection_change(request, pk):
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user).in_force(), pk=pk)
    form = InspectionForm(posted(request), inspection=inspection)
    if request.method == "POST" and form.is_valid():
        fields = {
            "inspection": inspection,
            "version": form.cleaned_data["version"],
            "fields": form.recorded,
            "themes": form.themes_named,
            "kept": form.kept,
        }
        if is_done(request, form, "The inspection is changed.", actions.change_inspection, **fields):
            return redirect("reviews:inspection-detail", pk=pk)
    context = {
        "form": form,
        "heading": "Change the inspection",
        "caption": inspection,
        "button": "Save",
        "back_url": reverse("reviews:inspection-detail", args=[pk]),
        "back_text": "Back to the inspection",
    }
    return render(request, "pages/form.html", context)


def _known(user):
    return Inspection.objects.visible_to(user).select_related("agency", "follows_on").with_tally()


def _inspections(request, form):
    """The inspections that the filter leaves."""
    chosen = form.cleaned_data if form.is_valid() else {}
    inspections = _known(request.user).in_force()
    if chosen.get("agency"):
        inspections = inspections.filter(agency=chosen["agency"])
    if chosen.get("show") == "open":
        inspections = inspections.filter(signed_off__lt=F("made"))
    return inspections
