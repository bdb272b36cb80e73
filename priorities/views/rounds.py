from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership.actions import add_period
from partnership.choices import Permission
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from priorities import actions, rounds
from priorities.choices import OPEN_STATUSES, UpdateStatus
from priorities.forms.rounds import DueDateForm, RoundForm, YearFilterForm
from priorities.grid import round_grid
from priorities.models import ReportingDuty, UpdateRound
from priorities.year_grid import year_grid, year_of, years_of, years_with_rounds


@require_safe
@requires(Permission.UPDATE_READ_ALL)
def round_list(request):
    found = list(_counted())
    context = {"rounds": found, "years": years_of(round.period.ends_on for round in found)}
    return render(request, "priorities/round_list.html", context)


@require_safe
@requires(Permission.UPDATE_READ_ALL)
def round_export(request, kind):
    return table_response(
        kind,
        title="Rounds of updates",
        headings=("Round", "Period", "Opens on", "Due on", "Asked for", "With agencies", "To be read", "Accepted"),
        rows=(
            [
                round.title,
                round.period.label,
                round.opens_on,
                round.due_on,
                round.asked,
                round.with_agencies,
                round.to_read,
                round.accepted,
            ]
            for round in _counted()
        ),
    )


def _counted():
    rounds = UpdateRound.objects.select_related("period").order_by(
        "-due_on"
    )  # a count leaves out the model's own order
    return rounds.annotate(
        asked=Count("updates"),
        with_agencies=Count("updates", filter=Q(updates__status__in=OPEN_STATUSES)),
        to_read=Count("updates", filter=Q(updates__status=UpdateStatus.SUBMITTED)),
        accepted=Count("updates", filter=Q(updates__status=UpdateStatus.ACCEPTED)),
    )


@require_safe
@requires(Permission.UPDATE_READ_ALL)
def round_detail(request, pk):
    round = get_object_or_404(UpdateRound.objects.select_related("period"), pk=pk)
    is_to_come = round.opens_on > timezone.localdate()
    context = {
        "round": round,
        "grid": round_grid(round, user=request.user),
        "unevidenced_count": round.updates.visible_to(request.user).without_impact_evidence().count(),
        "year": year_of(round.period.ends_on),
        "is_to_come": is_to_come,
        "duties": ReportingDuty.objects.in_force().with_names() if is_to_come else (),
        "others": UpdateRound.objects.exclude(pk=pk).order_by("-due_on")[:4],
        "events": AuditEvent.objects.filter(target_model="priorities.updateround", target_id=pk),
    }
    return render(request, "priorities/round_detail.html", context)


@require_safe
@requires(Permission.UPDATE_READ_ALL)
def round_year(request, code):
    whole = year_grid(code, user=request.user)
    if whole is None:
        raise Http404("There are no rounds in this year.")
    form = YearFilterForm(request.GET or None, agencies=whole.agencies, priorities=whole.priorities)
    context = {"whole": whole, "grid": whole.only(**form.chosen), "form": form, "years": years_with_rounds()}
    return render(request, "priorities/round_year.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def round_open(request):
    form = RoundForm(request.POST or None, initial={"opens_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        round = _opened(form, by=request.user)
        if round.opens_on > timezone.localdate():
            messages.success(request, f"{round} opens on its opening day. The portal asks the agencies then.")
        else:
            asked = round.updates.count()
            messages.success(request, f"{round} is open. {asked} update{'' if asked == 1 else 's'} asked for.")
        return redirect("priorities:round-detail", pk=round.pk)
    duties = ReportingDuty.objects.in_force().count()
    return render(request, "priorities/round_open.html", {"form": form, "duty_count": duties})


@transaction.atomic
def _opened(form, *, by):
    data = form.cleaned_data
    period = data["period"] or add_period(
        code=form.period_code,
        label=data["label"],
        kind=form.period_kind,
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        by=by,
    )
    return actions.open_round(
        title=data["title"], period=period, opens_on=data["opens_on"], due_on=data["due_on"], kept=form.kept, by=by
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def round_change_due_date(request, pk):
    round = get_object_or_404(UpdateRound, pk=pk)
    form = DueDateForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        rounds.change_due_date(round=round, **form.cleaned_data, kept=form.kept, by=request.user)
        messages.success(request, "The due date is changed.")
        return redirect("priorities:round-detail", pk=pk)
    return render(request, "priorities/round_change_due_date.html", {"round": round, "form": form})
