"""Figures from a file: sent, looked at, and only then brought into force."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import posted
from partnership.models import Partnership, StatisticalNeighbour
from partnership.permissions import requires
from partnership.spreadsheets import read_table
from priorities import actions
from priorities.forms.imports import ChoiceForm, ImportForm
from priorities.import_plan import plan_import, stored_neighbours
from priorities.imports import Choice, ImportedArea, offer_of, read_import
from priorities.models import Measure, MeasureImport

MOST_SHOWN = 500
"""So many lines of a preview a page shows; it counts the others."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEASURE_IMPORT)
def measure_import(request):
    agencies = request.user.agency_ids_where(Permission.MEASURE_IMPORT)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"owner": agencies[0]})
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        offer = offer_of(file.table)
        faults = _faults_of(file.table, offer)
        if not faults:
            upload = actions.keep_import(
                name=file.name,
                content=file.content,
                is_from_the_department=offer is not None,
                owner=form.cleaned_data["owner"],
                by=request.user,
            )
            return redirect("reports:measure-import-choose" if offer else "reports:measure-import-check", pk=upload.pk)
        context |= _faults(faults, file.name)
    return render(request, "priorities/measure_import.html", context)


def _faults_of(table, offer):
    """Everything that is wrong with the file, whatever will be chosen from it."""
    if offer is None:
        return plan_import(read_import(table)).faults
    anyone = offer.authorities[0].name if offer.authorities else ""
    return read_import(table, choice=Choice(anyone)).faults


def _faults(faults, name):
    return {
        "form_has_errors": True,
        "name": name,
        "fault_count": len(faults),
        "faults": faults[:MOST_SHOWN],
        "faults_left": len(faults[MOST_SHOWN:]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEASURE_IMPORT)
def measure_import_choose(request, pk):
    upload = get_object_or_404(_uploads(request).filter(is_from_the_department=True), pk=pk)
    offer = offer_of(_table(upload))
    form = ChoiceForm(
        posted(request),
        offer=offer,
        known=set(Measure.objects.values_list("code", flat=True)),
        chosen=Choice(_own_area(offer)) if upload.is_to_be_chosen_from else _choice(upload),
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_import(upload=upload, choice=form.choice, by=request.user)
        return redirect("reports:measure-import-check", pk=pk)
    return render(request, "priorities/measure_import_choose.html", {"upload": upload, "form": form})


def _own_area(offer):
    """The partnership's area as the file names it, or nothing where the file does not have it."""
    partnership = Partnership.objects.select_related("area").first()
    own = ImportedArea(partnership.area.name, partnership.area.ons_code) if partnership else None
    return next((area.name for area in offer.authorities if own and area.is_same_as(own)), "")


@require_safe
@requires(Permission.MEASURE_IMPORT)
def measure_import_check(request, pk):
    upload = get_object_or_404(_uploads(request).select_related("owner"), pk=pk)
    if upload.is_to_be_chosen_from:
        return redirect("reports:measure-import-choose", pk=pk)
    return _check(request, upload)


def _uploads(request):
    return MeasureImport.objects.visible_to(request.user)


def _check(request, upload, **more):
    plan = plan_import(_read(upload))
    context = {
        "upload": upload,
        "plan": plan,
        "new": plan.new[:MOST_SHOWN],
        "new_left": len(plan.new[MOST_SHOWN:]),
        "changed": plan.changed[:MOST_SHOWN],
        "changed_left": len(plan.changed[MOST_SHOWN:]),
        "same": plan.same[:MOST_SHOWN],
        "same_left": len(plan.same[MOST_SHOWN:]),
        "has_neighbours": StatisticalNeighbour.objects.exists(),
        **(_faults(plan.faults, upload.name) if plan.faults else {"faults": []}),
        **more,
    }
    return render(request, "priorities/measure_import_check.html", context, status=409 if more else 200)


def _read(upload):
    return read_import(_table(upload), choice=_choice(upload), neighbours=stored_neighbours())


def _choice(upload):
    return Choice(upload.authority, tuple(upload.columns), upload.categories)


def _table(upload):
    return read_table(bytes(upload.content), name=upload.name)


@require_POST
@requires(Permission.MEASURE_IMPORT)
@transaction.atomic
def measure_import_confirm(request, pk):
    upload = MeasureImport.objects.held(pk, by=request.user)
    if upload is None:
        messages.info(request, "This file was imported or taken away already.")
        return redirect("reports:measure-list")
    seen = request.POST.get("fingerprint") or "none"
    try:
        plan = actions.import_measures(imported=_read(upload), owner=upload.owner, fingerprint=seen, by=request.user)
    except actions.StaleSave:
        return _check(request, upload, is_stale=True)
    if plan.faults:
        return _check(request, upload, is_stale=True)
    actions.drop_import(upload=upload, by=request.user)
    messages.success(request, f"The figures are in force: {plan.summary}.")
    return redirect("reports:measure-list")


@require_POST
@requires(Permission.MEASURE_IMPORT)
@transaction.atomic
def measure_import_drop(request, pk):
    upload = MeasureImport.objects.held(pk, by=request.user)
    if upload is not None:
        actions.drop_import(upload=upload, by=request.user)
        messages.info(request, "Nothing was imported, and the file is taken away.")
    return redirect("reports:measure-import")
