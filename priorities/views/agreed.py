"""Agreed actions: the tracker, one action, and what is done to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import posted, posted_on_top
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import StaleSave, WrongState
from priorities import actions
from priorities.forms.agreed import (
    ActionChangeForm,
    ActionDueDateForm,
    ActionFilterForm,
    AgreeForm,
    CompletionForm,
    RatingForm,
    ReopeningForm,
    WithdrawalForm,
)
from priorities.models import AgreedAction
from priorities.progress import tally

ON_A_PAGE = 50

HEADINGS = (
    "Action",
    "Priority",
    "Objective",
    "Themes",
    "Agency",
    "Post",
    "Due on",
    "First due on",
    "Times slipped",
    "Date changes",
    "State",
    "Rating",
    "Reason for the rating",
    "What shows that it is done",
    "Closed on",
    "Why it was withdrawn or reopened",
)


@require_safe
@requires(Permission.REPORT_READ)
def action_list(request):
    form, found = _found(request)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    every = AgreedAction.objects.visible_to(request.user).prefetch_related("date_changes")
    context = {"form": form, "page": page, "caption": _caption(page.paginator.count), "tally": tally(every)}
    return render(request, "priorities/agreed_action_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def action_export(request, kind):
    """The actions that the list shows, a line for each."""
    _, found = _found(request)
    return table_response(kind, title="Agreed actions", headings=HEADINGS, rows=(_row(action) for action in found))


def _found(request):
    """The list's form, and the actions that it asks for in the order of attention."""
    today = timezone.localdate()
    form = ActionFilterForm(request.GET, user=request.user)
    return form, form.filtered(AgreedAction.objects.visible_to(request.user), today).by_attention(today).with_names()


def _caption(count):
    return "1 agreed action" if count == 1 else f"{count} agreed actions"


def _row(action):
    changes = action.date_changes.all()
    return [
        action.text,
        action.priority.title if action.priority else "",
        action.objective.title if action.objective else "",
        "; ".join(theme.title for theme in action.themes.all()),
        action.owner.name,
        action.owner_post,
        action.due_on,
        changes[0].from_on if changes else action.due_on,
        len(action.slips),
        "; ".join(f"{change}: {change.reason}" for change in changes),
        action.get_status_display(),
        action.get_rag_display(),
        action.rag_reason,
        action.evidence,
        timezone.localdate(action.closed_at) if action.closed_at else None,
        action.status_reason,
    ]


@require_safe
@requires(Permission.REPORT_READ)
def action_detail(request, pk):
    found = AgreedAction.objects.visible_to(request.user).with_names().select_related("rated_by", "closed_by")
    action = get_object_or_404(found, pk=pk)
    is_writer = AgreedAction.objects.writable_by(request.user).filter(pk=pk).exists()
    context = {
        "action": action,
        "can_rate": is_writer and action.is_open,
        "can_change": request.user.may(Permission.PLAN_MANAGE) and action.is_open,
        "can_reopen": request.user.may(Permission.PLAN_MANAGE) and action.can_be_reopened,
        "events": AuditEvent.objects.filter(target_model="priorities.agreedaction", target_id=pk),
    }
    return render(request, "priorities/agreed_action_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def action_agree(request):
    is_posted = request.method == "POST"
    asked = {"serves": request.GET.get("serves", ""), "themes": request.GET.getlist("themes")}
    form = AgreeForm(request.POST if is_posted else None, initial=asked)
    if is_posted and form.is_valid():
        action = actions.agree_action(**form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, f"Agreed. {action.owner.short_name} sees it on its home page.")
        return redirect("plan:action-detail", pk=action.pk)
    return render(request, "priorities/agreed_action_agree.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def action_change(request, pk):
    words = {"heading": "Change what is agreed", "button": "Save", "said": "The action is changed."}
    return _verb(request, _board_s(pk), ActionChangeForm, actions.change_action, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACTION_RATE)
def action_rate(request, pk):
    words = {"heading": "How is it going?", "button": "Save the rating", "said": "The rating is saved."}
    return _verb(request, _own(request, pk), RatingForm, actions.rate_action, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACTION_RATE)
def action_complete(request, pk):
    words = {"heading": "Mark it as done", "button": "It is done", "said": "The action is completed."}
    return _verb(request, _own(request, pk), CompletionForm, actions.complete_action, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def action_change_due_date(request, pk):
    words = {"heading": "Change the due date", "button": "Change the due date", "said": "The due date is changed."}
    return _verb(request, _board_s(pk), ActionDueDateForm, actions.change_due_date, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def action_withdraw(request, pk):
    words = {"heading": "Withdraw this action", "button": "Withdraw it", "said": "The action is withdrawn."}
    return _verb(request, _board_s(pk), WithdrawalForm, actions.withdraw_action, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def action_reopen(request, pk):
    words = {"heading": "Open this action again", "button": "Open it again", "said": "The action is open again."}
    return _verb(request, _board_s(pk), ReopeningForm, actions.reopen_action, **words)


def _own(request, pk):
    return get_object_or_404(AgreedAction.objects.writable_by(request.user).with_names(), pk=pk)


def _board_s(pk):
    return get_object_or_404(AgreedAction.objects.with_names(), pk=pk)


def _verb(request, action, form_class, act, *, heading, button, said):
    """The page of a verb: done at once, or shown again with everything typed and what stands in the way."""
    can_be_done = action.can_be_reopened if act is actions.reopen_action else action.is_open
    if request.method == "GET" and not can_be_done:
        messages.info(request, f"This action is {action.get_status_display().lower()}, so this cannot be done now.")
        return redirect("plan:action-detail", pk=action.pk)
    form = form_class(posted(request), action=action)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act(action=action, **form.cleaned_data, kept=form.kept, by=request.user)
        except (StaleSave, WrongState) as error:
            form, status = _refused(request, action, form_class, error), 409
        else:
            messages.success(request, said)
            return redirect("plan:action-detail", pk=action.pk)
    context = {"action": action, "form": form, "heading": heading, "button": button}
    return render(request, "priorities/agreed_action_verb.html", context, status=status)


def _refused(request, action, form_class, error):
    """The form with all that was typed, and why it is refused."""
    form = form_class(posted_on_top(request, action), action=action)
    form.add_error(None, str(error))
    return form
