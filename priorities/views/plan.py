"""The business plan: its priorities, their objectives and what success looks like."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, posted
from partnership.models import AuditEvent, ReportingPeriod
from partnership.permissions import requires
from priorities import actions
from priorities.choices import PriorityKind
from priorities.forms.plan import ObjectiveForm, PlanForm, PriorityForm, SuccessMeasureForm
from priorities.models import (
    AgreedAction,
    BusinessPlan,
    Objective,
    Priority,
    QuarterlyUpdate,
    ReportingDuty,
    SuccessMeasure,
)
from priorities.progress import plan_progress, tally
from priorities.queries import figure_book

MOST_UPDATES = 6


@require_safe
@requires(Permission.REPORT_READ)
def plan_current(request):
    plan = BusinessPlan.objects.current(timezone.localdate())
    if plan is None:
        return render(request, "priorities/plan_none.html")
    return _plan_page(request, plan)


@require_safe
@requires(Permission.REPORT_READ)
def plan_detail(request, pk):
    return _plan_page(request, get_object_or_404(BusinessPlan, pk=pk))


def _plan_page(request, plan):
    context = {
        "progress": plan_progress(plan, timezone.localdate()),
        "others": BusinessPlan.objects.exclude(pk=plan.pk),
    }
    return render(request, "priorities/plan_detail.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def priority_detail(request, pk):
    priority = get_object_or_404(Priority.objects.select_related("plan", "sponsor", "ended_by"), pk=pk)
    objectives = list(
        priority.objectives.prefetch_related(
            Prefetch("success_measures", SuccessMeasure.objects.select_related("measure"))
        )
    )
    found = AgreedAction.objects.visible_to(request.user).under(priority).with_names()
    agreed = list(found.by_attention(timezone.localdate()))
    figures = _latest_figures(objectives)
    updates = QuarterlyUpdate.objects.visible_to(request.user).with_names().filter(priority=priority)
    context = {
        "priority": priority,
        "is_theme": priority.kind == PriorityKind.CROSS_CUTTING,
        "objectives": [_objective(each, agreed, figures) for each in objectives if not each.has_ended],
        "ended": [each for each in objectives if each.has_ended],
        "tally": tally(agreed),
        "others": [action for action in agreed if action.is_open and not _is_under(action, objectives)],
        "closed": [action for action in agreed if not action.is_open],
        "duties": ReportingDuty.objects.in_force().with_names().filter(priority=priority),
        "updates": updates.order_by("-round__due_on", "agency__name")[:MOST_UPDATES],
        "events": AuditEvent.objects.filter(target_model="priorities.priority", target_id=pk),
    }
    return render(request, "priorities/plan_priority_detail.html", context)


def _objective(objective, agreed, figures):
    """An objective with what success looks like, each with its measure's latest figure, and the open actions."""
    parts = list(objective.success_measures.all())
    return {
        "objective": objective,
        "success_measures": [
            {"part": part, "figure": figures.get(part.measure.code) if part.measure else None}
            for part in parts
            if not part.has_ended
        ],
        "ended": [part for part in parts if part.has_ended],
        "actions": [action for action in agreed if action.is_open and action.objective_id == objective.pk],
    }


def _is_under(action, objectives):
    """Whether an action is listed with its objective: one that has ended lists nothing."""
    return action.objective_id in [each.pk for each in objectives if not each.has_ended]


