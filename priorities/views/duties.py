from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from partnership.states import WrongState
from priorities import rounds
from priorities.forms.duties import DutyForm, DutyMeasures
from priorities.models import ReportingDuty


@require_safe
@requires(Permission.ROUND_MANAGE)
def duty_list(request):
    duties = ReportingDuty.objects.with_names()
    return render(request, "priorities/duty_list.html", {"in_force": duties.in_force(), "ended": duties.ended()})


@require_safe
@requires(Permission.ROUND_MANAGE)
def duty_export(request, kind):
    """The duties in force, then those that have ended."""
    duties = ReportingDuty.objects.with_names()
    return table_response(
        kind,
        title="Who reports on what",
        headings=("Agency", "Reports on", "With these measures", "Ended on", "Ended by"),
        rows=(_row(duty) for found in (duties.in_force(), duties.ended()) for duty in found),
    )


def _row(duty):
    return [
        duty.agency.name,
        duty.priority.title,
        "; ".join(
            f"{each.measure}, {each.period}" if each.period else str(each.measure) for each in duty.duty_measures.all()
        ),
        timezone.localdate(duty.ended_at) if duty.ended_at else None,
        duty.ended_by.name if duty.ended_by else "",
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def duty_add(request):
    data = posted(request)
    form, measures = DutyForm(data), DutyMeasures(data, prefix="measures")
    if request.method == "POST" and form.is_valid() & measures.is_valid():
        try:
            duty = rounds.add_duty(**form.cleaned_data, measures=measures.measures, by=request.user)
        except WrongState as error:
            form.add_error("priority", str(error))
        else:
            messages.success(request, f"{duty}: the next round that opens asks for it.")
            return redirect("priorities:duty-list")
    return render(request, "priorities/duty_add.html", {"form": form, "measures": measures})


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def duty_change(request, pk):
    duty = get_object_or_404(ReportingDuty.objects.with_names().in_force(), pk=pk)
    initial = [{"measure": each.measure_id, "period": each.period_id} for each in duty.duty_measures.all()]
    measures = DutyMeasures(posted(request), prefix="measures", initial=initial)
    if request.method == "POST" and measures.is_valid():
        said = f"{duty}: changed from the next round on."
        return _do(request, said, rounds.change_duty, duty=duty, measures=measures.measures)
    return render(request, "priorities/duty_change.html", {"duty": duty, "measures": measures})


@require_POST
@requires(Permission.ROUND_MANAGE)
def duty_end(request, pk):
    duty = get_object_or_404(ReportingDuty.objects.with_names(), pk=pk)
    return _do(request, f"{duty}: the next round does not ask for it.", rounds.end_duty, duty=duty)


def _do(request, said, act, **arguments):
    return do_and_say(request, said, act, then=("priorities:duty-list",), **arguments)
