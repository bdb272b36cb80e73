from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import audit, interrupted
from partnership.choices import Permission
from partnership.doing import do_and_say
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import WrongState
from priorities import actions, emails
from priorities.asked import questions_with_answers
from priorities.choices import UpdateStatus
from priorities.forms.update_page import UpdatePage
from priorities.forms.updates import ReopenForm, ReturnForm, SubmitForm
from priorities.models import QuarterlyUpdate, UpdateEvidence
from priorities.permissions import agencies_with_approval_of
from priorities.queries import requested_with_values, update_before
from priorities.views.reminders import awaited_context

TRIES = 5
"""How often a save starts again because a colleague was quicker, before the page asks the person."""


@require_safe
@requires(Permission.REPORT_READ)
def update_list(request):
    updates = QuarterlyUpdate.objects.visible_to(request.user)
    context = {
        "updates": updates.with_names().order_by("-round__period__ends_on", "agency__name", "priority__order"),
        "unevidenced": set(updates.without_impact_evidence().order_by().values_list("pk", flat=True)),
        **awaited_context(request.user),
    }
    return render(request, "priorities/update_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def update_detail(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    return render(request, "priorities/update_detail.html", detail_context(request, update))


def detail_context(request, update, **more):
    user = request.user
    before = update_before(update, among=QuarterlyUpdate.objects.visible_to(user))
    asked = questions_with_answers(update, before=before)
    is_theirs = QuarterlyUpdate.objects.writable_by(user).filter(pk=update.pk).exists()
    return {
        "update": update,
        "asked": [each for each in asked if each.answer or each.question.is_required],
        "known_by": list(update.impact_evidence.select_related("measure")),
        "is_unevidenced": QuarterlyUpdate.objects.filter(pk=update.pk).without_impact_evidence().exists(),
        "links": _files(request, update),
        "requested": requested_with_values(
            update,
            is_for_agency=update.agency_id in user.agency_ids_where(Permission.UPDATE_READ_OWN),
            is_for_board=user.may(Permission.UPDATE_DECIDE),
            before=before,
        ),
        "before": before,
        "events": audit.folded(
            AuditEvent.objects.filter(target_model="priorities.quarterlyupdate", target_id=update.pk)
        ),
        "missing": actions.missing_answers(update) if update.is_open else [],
        "can_write": is_theirs and update.is_open,
        "can_decide": user.may(Permission.UPDATE_DECIDE) and update.status == UpdateStatus.SUBMITTED,
        "can_remind": user.may(Permission.UPDATE_DECIDE) and update.is_open,
        "can_reopen": user.may(Permission.UPDATE_DECIDE) and update.can_be_reopened,
        "can_choose_approval": agencies_with_approval_of(user).filter(pk=update.agency_id).exists(),
        "submit_form": SubmitForm(),
        "form": ReturnForm(initial={"version": update.version}),
        "reopen_form": ReopenForm(),
        **more,
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.UPDATE_WRITE)
def update_edit(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.writable_by(request.user).with_names(), pk=pk)
    if request.method == "POST":
        interrupted.forget_typed(request)
        return _save(request, update)
    typed = None if "saved" in request.GET else interrupted.typed_before(request)
    if typed is not None:
        # It was opened with what was saved then: a colleague's save since is found by that.
        return _show(request, UpdatePage(update, typed), is_typed_before=True, loaded=typed.get("loaded", ""))
    if not update.is_open:
        messages.info(request, f"This update is {update.get_status_display().lower()}, so it cannot be changed now.")
        return redirect("priorities:update-detail", pk=pk)
    return _show(request, UpdatePage(update))


def _files(request, update):
    return list(UpdateEvidence.objects.visible_to(request.user).filter(update=update).shown())


def _show(request, page, *, status=200, **more):
    context = {
        **page.context,
        "links": _files(request, page.update),
        "opened_by": interrupted.mark(request),
        **more,
    }
    return render(request, "priorities/update_edit.html", context, status=status)


def _save(request, update):
    """Keep every answer that can be kept; what is wrong or missing is shown with all that was typed."""
    act, _, carried_name = request.POST.get("act", "").partition(":")
    typed, taken = request.POST, []
    for _ in range(TRIES):
        page, carried = _with_carried(UpdatePage(update, typed), carried_name)
        page.is_valid()
        if "version" not in page.form.cleaned_data:
            return _show(request, page)
        try:
            saved = _keep(page, carried, ticked=_ticked(page) if act == "check" else (), by=request.user)
        except actions.StaleSave:
            update.refresh_from_db()
            merged = UpdatePage(update, typed).merged()
            typed, taken = merged.data, taken + merged.taken
            if merged.conflicts:
                return _stale(request, UpdatePage(update, typed), merged.conflicts)
        except WrongState:
            update.refresh_from_db()
            return _show(request, UpdatePage(update, request.POST), status=409, form_has_errors=True)
        else:
            return _after_save(request, saved, page, act, carried=carried, taken=taken)
    return _stale(request, UpdatePage(update, typed), ())


def _with_carried(page, name):
    """The page with the answer of the quarter before in the box that was asked for, below what was typed there."""
    asked = next((each for each in page.form.asked if each.name == name and each.before), None)
    typed = page.data.get(name, "").strip()
    if asked is None or asked.before_text in typed.replace("\r\n", "\n"):
        return page, {}
    data = page.data.copy()
    data[name] = f"{typed}\n\n{asked.before_text}".strip()
    return UpdatePage(page.update, data), {name: asked.before}


def _ticked(page):
    """What the person ticked of what the page asks about when it is checked."""
    checked = UpdatePage(page.update, page.data, must_be_complete=True)
    checked.is_valid()
    return checked.kept


def _keep(page, carried, *, ticked, by):
    return actions.save_update(
        update=page.update,
        version=page.form.cleaned_data["version"],
        answers=page.form.answers,
        values=[kept for each in page.values if (kept := each.kept)],
        known=page.known.known if page.known else None,
        carried=carried,
        checked=page.form.checked,
        kept=ticked,
        by=by,
    )


def _after_save(request, saved, page, act, *, carried, taken):
    """On to where the person wanted to go, or the page again with what is wrong."""
    if taken:
        labels = ", ".join(f"“{part.label}”" for part in taken)
        messages.info(
            request, f"A colleague saved this update while you were writing. Their changes stay too: {labels}."
        )
    typed = page.data.copy()
    typed["version"] = saved.version
    again = UpdatePage(saved, typed, must_be_complete=act == "check")
    if not again.is_valid():
        return _show(request, again, is_kept=True)
    if act == "check":
        return redirect("priorities:update-detail", pk=saved.pk)
    if act == "files":
        return redirect("priorities:update-evidence", pk=saved.pk)
    if carried:
        messages.success(
            request, f"The answer for {page.before.round} is in the form again. Check that it still holds."
        )
        return redirect(f"{reverse('priorities:update-edit', args=[saved.pk])}#div_id_{next(iter(carried))}")
    messages.success(request, "Your draft is saved. You can close this page and come back to it.")
    return redirect("priorities:update-edit", pk=saved.pk)


def _stale(request, page, conflicts):
    """The page again with everything typed, and above it what a colleague saved meanwhile in the same places."""
    theirs = [(part.label, part.saved_text) for part in conflicts]
    return _show(request, page, status=409, theirs=theirs, form_has_errors=True)


@require_POST
@requires(Permission.UPDATE_WRITE)
def update_submit(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.writable_by(request.user).with_names(), pk=pk)
    approval = None
    if update.agency.has_approver and update.is_open:
        form = SubmitForm(request.POST)
        if not form.is_valid():
            return render(request, "priorities/update_detail.html", detail_context(request, update, submit_form=form))
        approval = form.approval
    said, then = "Your update is submitted. Thank you.", ("priorities:update-detail", pk)
    return do_and_say(request, said, _submit, then=then, update=update, approval=approval)


def _submit(*, update, approval, by):
    """Hand it in and send the receipt, whose failure does not undo it. Of two who submit at once, one gets one."""
    submitted = actions.submit_update(update=update, approval=approval, by=by)
    transaction.on_commit(lambda: emails.send_received(submitted), robust=True)
