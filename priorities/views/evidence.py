"""Evidence files of an update: sent, listed, downloaded, removed."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership.choices import Permission
from partnership.evidence import note_download
from partnership.evidence_forms import EvidenceForm
from partnership.permissions import requires
from partnership.states import WrongState
from partnership.tasks import ring
from priorities import actions
from priorities.models import QuarterlyUpdate, UpdateEvidence


@require_safe
@requires(Permission.REPORT_READ)
def update_evidence(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    return _page(request, update, EvidenceForm())


def _page(request, update, form):
    is_theirs = update.agency_id in request.user.agency_ids_where(Permission.UPDATE_WRITE)
    context = {
        "update": update,
        "links": UpdateEvidence.objects.visible_to(request.user).filter(update=update).shown(),
        "can_change": is_theirs and update.is_open,
        "form": form,
    }
    return render(request, "priorities/update_evidence.html", context)


@require_POST
@requires(Permission.UPDATE_WRITE)
def evidence_add(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.writable_by(request.user).with_names(), pk=pk)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, update, form)
    try:
        added = actions.add_evidence(update=update, **form.cleaned_data, remark=" ".join(form.kept), by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        for evidence in added:
            ring(evidence)
        said = "The file is" if len(added) == 1 else f"The {len(added)} files are"
        messages.success(request, f"{said} sent. The portal checks them now; you need not wait for it.")
    return redirect("priorities:update-evidence", pk=pk)


@require_POST
@requires(Permission.UPDATE_WRITE)
def evidence_withdraw(request, pk):
    links = UpdateEvidence.objects.filter(update__in=QuarterlyUpdate.objects.writable_by(request.user))
    link = get_object_or_404(links.select_related("evidence"), pk=pk)
    try:
        actions.withdraw_evidence(link=link, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{link.evidence.name} is removed.")
    return redirect("priorities:update-evidence", pk=link.update_id)


@require_safe
@requires(Permission.REPORT_READ)
def evidence_download(request, pk):
    links = UpdateEvidence.objects.visible_to(request.user).select_related("evidence")
    link = get_object_or_404(links, pk=pk)
    evidence = link.evidence
    if not evidence.is_clean:
        messages.info(request, f"{evidence.name} cannot be downloaded: {evidence.get_status_display().lower()}.")
        return redirect("priorities:update-evidence", pk=link.update_id)
    if request.method == "GET" and evidence.agency_id not in request.user.agency_ids:
        note_download(evidence=evidence, by=request.user)
    return FileResponse(
        evidence.file.open(),
        as_attachment=True,
        filename=evidence.download_name,
        content_type=evidence.content_type,
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"},
    )
