"""Writing a section: its page with a form for each block, and bringing in texts from updates."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import interrupted
from partnership.choices import Permission
from partnership.permissions import requires
from partnership.states import WrongState
from reports import actions
from reports.actions import BlockSave
from reports.assemble import assemble
from reports.choices import HANDED_IN, OPEN_EDITIONS, STANDING_LISTS, Kind
from reports.forms import NOT_WHOLE, BlockEditor, BringInForm
from reports.joining import join
from reports.models import Block, Section
from reports.queries import points_on_impact, shown_at, updates_for, with_contents
from reports.views.arranging import arrange, arranging_context
from reports.views.clashes import clash_with
from reports.views.reading import get_section_to_write

BELONGS_IN = {
    "progress": Kind.DELIVERABLES,
    "impact": Kind.DIFFERENCE,
    "barriers": Kind.BARRIERS,
    "next_steps": Kind.FOCUS,
}
"""The standing list that an answer of an update is first offered for."""

TEXTS = ("-heading", "-body", "-text", "-attribution", "-source")
"""How the names of fields end in which people write."""


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_READ)
@csp_update({"frame-src": [SELF]})  # signing in again stands in a frame
def section_edit(request, pk):
    if request.method == "POST" and _was_taken_out(request.user, pk):
        return _give_back(request)
    section = get_section_to_write(request, pk)
    if request.method == "POST":
        interrupted.forget_typed(request)
        return _resolve(request, section) if "resolve" in request.POST else _save(request, section)
    typed = None if "saved" in request.GET else interrupted.typed_before(request)
    return _edit_page(request, section, _editors(section, typed), is_typed_before=typed is not None)


def _was_taken_out(user, pk):
    return Section.with_removed.editable_by(user).filter(pk=pk, removed_at__isnull=False).exists()


def _give_back(request):
    """What was typed for a section that is no longer there: to be copied, since it can be saved nowhere."""
    typed = [(name, values) for name, values in request.POST.lists() if name.endswith(TEXTS) and any(values)]
    return render(request, "409.html", {"typed": typed}, status=409)


def _editors(section, data=None):
    """A form for each block, with what was sent for it; so too for one that was taken out since the page was opened."""
    blocks = with_contents(Block.with_removed.filter(section=section).select_related("removed_by"))
    editors = [BlockEditor(block, data if _is_sent(block, data) else None) for block in blocks]
    return [editor for editor in editors if editor.is_sent or editor.block.removed_at is None]


def _is_sent(block, data):
    return data is not None and f"block-{block.pk}-version" in data


def _edit_page(request, section, editors, status=200, **more):
    show_evidence(section, editors)
    context = {
        "section": section,
        "editors": editors,
        "error_forms": [form for editor in editors for form in editor.forms],
        "opened_by": interrupted.mark(request),
        "is_typed_before": False,
        "is_handed_in": section.status in HANDED_IN,
        "is_in_sign_off": section.report.status in OPEN_EDITIONS,
        **arranging_context(request, section),
        **more,
    }
    return render(request, "reports/section_edit.html", context, status=status)


def show_evidence(section, editors):
    """Let each point on impact say what shows it."""
    points = points_on_impact([section], assemble(section.report).figures)
    for editor in editors:
        editor.show_evidence(points)


def _save(request, section):
    """Keep what was written in every block, or nothing at all; then do what else the button says."""
    editors = _editors(section, request.POST)
    sent = [editor for editor in editors if editor.is_sent]
    if not all([editor.is_whole for editor in sent]):
        return _edit_page(request, section, editors, status=400, refusal=NOT_WHOLE)
    if not all([editor.is_valid() for editor in sent]):
        return _edit_page(request, section, editors)
    try:
        saved = actions.save_section(
            section=section, saves={editor.block.pk: save_from(editor) for editor in sent}, by=request.user
        )
    except actions.StaleSection as stale:
        return _clashing(request, section, editors, {block.pk: block for block in stale.blocks})
    except WrongState as error:
        return _edit_page(request, section, editors, status=409, refusal=str(error))
    _say(request, section, [each for each in saved if each.is_written])
    return arrange(request, section) if "arrange" in request.POST else _after_saving(request, section, sent)


def save_from(editor, key=""):
    return BlockSave(content=editor.content, key=key, **editor.started.cleaned_data)


def _say(request, section, written):
    """What was saved, with what was merged into it and what is out of sight now."""
    if not written:
        messages.success(request, f"Nothing was changed in {section}.")
        return
    merged = [f"“{_title(each.block)}”" for each in written if each.is_merged]
    told = f" Others wrote in {' and '.join(merged)} meanwhile. Both texts are kept: read them once more."
    messages.success(request, f"{section} is saved.{told if merged else ''}")
    for each in written:
        if each.block.removed_at:
            messages.warning(request, taken_out(each.block))


def _title(block):
    return block.heading or block.get_kind_display()


def taken_out(block):
    """What is said of a save in a block that was taken out while somebody wrote in it."""
    return (
        f"“{_title(block)}” was taken out of the section by {block.removed_by} meanwhile. What you wrote in "
        "it is kept, and stands there when it is put back."
    )


def _after_saving(request, section, editors):
    """The section; or its form once more, at the empty row of the block to which a row is to be added."""
    for editor in editors:
        if editor.rows and request.POST.get("add") == str(editor.block.pk):
            row = f"{editor.rows.prefix}-{len(editor.rows.in_order)}"
            return redirect(f"{reverse('reports:section-edit', args=[section.pk])}#{row}")
    return redirect("reports:section-detail", pk=section.pk)


def _clashing(request, section, editors, stale):
    """The page again with everything typed, and above each block that clashes the two texts beside each other."""
    for editor in editors:
        if block := stale.get(editor.block.pk):
            editor.clash = clash_with(block, editor.content, version=block.version)
            editor.start_again_from(block.version)
    return _edit_page(request, section, editors, status=409, is_stale=True, form_has_errors=True)


def _resolve(request, section):
    """The page again, with one clash settled in the form as the button says; nothing is saved yet."""
    which, _, choice = request.POST["resolve"].partition(":")
    editors = _editors(section, request.POST)
    open_clashes = set(request.POST.getlist("clashing")) - {which}
    for place, editor in enumerate(editors):
        if not (editor.is_sent and editor.is_valid()):
            continue
        if str(editor.block.pk) == which:
            editors[place] = _settled(editor, choice)
        elif str(editor.block.pk) in open_clashes:
            editor.clash = clash_with(editor.block, editor.content, version=editor.started.cleaned_data["version"])
    return _edit_page(request, section, editors, is_unsaved=True)


def _settled(editor, choice):
    """The block's form with mine, theirs or both, on top of the version that the person has seen."""
    started = editor.started.cleaned_data
    theirs = shown_at(editor.block, **started)
    if choice == "mine" or theirs is None:
        return editor
    content = join(theirs, editor.content) if choice == "join" else theirs
    return BlockEditor(editor.block, content=content, version=started["version"])


@require_safe
@requires(Permission.REPORT_READ)
def section_updates(request, pk):
    section = get_section_to_write(request, pk)
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
    blocks = [item.block for item in update.used_in.all()]
    used = [block for block in blocks if block.section_id == section.pk and block.removed_at is None]
    return {"update": update, "texts": texts, "used": dict.fromkeys(block.get_kind_display() for block in used)}


@require_POST
@requires(Permission.REPORT_READ)
def section_bring_in(request, pk):
    section = get_section_to_write(request, pk)
    form = BringInForm(request.POST, section=section)
    if form.is_valid():
        update, block = form.cleaned_data["update"], form.cleaned_data["block"]
        try:
            actions.bring_in(block=block, update=update, text=form.text, by=request.user)
        except (actions.DoesNotFit, WrongState) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"The text of {update.agency} now stands in “{block.get_kind_display()}”.")
    else:
        messages.error(request, "This text can no longer be brought in. Choose from the ones below.")
    return redirect("reports:section-updates", pk=pk)
