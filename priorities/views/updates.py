from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partnership.choices import Permission
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import WrongState
from priorities import actions
from priorities.choices import UpdateStatus
from priorities.forms import ReturnForm, UpdateForm, ValueForm
from priorities.models import QuarterlyUpdate
from priorities.queries import requested_with_values


@require_GET
@requires(Permission.REPORT_READ)
def update_list(request):
    updates = QuarterlyUpdate.objects.visible_to(request.user).with_names()
    return render(request, "priorities/update_list.html", {"updates": updates})


@require_GET
@requires(Permission.REPORT_READ)
def update_detail(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    return render(request, "priorities/update_detail.html", detail_context(request, update))


def detail_context(request, update, **more):
    user = request.user
    is_theirs = QuarterlyUpdate.objects.writable_by(user).filter(pk=update.pk).exists()
    return {
        "update": update,
        "requested": requested_with_values(update, is_in_full=_may_see_in_full(user, update)),
        "events": AuditEvent.objects.filter(target_model="priorities.quarterlyupdate", target_id=update.pk),
        "missing": actions.missing_answers(update) if update.is_open else [],
        "can_write": is_theirs and update.is_open,
        "can_decide": user.may(Permission.UPDATE_DECIDE) and update.status == UpdateStatus.SUBMITTED,
        "form": ReturnForm(),
        **more,
    }


def _may_see_in_full(user, update):
    is_own = update.agency_id in user.agency_ids_where(Permission.UPDATE_READ_OWN)
    return is_own or user.may(Permission.UPDATE_DECIDE)


@require_http_methods(["GET", "POST"])
@requires(Permission.UPDATE_WRITE)
def update_edit(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.writable_by(request.user).with_names(), pk=pk)
    if not update.is_open and request.method == "GET":
        messages.info(request, f"This update is {update.get_status_display().lower()}, so it cannot be changed now.")
        return redirect("priorities:update-detail", pk=pk)
    must_be_complete = request.POST.get("act") == "check"
    form, value_forms = _forms(update, request.POST if request.method == "POST" else None, must_be_complete)
    context = {"update": update, "form": form, "value_forms": value_forms}
    if request.method == "POST" and form.is_valid() & all([each.is_valid() for each in value_forms]):
        try:
            actions.save_update(
                update=update,
                version=form.cleaned_data["version"],
                answers=form.answers,
                values=[each.returned for each in value_forms if each.returned],
                by=request.user,
            )
        except actions.StaleSave:
            return _stale(request, update, must_be_complete)
        except WrongState:
            update.refresh_from_db()
            return render(request, "priorities/update_edit.html", {**context, "update": update}, status=409)
        if must_be_complete:
            return redirect("priorities:update-detail", pk=pk)
        messages.success(request, "Your draft is saved. You can close this page and come back to it.")
        return redirect("priorities:update-edit", pk=pk)
    return render(request, "priorities/update_edit.html", context)


def _forms(update, data, must_be_complete):
    form = UpdateForm(data, update=update, must_be_complete=must_be_complete)
    values = [ValueForm(data, row=row, must_be_complete=must_be_complete) for row in requested_with_values(update)]
    return form, values


def _stale(request, update, must_be_complete):
    """The page again with everything typed, and beside each answer that differs what a colleague saved meanwhile."""
    update.refresh_from_db()
    typed = request.POST.copy()
    typed["version"] = update.version
    form, value_forms = _forms(update, typed, must_be_complete)
    saved = {**form.initial, "rag": update.get_rag_display()}
    theirs = [(form.fields[name].label, saved[name]) for name in form.ANSWERS if name in form.changed_data]
    theirs += [(str(each.requested), each.saved_text) for each in value_forms if each.has_changed()]
    context = {"update": update, "form": form, "value_forms": value_forms, "theirs": theirs}
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
    return _decide(
        request, pk, "The update is accepted, and its figures are in force.", actions.accept_update, update=update
    )


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_return(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return render(request, "priorities/update_detail.html", detail_context(request, update, form=form))
    said = f"The update is returned to {update.agency}."
    return _decide(request, pk, said, actions.return_update, update=update, reason=form.cleaned_data["reason"])


def _decide(request, pk, said, act, **arguments):
    """Do it and say so, or say why it cannot be done (any more)."""
    try:
        act(**arguments, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("priorities:update-detail", pk=pk)
