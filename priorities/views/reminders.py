from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partnership.choices import Permission
from partnership.doing import posted
from partnership.permissions import requires
from partnership.states import WrongState
from priorities import reminding
from priorities.forms.reminders import EmailChoiceForm
from priorities.models import EmailChoice, QuarterlyUpdate

SOON = "The email goes out within a few minutes."


@require_http_methods(["GET", "POST"])
def email_choice(request):
    """For everybody who signs in, about their own emails only."""
    choice = EmailChoice.objects.filter(person=request.user).first() or EmailChoice(person=request.user)
    form = EmailChoiceForm(posted(request), initial={"wanted": choice.wanted})
    if request.method == "POST" and form.is_valid():
        reminding.set_email_choice(wanted=form.cleaned_data["wanted"], by=request.user)
        messages.success(request, "Your choice is saved.")
        return redirect("priorities:email-choice")
    is_writer = request.user.may(Permission.UPDATE_WRITE)
    return render(request, "priorities/email_choice.html", {"form": form, "is_writer": is_writer})


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_remind(request, pk):
    # Whoever decides may know that an update is awaited, not what stands in it.
    update = get_object_or_404(QuarterlyUpdate.objects.with_names(), pk=pk)
    try:
        reminded = reminding.remind(update=update, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Reminded {reminded.names} of {update.agency} about {update.priority}. {SOON}")
    if request.POST.get("from") == "detail":
        return redirect("priorities:update-detail", pk=pk)
    return redirect("priorities:update-list")


@require_POST
@requires(Permission.UPDATE_DECIDE)
def update_remind_late(request):
    done = reminding.remind_late(by=request.user)
    if done:
        said = "; ".join(f"{each.update.agency.short_name} on {each.update.priority}: {each.names}" for each in done)
        messages.success(request, f"Reminded {said}. The emails go out within a few minutes.")
    else:
        messages.info(
            request, "Nobody was reminded: every late update has had a reminder today, or nobody gets emails about it."
        )
    return redirect("priorities:update-list")


def awaited_context(user):
    """For the list of updates: what the board team waits for, and when its agency was last reminded."""
    if not user.may(Permission.UPDATE_DECIDE):
        return {"awaited": [], "late_count": 0}
    today = timezone.localdate()
    awaited = list(QuarterlyUpdate.objects.awaited(today).with_names().with_last_reminder())
    for update in awaited:
        update.is_reminded_today = bool(update.reminded_at) and timezone.localdate(update.reminded_at) == today
    late = [update for update in awaited if update.round.due_on < today and not update.is_reminded_today]
    return {"awaited": awaited, "late_count": len(late)}
