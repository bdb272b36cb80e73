"""What the editor asks the server while somebody writes: save one block, say who else is here. Answers are JSON."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.states import WrongState
from reports import actions
from reports.choices import Kind
from reports.content import words_in
from reports.forms import BlockEditor, HeartbeatForm, WindowForm
from reports.models import Block, Section
from reports.queries import present_in
from reports.views.clashes import clash_with
from reports.views.reading import get_section_to_write
from reports.views.sections import save_from, show_evidence, taken_out


class Gone(Exception):
    """What is written in was taken out of the report; the text is for the user."""


def in_json(view):
    """Let a view refuse in JSON too."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            return JsonResponse({"status": "not-allowed", "reason": str(refusal)}, status=403)
        except Http404:
            return JsonResponse({"status": "not-found"}, status=404)
        except (Gone, WrongState) as gone:
            return JsonResponse({"status": "removed", "reason": str(gone)}, status=410)

    return answer


@in_json
@require_POST
@requires(Permission.REPORT_READ)
def block_save(request, pk, block):
    """Save one block of a section; see the answers below."""
    section = _get_section(request, pk)
    block = get_object_or_404(Block.with_removed.select_related("section"), section=section, pk=block)
    editor, window = BlockEditor(block, request.POST), WindowForm(request.POST)
    if not all([editor.is_valid(), window.is_valid()]):
        return _wrong(request, section, editor, window)
    _require_same_person(request, window)
    try:
        saved = actions.save_block(block=block, save=save_from(editor, window.cleaned_data["key"]), by=request.user)
    except actions.StaleSection as stale:
        return _clash(request, section, clash_with(block, editor.content, version=stale.blocks[0].version))
    answer = _saved(request, section, saved)
    if saved.block.removed_at:  # kept all the same, as the version says
        return JsonResponse({**answer, "status": "removed", "reason": taken_out(saved.block)}, status=410)
    return JsonResponse(answer)


def _get_section(request, pk):
    section = Section.with_removed.editable_by(request.user).filter(pk=pk).first()
    if section is None:
        return get_section_to_write(request, pk)  # which says why not
    if section.removed_at:
        raise Gone(f"{section} was taken out of the report.")
    return section


def _require_same_person(request, form):
    if form.cleaned_data["person"] != request.user.pk:
        raise PermissionDenied(f"You are signed in as {request.user} now. This page was opened by somebody else.")


def _saved(request, section, saved):
    merged = BlockEditor(saved.block, content=saved.content, version=saved.version) if saved.is_merged else None
    return {
        "status": "saved" if saved.is_written else "unchanged",
        "version": saved.version,
        "at": f"{timezone.localtime():%H:%M}",
        "words": words_in(saved.content),
        "merged": _as_json(request, section, _with_evidence(section, merged)) if merged else None,
    }


def _with_evidence(section, editor):
    """The editor of what stands in the block; the report is assembled only where there may be points on impact."""
    if editor.block.kind == Kind.DIFFERENCE:
        show_evidence(section, [editor])
    return editor


def _as_json(request, section, editor):
    """A block's fieldset as the page would show it, and the value of each of its fields."""
    return {"fields": editor.values, "html": _fieldset(request, section, editor)}


def _fieldset(request, section, editor):
    return render_to_string("reports/block_editor.html", {"editor": editor, "section": section}, request)


def _wrong(request, section, editor, window):
    errors = {**editor.errors, **{name: list(texts) for name, texts in window.errors.items()}}
    return JsonResponse({"status": "wrong", "errors": errors, "html": _fieldset(request, section, editor)}, status=400)


def _clash(request, section, clash):
    return JsonResponse(
        {
            "status": "clash",
            "version": clash.version,
            "by": str(clash.by or ""),
            "html": render_to_string("reports/section_clash.html", {"clash": clash}, request),
            "theirs": _as_json(request, section, _with_evidence(section, clash.theirs)),
            "joined": _as_json(request, section, clash.joined),
        },
        status=409,
    )


@in_json
@require_POST
@requires(Permission.REPORT_READ)
def section_heartbeat(request, pk):
    """Note who has the section open and where they write; answer who else has."""
    section = _get_section(request, pk)
    form = HeartbeatForm(request.POST, section=section)
    if not form.is_valid():
        return JsonResponse({"status": "wrong", "errors": form.errors}, status=400)
    _require_same_person(request, form)
    try:
        here = actions.be_present(
            section=section,
            window=form.cleaned_data["window"],
            block=form.cleaned_data["block"],
            is_taking_over=form.cleaned_data["take_over"],
            by=request.user,
        )
    except actions.SomebodyElsesWindow:
        return JsonResponse({"status": "wrong", "errors": {"window": ["This window is somebody else’s."]}}, status=400)
    return JsonResponse(_who_is_here(section, here))


def _who_is_here(section, here):
    present = present_in(section, since=timezone.now() - actions.GONE_AFTER)
    others = [presence for presence in present if presence.pk != here.pk]
    return {
        "people": [
            {
                "name": presence.user.name,
                "is_you": presence.user_id == here.user_id,
                "is_here": presence.pk == here.pk,
                "block": presence.block_id,
            }
            for presence in present
        ],
        "held": {presence.block_id: _name(presence, here) for presence in others if presence.block_id},
        "yours": here.block_id,
        "version": dict(section.blocks.values_list("pk", "version")),
    }


def _name(presence, here):
    return "you, in another window" if presence.user_id == here.user_id else presence.user.name


@in_json
@require_POST
@requires(Permission.REPORT_READ)
def section_leave(request, pk):
    """Note that a window was closed."""
    section = get_object_or_404(Section.with_removed.visible_to(request.user), pk=pk)
    form = WindowForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"status": "wrong", "errors": form.errors}, status=400)
    actions.leave_section(section=section, window=form.cleaned_data["window"], by=request.user)
    return JsonResponse({"status": "left"})
