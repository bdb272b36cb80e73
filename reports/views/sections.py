from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from reports import actions
from reports.actions import BlockSave
from reports.assemble import assemble
from reports.attention import tally
from reports.blocks import KINDS
from reports.choices import STANDING_LISTS, Kind
from reports.content import from_json, text_of
from reports.forms import BlockEditor, BringInForm
from reports.models import Section
from reports.queries import points_on_impact, updates_for, with_contents
from reports.rendering.html import block_body, section_body, with_remarks

BELONGS_IN = {
    "progress": Kind.DELIVERABLES,
    "impact": Kind.DIFFERENCE,
    "barriers": Kind.BARRIERS,
    "next_steps": Kind.FOCUS,
}
"""The standing list that an answer of an update is first offered for."""

ACTIVITY_ONLY = "Activity only: nothing linked shows it"


def get_section(request, pk):
    sections = Section.objects.visible_to(request.user).select_related("report__period", "parent", "owner", "priority")
    return get_object_or_404(sections, pk=pk)


def read_section(document, section):
    """The section as it stands in the Document."""
    return next(each for each in document.sections if each.id == section.pk)


@require_safe
@requires(Permission.REPORT_READ)
def section_detail(request, pk):
    section = get_section(request, pk)
    document = assemble(section.report)
    points = points_on_impact([section], document.figures)
    context = {
        "section": section,
        "body": section_body(document, with_remarks(read_section(document, section), _remarks(points))),
        "activity": [point for point in points if point.is_activity_only],
        "impact": tally(points),
        "problems": [problem for problem in document.problems if problem.section_id == section.pk],
        "versions": section.versions.select_related("by")[:10],
        "can_edit": request.user.may(Permission.SECTION_EDIT),
        "drawn": _drawn_from_records(section),
    }
    return render(request, "reports/section_detail.html", context)


def _drawn_from_records(section):
    """The kinds of the section's blocks that are drawn from records, in their order, each once."""
    kinds = dict.fromkeys(block.kind for block in section.blocks.all())
    return [KINDS[kind] for kind in kinds if KINDS[kind].records]


def _remarks(points):
    """What the section's page says beneath its points on impact, by block and place."""
    return {(point.block_id, point.position): "; ".join(map(str, point.evidence)) or ACTIVITY_ONLY for point in points}


@require_http_methods(["GET", "POST"])
@requires(Permission.SECTION_EDIT)
def section_edit(request, pk):
    section = get_section(request, pk)
    data = request.POST if request.method == "POST" else None
    editors = [BlockEditor(block, data) for block in with_contents(section.blocks.all())]
    context = {
        "section": section,
        "editors": editors,
        "error_forms": [form for editor in editors for form in editor.forms],
    }
    if request.method == "POST" and all([editor.is_valid() for editor in editors]):
        touched = [editor for editor in editors if editor.is_touched]
        saves = {
            editor.block.pk: BlockSave(editor.started.cleaned_data["version"], editor.content) for editor in touched
        }
        try:
            changed = actions.save_section(section=section, saves=saves, by=request.user)
        except actions.StaleSection as stale:
            return _stale(request, section, context, stale.blocks)
        messages.success(request, _saved(section, changed))
        return _after_saving(request, section, editors)
    return _edit_page(request, context, assemble(section.report))


def _edit_page(request, context, document, status=200):
    """The form, in which each point on impact says what shows it."""
    points = points_on_impact([context["section"]], document.figures)
    for editor in context["editors"]:
        editor.show_evidence(points)
    return render(request, "reports/section_edit.html", context, status=status)


def _after_saving(request, section, editors):
    """The section; or its form once more, at the empty row of the block to which a row is to be added."""
    for editor in editors:
        if editor.rows and request.POST.get("add") == str(editor.block.pk):
            row = f"{editor.rows.prefix}-{len(editor.rows.in_order)}"
            return redirect(f"{reverse('reports:section-edit', args=[section.pk])}#{row}")
    return redirect("reports:section-detail", pk=section.pk)


def _saved(section, changed):
    if not changed:
        return f"Nothing was changed in {section}."
    return f"{section} is saved."


def _stale(request, section, context, blocks):
    """The page again with everything typed, and above each block that differs what stands in it now."""
    document = assemble(section.report)
    saved = {block.id: block for block in read_section(document, section).blocks}
    stale = {block.pk: block for block in blocks}
    for editor in context["editors"]:
        if editor.block.pk in stale:
            editor.theirs = block_body(document, saved[editor.block.pk])
            editor.start_again_from(stale[editor.block.pk])
    context |= {"is_stale": True, "form_has_errors": True, "last": section.versions.select_related("by").first()}
    return _edit_page(request, context, document, status=409)


@require_safe
@requires(Permission.SECTION_EDIT)
def section_updates(request, pk):
    section = get_section(request, pk)
    updates = updates_for(section).prefetch_related("used_in__block", "impact_evidence__measure")
    context = {
        "section": section,
        "offers": [_offer(update, section) for update in updates],
        "lists": section.blocks.filter(kind__in=STANDING_LISTS),
    }
    return render(request, "reports/section_updates.html", context)


def _offer(update, section):
    """An update with the texts that can be brought in and the lists of the section that use it already."""
    texts = [
        {
            "name": answer.question.name,
            "label": answer.question.words,
            "text": answer.text,
            "suits": BELONGS_IN.get(answer.question.topic),
        }
        for answer in update.answers.all()
    ]
    used = [item.block for item in update.used_in.all() if item.block.section_id == section.pk]
    return {"update": update, "texts": texts, "used": dict.fromkeys(block.get_kind_display() for block in used)}


@require_POST
@requires(Permission.SECTION_EDIT)
def section_bring_in(request, pk):
    section = get_section(request, pk)
    form = BringInForm(request.POST, section=section)
    if form.is_valid():
        update, block = form.cleaned_data["update"], form.cleaned_data["block"]
        try:
            actions.bring_in(block=block, update=update, text=form.text, by=request.user)
        except actions.DoesNotFit as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"The text of {update.agency} now stands in “{block.get_kind_display()}”.")
    else:
        messages.error(request, "This text can no longer be brought in. Choose from the ones below.")
    return redirect("reports:section-updates", pk=pk)


@require_safe
@requires(Permission.REPORT_READ)
def section_version(request, pk, number):
    section = get_section(request, pk)
    version = get_object_or_404(section.versions.select_related("by"), number=number)
    blocks = [{"title": Kind(data["kind"]).label, "text": text_of(from_json(data))} for data in version.blocks]
    context = {"section": section, "version": version, "blocks": blocks}
    return render(request, "reports/section_version.html", context)
