"""What the board team does to measures: definitions, values, targets, ratings, and small numbers shown by agreement."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done
from partnership.models import ReportingPeriod
from partnership.permissions import requires
from priorities import actions
from priorities.choices import DisclosureRule
from priorities.forms.measures import ExceptionForm, MeasureForm, ValueEntryForm
from priorities.forms.targets import RatingForm, TargetForm
from priorities.models import Measure, MeasureRating, MeasureValue, Target
from reports.queries import known_calculations


@require_http_methods(["GET", "POST"])
@requires(Permission.MEASURE_MANAGE)
def measure_define(request):
    form = MeasureForm(request.POST or None, calculations=known_calculations())
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        rule = fields.pop("disclosure")
        measure = actions.define_measure(**fields, disclosure=rule, by=request.user)
        messages.success(request, f"{measure} is defined. Enter its values, or let an agency report on it.")
        return redirect("reports:measure-detail", code=measure.code)
    return render(request, "reports/measure_define.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.MEASURE_MANAGE)
def measure_change(request, code):
    measure = get_object_or_404(Measure, code=code)
    form = MeasureForm(request.POST or None, calculations=known_calculations(), measure=measure)
    if request.method == "POST" and form.is_valid():
        said = "The definition is changed."
        if is_done(request, form, said, actions.change_measure, measure=measure, **form.cleaned_data):
            return _back(measure)
    return render(request, "reports/measure_change.html", {"form": form, "measure": measure})


@require_http_methods(["GET", "POST"])
@requires(Permission.MEASURE_MANAGE)
def value_record(request, code):
    measure = _returned(code)
    form = ValueEntryForm(request.POST or None, measure=measure, initial={"period": _period(request)})
    if request.method == "POST" and form.is_valid():
        value = actions.record_value(
            measure=measure, period=form.cleaned_data["period"], **form.entered, kept=form.kept, by=request.user
        )
        return _done(request, measure, f"The value for {value.period} is in force.")
    return render(request, "reports/value_record.html", {"form": form, "measure": measure})


@require_http_methods(["GET", "POST"])
@requires(Permission.MEASURE_MANAGE)
def value_correct(request, pk):
    settled = MeasureValue.objects.settled().select_related("measure", "period")
    value = get_object_or_404(settled, pk=pk)
    initial = {name: getattr(value, name) for name in ("qualifier", "source", "as_at", "note")}
    form = ValueEntryForm(request.POST or None, measure=value.measure, value=value, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = f"The value for {value.period} is corrected. The earlier one is kept as history."
        if is_done(request, form, said, actions.correct_value, value=value, **form.entered, kept=form.kept):
            return _back(value.measure)
    return render(request, "reports/value_correct.html", {"form": form, "measure": value.measure, "value": value})


@require_http_methods(["GET", "POST"])
@requires(Permission.MEASURE_MANAGE)
def target_set(request, code):
    measure = get_object_or_404(Measure, code=code)
    period = _period(request)
    before = period and Target.objects.filter(measure=measure, period=period).first()
    form = TargetForm(request.POST or None, measure=measure, initial=_initial(period, before, TARGET_FIELDS))
    if request.method == "POST" and form.is_valid():
        target = actions.set_target(measure=measure, **form.cleaned_data, kept=form.kept, by=request.user)
        return _done(request, measure, f"The target for {target.period} is set.")
    return render(request, "reports/target_set.html", {"form": form, "measure": measure, "target": before})


@require_POST
@requires(Permission.MEASURE_MANAGE)
def target_remove(request, pk):
    target = get_object_or_404(Target.objects.select_related("measure", "period"), pk=pk)
    actions.remove_target(target=target, by=request.user)
    return _done(request, target.measure, f"There is no target for {target.period} any more.")


@require_http_methods(["GET", "POST"])
@requires(Permission.MEASURE_MANAGE)
def measure_rate(request, code):
    measure = get_object_or_404(Measure, code=code)
    period = _period(request)
    before = period and MeasureRating.objects.filter(measure=measure, period=period).first()
    form = RatingForm(request.POST or None, initial=_initial(period, before, ("rag", "reason")))
    if request.method == "POST" and form.is_valid():
        rating = actions.rate_measure(measure=measure, **form.cleaned_data, kept=form.kept, by=request.user)
        return _done(request, measure, f"Your judgement for {rating.period} is kept.")
    return render(request, "reports/measure_rate.html", {"form": form, "measure": measure, "rating": before})


@require_POST
@requires(Permission.MEASURE_MANAGE)
def rating_remove(request, pk):
    rating = get_object_or_404(MeasureRating.objects.select_related("measure", "period"), pk=pk)
    actions.remove_rating(rating=rating, by=request.user)
    return _done(request, rating.measure, f"The judgement for {rating.period} is removed.")


@require_http_methods(["GET", "POST"])
@requires(Permission.MEASURE_MANAGE)
def exception_propose(request, code):
    measure = get_object_or_404(Measure, code=code, disclosure=DisclosureRule.SUPPRESS_SMALL)
    form = ExceptionForm(request.POST or None, initial={"reason": measure.disclosure_reason})
    if request.method == "POST" and form.is_valid():
        said = "Proposed. Small numbers stay hidden until a second person agrees."
        if is_done(
            request, form, said, actions.propose_exception, measure=measure, **form.cleaned_data, kept=form.kept
        ):
            return _back(measure)
    return render(request, "reports/exception_propose.html", {"form": form, "measure": measure})


@require_POST
@requires(Permission.MEASURE_MANAGE)
def exception_agree(request, code):
    return _decide(request, code, actions.agree_exception, "Agreed. Small numbers of this measure are shown.")


@require_POST
@requires(Permission.MEASURE_MANAGE)
def exception_drop(request, code):
    return _decide(request, code, actions.drop_exception, "Small numbers of this measure are hidden.")


TARGET_FIELDS = ("number", "tolerance", "tolerance_kind", "note")


def _initial(period, before, fields):
    """What the form opens with: the period asked for, and what was said for it before."""
    said = {name: getattr(before, name) for name in fields} if before else {}
    return {"period": period} | {name: _as_typed(value) for name, value in said.items()}


def _as_typed(value):
    """A number as somebody would type it, without the noughts that the database adds."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


def _returned(code):
    """A measure whose values are entered; what is counted from records is not."""
    return get_object_or_404(Measure.objects.select_related("area"), code=code, calculation="")


def _period(request):
    return ReportingPeriod.objects.filter(code=request.GET.get("period", "").replace("\0", "")).first()


def _decide(request, code, act, said):
    measure = get_object_or_404(Measure, code=code)
    return do_and_say(request, said, act, then=("reports:measure-detail", code), measure=measure)


def _done(request, measure, said):
    messages.success(request, said)
    return _back(measure)


def _back(measure):
    return redirect("reports:measure-detail", code=measure.code)
