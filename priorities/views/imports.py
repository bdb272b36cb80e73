"""Figures from a file: sent, looked at, and only then brought into force."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.models import Partnership
from partnership.permissions import requires
from partnership.spreadsheets import read_table
from priorities import actions
from priorities.forms.imports import ImportForm
from priorities.import_plan import plan_import
from priorities.imports import read_import
from priorities.models import MeasureImport

MOST_SHOWN = 500
"""So many lines of a preview a page shows; it counts the others."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEASURE_IMPORT)
def measure_import(request):
    form = ImportForm(request.POST or None, request.FILES or None, initial=_initial(request))
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        plan = plan_import(read_import(data["file"].table, authority=data["authority"]))
        if not plan.faults:
            upload = actions.keep_import(
                name=data["file"].name,
                content=data["file"].content,
                authority=data["authority"],
                owner=data["owner"],
                by=request.user,
            )
            return redirect("reports:measure-import-check", pk=upload.pk)
        context |= _faults(plan, data["file"].name)
    return render(request, "priorities/measure_import.html", context)


def _initial(request):
    partnership = Partnership.objects.select_related("area").first()
    agencies = request.user.agency_ids_where(Permission.MEASURE_IMPORT)
    return {"authority": partnership.area.name if partnership else "", "owner": agencies[0]}


def _faults(plan, name):
    faults = plan.faults
    return {
        "form_has_errors": True,
        "name": name,
        "fault_count": len(faults),
        "faults": faults[:MOST_SHOWN],
        "faults_left": len(faults[MOST_SHOWN:]),
    }


@require_safe
@requires(Permission.MEASURE_IMPORT)
def measure_import_check(request, pk):
    upload = get_object_or_404(MeasureImport.objects.visible_to(request.user).select_related("owner"), pk=pk)
    return _check(request, upload)


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
        **(_faults(plan, upload.name) if plan.faults else {"faults": []}),
        **more,
    }
    return render(request, "priorities/measure_import_check.html", context, status=409 if more else 200)


def _read(upload):
    return read_import(read_table(bytes(upload.content), name=upload.name), authority=upload.authority)


@require_POST
@requires(Permission.MEASURE_IMPORT)
@transaction.atomic
def measure_import_confirm(request, pk):
    upload = _waiting(request, pk)
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
    upload = _waiting(request, pk)
    if upload is not None:
        actions.drop_import(upload=upload, by=request.user)
        messages.info(request, "Nothing was imported, and the file is taken away.")
    return redirect("reports:measure-import")


def _waiting(request, pk):
    """The file, held so that a second click finds it gone."""
    return MeasureImport.objects.visible_to(request.user).select_for_update(of=("self",)).filter(pk=pk).first()
