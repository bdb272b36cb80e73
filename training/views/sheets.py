"""Attendance sheets: sent, looked at, and only then imported by a worker."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.states import WrongState
from training import importing
from training.choices import SheetStatus
from training.forms.sheets import ConfirmForm, NamesForm, SheetForm, TakeBackForm
from training.import_plan import MOST_NAMED
from training.models import AttendanceSheet
from training.tasks import ring

MOST_SHOWN = 200
"""So many lines of a list the page shows; it counts the others."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAINING_MANAGE)
def sheet_send(request):
    form = SheetForm(request.POST if request.method == "POST" else None, request.FILES or None)
    context = {"form": form, "sheets": AttendanceSheet.objects.visible_to(request.user)[:10]}
    if request.method == "POST" and form.is_valid():
        file, period = form.cleaned_data["file"], form.cleaned_data["period"]
        if file.table is None:
            row = importing.send_sheet(name=file.name, content=file.content, period=period, by=request.user)
            ring(row)
            return redirect("training:sheet-detail", pk=row.pk)
        sheet = importing.sheet_in(file.table, period=period)
        if not sheet.faults:
            row = importing.keep_sheet(
                name=file.name, content=file.content, sheet=sheet, period=period, by=request.user
            )
            return redirect("training:sheet-detail", pk=row.pk)
        context |= {
            "form_has_errors": True,
            "name": file.name,
            "fault_count": len(sheet.faults),
            "faults": sheet.faults[:MOST_SHOWN],
            "faults_left": len(sheet.faults[MOST_SHOWN:]),
        }
    return render(request, "training/sheet_send.html", context)


@require_safe
@requires(Permission.TRAINING_MANAGE)
def sheet_detail(request, pk):
    """How far its reading is, what the import would do, how far it is, or how it ended. Looking never starts any."""
    row = _sheet(request, pk)
    if row.status == SheetStatus.READ:
        return HttpResponseClientRefresh() if request.htmx else _check(request, row)
    template = "training/sheet_progress.html" if request.htmx else "training/sheet_detail.html"
    faults = row.failure.splitlines()
    context = {"sheet": row, "faults": faults[:MOST_SHOWN], "faults_left": len(faults[MOST_SHOWN:])}
    return render(request, template, context)


def _check(request, row, form=None, status=200):
    plan = importing.plan_of(row)
    context = {
        "sheet": row,
        "plan": plan,
        "unknown_left": len(plan.unknown[10:]),
        "form": form or ConfirmForm(plan=plan),
        "sessions": plan.sessions[:MOST_SHOWN],
        "sessions_left": len(plan.sessions[MOST_SHOWN:]),
        "doubles": plan.doubles[:MOST_SHOWN],
        "doubles_left": len(plan.doubles[MOST_SHOWN:]),
    }
    return render(request, "training/sheet_check.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAINING_MANAGE)
def sheet_names(request, pk):
    row = _sheet(request, pk)
    if row.status != SheetStatus.READ:
        return redirect("training:sheet-detail", pk=pk)
    unknown = importing.plan_of(row).unknown
    if not unknown:
        return redirect("training:sheet-detail", pk=pk)
    form = NamesForm(request.POST if request.method == "POST" else None, unknown=unknown[:MOST_NAMED])
    if request.method == "POST" and form.is_valid():
        importing.name_agencies(row=row, sources=form.sources, by=request.user)
        messages.success(request, "These names are remembered for the next sheets.")
        is_done = len(unknown) <= MOST_NAMED
        return redirect("training:sheet-detail" if is_done else "training:sheet-names", pk=pk)
    context = {"sheet": row, "form": form, "asked": min(len(unknown), MOST_NAMED), "unknown_count": len(unknown)}
    return render(request, "training/sheet_names.html", context)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def sheet_confirm(request, pk):
    row = _sheet(request, pk)
    if row.status != SheetStatus.READ:
        messages.info(request, "This sheet was confirmed or cancelled already.")
        return redirect("training:sheet-detail", pk=pk)
    form = ConfirmForm(request.POST, plan=importing.plan_of(row))
    if not form.is_valid():
        return _check(request, row, form)
    try:
        row = importing.confirm_sheet(
            row=row, above_capacity=form.cleaned_data.get("above_capacity", ""), by=request.user
        )
    except WrongState as error:
        form.add_error(None, str(error))
        return _check(request, row, form, status=409)
    ring(row)
    return redirect("training:sheet-detail", pk=pk)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def sheet_cancel(request, pk):
    row = _sheet(request, pk)
    try:
        importing.cancel_sheet(row=row, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect("training:sheet-detail", pk=pk)
    messages.info(request, "Nothing was imported, and nothing of the sheet is kept.")
    return redirect("training:sheet-send")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAINING_MANAGE)
def sheet_take_back(request, pk):
    row = _sheet(request, pk)
    if row.status != SheetStatus.IMPORTED:
        messages.info(request, "There is nothing of this sheet to take back.")
        return redirect("training:sheet-detail", pk=pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            importing.take_back_sheet(row=row, reason=form.cleaned_data["reason"], by=request.user)
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The import is taken back. You can send a corrected sheet.")
            return redirect("training:sheet-detail", pk=pk)
    return render(request, "training/sheet_take_back.html", {"sheet": row, "form": form})


def _sheet(request, pk):
    return get_object_or_404(AttendanceSheet.objects.visible_to(request.user).select_related("period"), pk=pk)