def _latest_figures(objectives):
    """The latest figure of each measure of success, by the measure's code, as everywhere else."""
    codes = {part.measure.code for each in objectives for part in each.success_measures.all() if part.measure}
    if not codes:
        return {}
    book = figure_book(computed={}, periods=list(ReportingPeriod.objects.all()), codes=codes)
    entries = {code: book.entries(code) for code in codes}
    return {code: found[-1] for code, found in entries.items() if found}


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def plan_add(request):
    form = PlanForm(posted(request))
    if request.method == "POST" and form.is_valid():
        plan = actions.add_plan(**form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, f"{plan} is added. Add its priorities next.")
        return redirect("plan:plan-detail", pk=plan.pk)
    return _form_page(request, form, "Add a business plan", "Add the plan", back=("Business plan", "plan:plan-current"))


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def plan_change(request, pk):
    plan = get_object_or_404(BusinessPlan, pk=pk)
    form = PlanForm(posted(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        actions.change_plan(plan=plan, **form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, "The plan is changed.")
        return redirect("plan:plan-detail", pk=pk)
    return _form_page(request, form, "Change the plan", "Save", back=(plan, "plan:plan-detail", pk))


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def priority_add(request, pk):
    plan = get_object_or_404(BusinessPlan, pk=pk)
    form = PriorityForm(posted(request), initial={"order": plan.priorities.count() + 1})
    if request.method == "POST" and form.is_valid():
        priority = actions.add_priority(plan=plan, **form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, f"{priority} is added. Say next what it sets out to achieve.")
        return redirect("plan:priority-detail", pk=priority.pk)
    return _form_page(request, form, "Add a priority", "Add the priority", back=(plan, "plan:plan-detail", pk))


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def priority_change(request, pk):
    priority = get_object_or_404(Priority.objects.in_force(), pk=pk)
    form = PriorityForm(posted(request), priority=priority)
    if request.method == "POST" and form.is_valid():
        said = "The priority is changed."
        return _do(
            request, priority, said, actions.change_priority, priority=priority, **form.cleaned_data, kept=form.kept
        )
    return _form_page(request, form, "Change the priority", "Save", back=_to(priority))


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def objective_add(request, pk):
    priority = get_object_or_404(Priority.objects.in_force(), pk=pk)
    form = ObjectiveForm(posted(request), initial={"order": priority.objectives.count() + 1})
    if request.method == "POST" and form.is_valid():
        actions.add_objective(priority=priority, **form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, "The objective is added. Say next what success looks like.")
        return redirect("plan:priority-detail", pk=pk)
    return _form_page(request, form, "Add an objective", "Add the objective", back=_to(priority))


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def objective_change(request, pk):
    objective = get_object_or_404(Objective.objects.in_force().select_related("priority"), pk=pk)
    form = ObjectiveForm(posted(request), objective=objective)
    if request.method == "POST" and form.is_valid():
        act, said = actions.change_objective, "The objective is changed."
        return _do(request, objective.priority, said, act, objective=objective, **form.cleaned_data, kept=form.kept)
    return _form_page(request, form, "Change the objective", "Save", back=_to(objective.priority))


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def success_measure_add(request, pk):
    objective = get_object_or_404(Objective.objects.in_force().select_related("priority"), pk=pk)
    form = SuccessMeasureForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.add_success_measure(objective=objective, **form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, "What success looks like is added.")
        return redirect("plan:priority-detail", pk=objective.priority_id)
    heading = "Add what success looks like"
    return _form_page(request, form, heading, "Add it", back=_to(objective.priority), caption=objective)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MANAGE)
def success_measure_change(request, pk):
    parts = SuccessMeasure.objects.in_force().select_related("objective__priority")
    success = get_object_or_404(parts, pk=pk)
    priority = success.objective.priority
    form = SuccessMeasureForm(posted(request), success_measure=success)
    if request.method == "POST" and form.is_valid():
        act, said = actions.change_success_measure, "What success looks like is changed."
        return _do(request, priority, said, act, success_measure=success, **form.cleaned_data, kept=form.kept)
    return _form_page(
        request, form, "Change what success looks like", "Save", back=_to(priority), caption=success.objective
    )


PARTS = {"priority": Priority, "objective": Objective, "success-measure": SuccessMeasure}


@require_POST
@requires(Permission.PLAN_MANAGE)
def part_end(request, noun, pk):
    part = _part(noun, pk)
    return _do(
        request, _priority_of(part), f"“{part}” has ended. What was said of it stays.", actions.end_part, part=part
    )


@require_POST
@requires(Permission.PLAN_MANAGE)
def part_resume(request, noun, pk):
    part = _part(noun, pk)
    return _do(request, _priority_of(part), f"“{part}” is in force again.", actions.resume_part, part=part)


def _part(noun, pk):
    if noun not in PARTS:
        raise Http404
    return get_object_or_404(PARTS[noun], pk=pk)


def _priority_of(part):
    match part:
        case Objective():
            return part.priority
        case SuccessMeasure():
            return part.objective.priority
    return part


def _to(priority):
    return priority, "plan:priority-detail", priority.pk


def _form_page(request, form, heading, button, *, back, caption=""):
    words, name, *args = back
    context = {
        "form": form,
        "heading": heading,
        "caption": caption,
        "button": button,
        "back_text": words,
        "back_url": reverse(name, args=args),
    }
    return render(request, "pages/form.html", context)


def _do(request, at, said, act, /, **arguments):
    return do_and_say(request, said, act, then=("plan:priority-detail", at.pk), **arguments)
