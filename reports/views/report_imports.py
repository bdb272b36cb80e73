"""A report from a Word file: sent, looked at, and only then made."""

from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import posted
from partnership.permissions import requires
from partnership.states import WrongState
from reports import actions
from reports.choices import STANDING_LISTS
from reports.headings import only_headings
from reports.import_forms import ReportChoiceForm, ReportFileForm
from reports.import_parts import blocks_from
from reports.models import ReportImport
from reports.word import Loss, from_json


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REPORT_ARRANGE)
def report_import(request):
    form = ReportFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = actions.keep_report_import(name=file.name, outline=file.outline, by=request.user)
        return redirect("reports:report-import-check", pk=upload.pk)
    return render(request, "reports/report_import.html", {"form": form})


@require_safe
@requires(Permission.REPORT_ARRANGE)
def report_import_check(request, pk):
    upload = get_object_or_404(_uploads(request), pk=pk)
    outline = _outline(upload)
    return _check(request, upload, outline, _choice_form(request, outline))


@require_POST
@requires(Permission.REPORT_ARRANGE)
@transaction.atomic
def report_import_confirm(request, pk):
    upload = ReportImport.objects.held(pk, by=request.user)
    if upload is None:
        messages.info(request, "This file was imported or taken away already.")
        return redirect("reports:report-list")
    outline = _outline(upload)
    form = _choice_form(request, outline, posted(request))
    if form.is_valid() and (report := _made(request, outline, form)):
        actions.drop_report_import(upload=upload, by=request.user)
        messages.success(request, f"{report} is made. Read it through before you share it.")
        return redirect("reports:report-detail", year=report.period.code)
    return _check(request, upload, outline, form)


@require_POST
@requires(Permission.REPORT_ARRANGE)
@transaction.atomic
def report_import_drop(request, pk):
    upload = ReportImport.objects.held(pk, by=request.user)
    if upload is not None:
        actions.drop_report_import(upload=upload, by=request.user)
        messages.info(request, "Nothing was imported, and the file is taken away.")
    return redirect("reports:report-import")


def _made(request, outline, form):
    """The report, or nothing where it cannot be made, and the form says why."""
    try:
        return actions.import_report(outline=outline, **form.cleaned_data, by=request.user)
    except WrongState as error:
        form.add_error("year", str(error))
        return None


def _check(request, upload, outline, form):
    context = {
        "upload": upload,
        "rows": [{"section": section, "standing": _standing_lists(section)} for section in outline.sections],
        "section_count": only_headings([(each.level, bool(each.texts)) for each in outline.sections]).count(False),
        "picture_count": len(outline.pictures),
        "word_count": sum(section.words for section in outline.sections),
        "note_count": sum(section.notes for section in outline.sections),
        "table_count": sum(section.tables for section in outline.sections),
        "losses": _losses(outline),
        "form": form,
    }
    return render(request, "reports/report_import_check.html", context)


def _standing_lists(section):
    """The standing lists that the section will have, by name."""
    kinds = (kind for text in section.texts for kind, _ in blocks_from(text))
    return [kind.label for kind in kinds if kind in STANDING_LISTS]


def _losses(outline):
    """What could not be kept, each kind once, in the order of the kinds, with the places where it stood."""
    order = list(Loss)
    found = sorted(outline.lost, key=lambda lost: order.index(lost.loss))
    return [{"loss": loss.value, "places": list(places)} for loss, places in groupby(found, lambda lost: lost.loss)]


def _choice_form(request, outline, data=None):
    agencies = request.user.agency_ids_where(Permission.REPORT_ARRANGE)
    return ReportChoiceForm(data, outline=outline, initial={"owner": agencies[0]})


def _outline(upload):
    return from_json(bytes(upload.outline))


def _uploads(request):
    return ReportImport.objects.visible_to(request.user)
