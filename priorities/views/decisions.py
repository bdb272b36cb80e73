"""What the board team decides on an update."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partnership.choices import Permission
from partnership.doing import do_and_say
from partnership.permissions import requires
from priorities import actions
from priorities.forms.updates import ReadVersionForm, ReopenForm, ReturnForm
from priorities.models import QuarterlyUpdate
from priorities.views.updates import detail_context


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_accept(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user), pk=pk)
    form = ReadVersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Read the update again before you decide.")
        return redirect("priorities:update-detail", pk=pk)
    said = "The update is accepted, and its figures are in force."
    return _decide(request, said, actions.accept_update, update=update, version=form.cleaned_data["version"])


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_return(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return render(request, "priorities/update_detail.html", detail_context(request, update, form=form))
    said = f"The update is returned to {update.agency}."
    return _decide(request, said, actions.return_update, update=update, **form.cleaned_data)


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_reopen(request, pk):
    update = get_object_or_404(QuarterlyUpdate.objects.visible_to(request.user).with_names(), pk=pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return render(request, "priorities/update_detail.html", detail_context(request, update, reopen_form=form))
    said = f"The update is open for {update.agency} again."
    return _decide(request, said, actions.reopen_update, update=update, reason=form.cleaned_data["reason"])


def _decide(request, said, act, *, update, **arguments):
    then = ("priorities:update-detail", update.pk)
    return do_and_say(request, said, act, then=then, update=update, **arguments)
