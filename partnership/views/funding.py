"""What the partnership is given in a year and what it spends."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import actions
from partnership.choices import PeriodKind, Permission
from partnership.doing import do_and_say, is_done, posted
from partnership.downloads import table_response
from partnership.forms.funding import ContributionForm, CostForm
from partnership.models import Contribution, Cost, ReportingPeriod
from partnership.permissions import requires
from partnership.queries import funding_of, year_of_last_money
from partnership.views.years import year_chosen


@require_safe
@requires(Permission.REPORT_READ)
def funding_detail(request):
    period, years = _year(request)
    context = {
        "period": period,
        "years": years,
        "year_asked": period.code if period and "year" in request.GET else "",
        "funding": funding_of(period) if period else None,
        "can_change": bool(period) and not period.closed_at and request.user.may(Permission.FUNDING_MANAGE),
    }
    return render(request, "partnership/funding_detail.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def contribution_export(request, kind):
    period, _ = _year(request)
    return table_response(
        kind,
        title=f"Contributions {period.code}" if period else "Contributions",
        headings=("Year", "Agency", "Kind", "Amount in pounds", "What is given"),
        rows=(
            [period.label, each.agency.name, each.get_kind_display(), each.amount, each.words]
            for each in (funding_of(period).contributions if period else ())
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def cost_export(request, kind):
    period, _ = _year(request)
    return table_response(
        kind,
        title=f"Costs {period.code}" if period else "Costs",
        headings=("Year", "Heading", "Amount in pounds", "What for"),
        rows=(
            [period.label, each.get_heading_display(), each.amount, each.words]
            for each in (funding_of(period).costs if period else ())
        ),
    )


def _year(request):
    return year_chosen(request, otherwise=year_of_last_money())


@require_http_methods(["GET", "POST"])
@requires(Permission.FUNDING_MANAGE)
def contribution_record(request, year):
    period = _period(year)
    form = ContributionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {"period": period, **form.fields_of_line}
        if is_done(request, form, "The contribution is recorded.", actions.record_contribution, **fields):
            return redirect(_address(period))
    return _form_page(request, form, period, heading="Add a contribution", button="Add the contribution")


@require_http_methods(["GET", "POST"])
@requires(Permission.FUNDING_MANAGE)
def contribution_change(request, pk):
    contribution = _contribution(pk)
    form = ContributionForm(posted(request), contribution=contribution)
    if request.method == "POST" and form.is_valid():
        fields = {"contribution": contribution, "version": form.cleaned_data["version"], **form.fields_of_line}
        if is_done(request, form, "The contribution is corrected.", actions.change_contribution, **fields):
            return redirect(_address(contribution.period))
    remove_url = reverse("partnership:contribution-remove", args=[pk])
    return _form_page(request, form, contribution.period, heading="Correct a contribution", remove_url=remove_url)


@require_POST
@requires(Permission.FUNDING_MANAGE)
def contribution_remove(request, pk):
    contribution = _contribution(pk)
    said, then = "The contribution is removed.", (_address(contribution.period),)
    return do_and_say(request, said, actions.remove_contribution, then=then, contribution=contribution)


@require_http_methods(["GET", "POST"])
@requires(Permission.FUNDING_MANAGE)
def cost_record(request, year):
    period = _period(year)
    form = CostForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {"period": period, **form.fields_of_line}
        if is_done(request, form, "The cost is recorded.", actions.record_cost, **fields):
            return redirect(_address(period))
    return _form_page(request, form, period, heading="Add a cost", button="Add the cost")


@require_http_methods(["GET", "POST"])
@requires(Permission.FUNDING_MANAGE)
def cost_change(request, pk):
    cost = _cost(pk)
    form = CostForm(posted(request), cost=cost)
    if request.method == "POST" and form.is_valid():
        fields = {"cost": cost, "version": form.cleaned_data["version"], **form.fields_of_line}
        if is_done(request, form, "The cost is corrected.", actions.change_cost, **fields):
            return redirect(_address(cost.period))
    remove_url = reverse("partnership:cost-remove", args=[pk])
    return _form_page(request, form, cost.period, heading="Correct a cost", remove_url=remove_url)


@require_POST
@requires(Permission.FUNDING_MANAGE)
def cost_remove(request, pk):
    cost = _cost(pk)
    said, then = "The cost is removed.", (_address(cost.period),)
    return do_and_say(request, said, actions.remove_cost, then=then, cost=cost)


def _form_page(request, form, period, *, heading, button="Save", remove_url=""):
    context = {
        "form": form,
        "period": period,
        "heading": heading,
        "button": button,
        "remove_url": remove_url,
        "back_url": _address(period),
    }
    return render(request, "partnership/funding_form.html", context)


def _period(code):
    return get_object_or_404(ReportingPeriod, code=code, kind=PeriodKind.FINANCIAL_YEAR)


def _contribution(pk):
    return get_object_or_404(Contribution.objects.select_related("period", "agency"), pk=pk)


def _cost(pk):
    return get_object_or_404(Cost.objects.select_related("period"), pk=pk)


def _address(period):
    return f"{reverse('partnership:funding-detail')}?year={period.code}"
