from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
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


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def duty_add(request):
    data = request.POST if request.method == "POST" else None
    form, measures = DutyForm(data), DutyMeasures(data, prefix="measures")
    if request.method == "POST" and form.is_valid() & measures.is_valid():
        duty = rounds.add_duty(**form.cleaned_data, measures=measures.measures, by=request.user)
        messages.success(request, f"{duty}: the next round that opens asks for it.")
        return redirect("priorities:duty-list")
    return render(request, "priorities/duty_add.html", {"form": form, "measures": measures})


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def duty_change(request, pk):
    duty = get_object_or_404(ReportingDuty.objects.with_names().in_force(), pk=pk)
    initial = [{"measure": each.measure_id, "period": each.period_id} for each in duty.duty_measures.all()]
    measures = DutyMeasures(request.POST if request.method == "POST" else None, prefix="measures", initial=initial)
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
    """Do it and say so, or say why it cannot be done (any more)."""
    try:
        act(**arguments, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("priorities:duty-list")
