"""The page of a report's sign-off: who signs, how far they are, and what is to be done next."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, posted
from partnership.permissions import requires
from reports import actions
from reports.choices import EditionStatus, ReportStatus, SignatureStatus
from reports.models import SigningPlace
from reports.signing import has_changed
from reports.signing_forms import PlaceForm, SendForm
from reports.views.reports import get_report


@require_safe
@requires(Permission.REPORT_READ)
def sign_off_detail(request, year):
    return show_sign_off(request, get_report(request, year), form=PlaceForm())


def show_sign_off(request, report, *, form):
    editions = list(
        report.editions.select_related("frozen_by", "published_by").prefetch_related("receipts").defer("published")
    )
    edition = next((edition for edition in editions if edition.is_open), None)
    published = next((edition for edition in editions if edition.status == EditionStatus.PUBLISHED), None)
    own = edition.signatures.of(request.user).exclude(status=SignatureStatus.GIVEN) if edition else []
    context = {
        "report": report,
        "edition": edition,
        # Nothing is changed by looking: the sweep makes it void within a minute, or the next attempt to sign.
        "has_changed": bool(edition) and has_changed(edition),
        "signatures": edition.signatures.select_related("agency", "acted_by") if edition else [],
        "own": {signature.pk for signature in own},
        "in_turn": set(edition.signatures.in_turn().values_list("pk", flat=True)) if edition else set(),
        "is_drafting": report.status == ReportStatus.DRAFTING,
        "can_correct": report.status in (ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN),
        "places": report.signing_places.select_related("agency"),
        "published": published,
        "files": published.files.select_related("report__period").defer("document") if published else [],
        "earlier": [each for each in editions if not each.is_open],
        "receipts": [receipt for each in editions for receipt in each.receipts.all()],
        "can_manage": request.user.may(Permission.SIGN_OFF_MANAGE),
        "can_publish": request.user.may(Permission.EDITION_PUBLISH),
        "form": form,
    }
    return render(request, "reports/sign_off_detail.html", context)


@require_POST
@requires(Permission.SIGN_OFF_MANAGE)
def signing_place_add(request, year):
    report = get_report(request, year)
    form = PlaceForm(request.POST)
    if form.is_valid() and is_done(
        request, form, "The place is added.", actions.add_signing_place, report=report, **form.chosen
    ):
        return redirect("reports:sign-off-detail", year=year)
    return show_sign_off(request, report, form=form)


@require_POST
@requires(Permission.SIGN_OFF_MANAGE)
def signing_place_remove(request, pk):
    place = get_object_or_404(SigningPlace.objects.select_related("report__period"), pk=pk)
    then = ("reports:sign-off-detail", place.report.period.code)
    return do_and_say(request, "The place is removed.", actions.remove_signing_place, then=then, place=place)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_OFF_MANAGE)
def report_send(request, year):
    report = get_report(request, year)
    form = SendForm(posted(request), is_correction=report.editions.public().exists())
    said = "The report is in sign-off. Those who sign are asked by email."
    if form.is_valid() and is_done(request, form, said, actions.send_for_sign_off, report=report, **form.cleaned_data):
        return redirect("reports:sign-off-detail", year=year)
    places = report.signing_places.select_related("agency")
    return render(request, "reports/report_send.html", {"report": report, "form": form, "places": places})


@require_POST
@requires(Permission.SIGN_OFF_MANAGE)
def correction_begin(request, year):
    report = get_report(request, year)
    said = "The report can be changed again. What is published stays as it is until the corrected version is published."
    return do_and_say(request, said, actions.begin_correction, then=("reports:sign-off-detail", year), report=report)
