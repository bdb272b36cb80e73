from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import WrongState
from priorities import actions
from priorities.choices import UpdateStatus
from priorities.forms.updates import ReadVersionForm, ReopenForm, ReturnForm, UpdateForm
from priorities.forms.values import ValueForm
from priorities.models import QuarterlyUpdate
from priorities.queries import requested_with_values, update_before
from priorities.views.reminders import awaited_context


@require_safe
@requires(Permission.REPORT_READ)
def update_list(request):
    updates = QuarterlyUpdate.objects.visible_to(request.user).with_names()
    return render(request, "priorities/update_list.html", {"updates": updates, **awaited_context(request.user)})


@require_safe
@requires(Permission.REPORT_READ)
def update_detail(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    return render(request, "priorities/update_detail.html", detail_context(request, update))


def detail_context(request, update, **more):
    user = request.user
    before = update_before(update, among=QuarterlyUpdate.objects.visible_to(user))
    is_theirs = QuarterlyUpdate.objects.writable_by(user).filter(pk=update.pk).exists()
    return {
        "update": update,
        "requested": requested_with_values(
            update,
            is_for_agency=update.agency_id in user.agency_ids_where(Permission.UPDATE_READ_OWN),
            is_for_board=user.may(Permission.UPDATE_DECIDE),
            before=before,
        ),
        "before": before,
        "events": AuditEvent.objects.filter(target_model="priorities.quarterlyupdate", target_id=update.pk),
        "missing": actions.missing_answers(update) if update.is_open else [],
        "can_write": is_theirs and update.is_open,
        "can_decide": user.may(Permission.UPDATE_DECIDE) and update.status == UpdateStatus.SUBMITTED,
        "can_remind": user.may(Permission.UPDATE_DECIDE) and update.is_open,
        "can_reopen": user.may(Permission.UPDATE_DECIDE) and update.can_be_reopened,
        "form": ReturnForm(initial={"version": update.version}),
        "reopen_form": ReopenForm(),
        **more,
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.UPDATE_WRITE)
def update_edit(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.writable_by(request.user).with_names(), pk=pk)
    if not update.is_open and request.method == "GET":
        messages.info(request, f"This update is {update.get_status_display().lower()}, so it cannot be changed now.")
        return redirect("priorities:update-detail", pk=pk)
    if request.method == "POST":
        return _save(request, update, must_be_complete=request.POST.get("act") == "check")
    form, value_forms = _forms(update, None, False)
    return render(request, "priorities/update_edit.html", {"update": update, "form": form, "value_forms": value_forms})


def _save(request, update, *, must_be_complete):
    """Keep every answer that can be kept; what is wrong or missing is shown with all that was typed."""
    draft, draft_values = _forms(update, request.POST, False)
    draft.is_valid()
    if "version" not in draft.cleaned_data:
        context = {"update": update, "form": draft, "value_forms": draft_values}
        return render(request, "priorities/update_edit.html", context)
    try:
        saved = actions.save_update(
            update=update,
            version=draft.cleaned_data["version"],
            answers=draft.answers,
            values=[kept for each in draft_values if (kept := each.kept)],
            by=request.user,
        )
    except actions.StaleSave:
        return _stale(request, update, must_be_complete)
    except WrongState:
        update.refresh_from_db()
        context = {"update": update, "form": draft, "value_forms": draft_values, "form_has_errors": True}
        return render(request, "priorities/update_edit.html", context, status=409)
    form, value_forms = _forms(saved, _with_version(request, saved), must_be_complete)
    if form.is_valid() & all([each.is_valid() for each in value_forms]):
        if must_be_complete:
            return redirect("priorities:update-detail", pk=update.pk)
        messages.success(request, "Your draft is saved. You can close this page and come back to it.")
        return redirect("priorities:update-edit", pk=update.pk)
    context = {"update": saved, "form": form, "value_forms": value_forms, "is_kept": True}
    return render(request, "priorities/update_edit.html", context)


def _with_version(request, update):
    """What was typed, to be saved on top of the update as it is now."""
    typed = request.POST.copy()
    typed["version"] = update.version
    return typed


def _forms(update, data, must_be_complete):
    before = update_before(update, among=QuarterlyUpdate.objects.all())
    form = UpdateForm(data, update=update, before=before, must_be_complete=must_be_complete)
    rows = requested_with_values(update, before=before)
    values = [ValueForm(data, row=row, must_be_complete=must_be_complete) for row in rows]
    return form, values


def _stale(request, update, must_be_complete):
    """The page again with everything typed, and beside each answer that differs what a colleague saved meanwhile."""
    update.refresh_from_db()
    form, value_forms = _forms(update, _with_version(request, update), must_be_complete)
    saved = {**form.initial, "rag": update.get_rag_display()}
    theirs = [(form.fields[name].label, saved[name]) for name in form.ANSWERS if name in form.changed_data]
    theirs += [(str(each.requested), each.saved_text) for each in value_forms if each.has_changed()]
    context = {"update": update, "form": form, "value_forms": value_forms, "theirs": theirs, "form_has_errors": True}
    return render(request, "priorities/update_edit.html", context, status=409)


@require_POST
@requires(Permission.UPDATE_WRITE)
def update_submit(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.writable_by(request.user), pk=pk)
    return _decide(request, pk, "Your update is submitted. Thank you.", actions.submit_update, update=update)


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_accept(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user), pk=pk)
    form = ReadVersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Read the update again before you decide.")
        return redirect("priorities:update-detail", pk=pk)
    said = "The update is accepted, and its figures are in force."
    return _decide(request, pk, said, actions.accept_update, update=update, version=form.cleaned_data["version"])


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_return(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return render(request, "priorities/update_detail.html", detail_context(request, update, form=form))
    said = f"The update is returned to {update.agency}."
    return _decide(request, pk, said, actions.return_update, update=update, **form.cleaned_data)


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_reopen(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return render(request, "priorities/update_detail.html", detail_context(request, update, reopen_form=form))
    said = f"The update is open for {update.agency} again."
    return _decide(request, pk, said, actions.reopen_update, update=update, reason=form.cleaned_data["reason"])


def _decide(request, pk, said, act, **arguments):
    """Do it and say so, or say why it cannot be done (any more)."""
    try:
        act(**arguments, by=request.user)
    except (WrongState, actions.StaleSave) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("priorities:update-detail", pk=pk)
