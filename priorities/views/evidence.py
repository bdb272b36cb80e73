"""Evidence files of an update: sent, listed, downloaded, removed."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say
from partnership.evidence_forms import EvidenceForm
from partnership.permissions import requires
from partnership.views import evidence as files
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
    return files.send(request, form, actions.add_evidence, then=_to_list(update.pk), update=update)


@require_POST
@requires(Permission.UPDATE_WRITE)
def evidence_withdraw(request, pk):
    links = UpdateEvidence.objects.filter(update__in=QuarterlyUpdate.objects.writable_by(request.user))
    link = get_object_or_404(links.select_related("evidence"), pk=pk)
    said = f"{link.evidence.name} is removed."
    return do_and_say(request, said, actions.withdraw_evidence, then=_to_list(link.update_id), link=link)


@require_safe
@requires(Permission.REPORT_READ)
def evidence_download(request, pk):
    links = UpdateEvidence.objects.visible_to(request.user).select_related("evidence")
    link = get_object_or_404(links, pk=pk)
    return files.download(request, link.evidence, then=_to_list(link.update_id))


def _to_list(update_id):
    return "priorities:update-evidence", update_id
