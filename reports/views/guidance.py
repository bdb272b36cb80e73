"""The editions of the statutory guidance and what they ask for."""

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, made, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reports import actions
from reports.models import AnnualReport, Guidance, StatutoryItem
from reports.statutory_forms import GuidanceForm, StatutoryItemForm


@require_safe
@requires(Permission.REPORT_READ)
def guidance_list(request):
    reports = AnnualReport.objects.visible_to(request.user).select_related("period")
    asked = Count("items", filter=Q(items__withdrawn_at=None))
    editions = (
        Guidance.objects.annotate(asked=asked).order_by("-starts_on").prefetch_related(Prefetch("reports", reports))
    )
    return render(request, "reports/guidance_list.html", {"editions": editions})


@require_safe
@requires(Permission.REPORT_READ)
def guidance_export(request, kind):
    return table_response(
        kind,
        title="What the statutory guidance asks of a yearly report",
        headings=(
            "Edition",
            "Confirmed",
            "Code",
            "Item",
            "What the report is to contain",
            "Duty",
            "Source",
            "Withdrawn",
        ),
        rows=(
            [
                item.guidance.title,
                "Yes" if item.guidance.is_confirmed else "To be confirmed",
                item.code,
                item.title,
                item.text,
                item.get_duty_display(),
                item.source,
                "Yes" if item.withdrawn_at else "No",
            ]
            for item in StatutoryItem.objects.select_related("guidance").order_by("-guidance__starts_on", "order", "pk")
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def guidance_detail(request, pk):
    guidance = get_object_or_404(Guidance, pk=pk)
    items = guidance.items.select_related("withdrawn_by")
    context = {
        "guidance": guidance,
        "items": [item for item in items if not item.withdrawn_at],
        "withdrawn": [item for item in items if item.withdrawn_at],
    }
    return render(request, "reports/guidance_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def guidance_add(request):
    form = GuidanceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['title']} is added. Say now what it asks for."
        if guidance := made(request, form, said, actions.add_guidance, **form.said):
            return redirect("reports:guidance-detail", pk=guidance.pk)
    return render(request, "reports/guidance_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def guidance_change(request, pk):
    guidance = get_object_or_404(Guidance, pk=pk)
    form = GuidanceForm(posted(request), guidance=guidance)
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['title']} is changed."
        if is_done(request, form, said, actions.change_guidance, guidance=guidance, **form.said):
            return redirect("reports:guidance-detail", pk=pk)
    return render(request, "reports/guidance_change.html", {"guidance": guidance, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def statutory_item_add(request, pk):
    guidance = get_object_or_404(Guidance, pk=pk)
    form = StatutoryItemForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['code']} is added."
        item = made(request, form, said, actions.add_statutory_item, guidance=guidance, **form.cleaned_data)
        if item:
            return redirect(_place_of(item))
    return render(request, "reports/statutory_item_add.html", {"guidance": guidance, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def statutory_item_change(request, pk):
    item = _item(pk)
    form = StatutoryItemForm(posted(request), item=item)
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['code']} is changed."
        if is_done(request, form, said, actions.change_statutory_item, item=item, **form.cleaned_data):
            return redirect(_place_of(item))
    context = {"item": item, "form": form, "is_answered": item.answers.exists()}
    return render(request, "reports/statutory_item_change.html", context)


@require_POST
@requires(Permission.REPORT_ARRANGE)
def statutory_item_remove(request, pk):
    return _do(request, _item(pk), "{} is removed.", actions.remove_statutory_item)


@require_POST
@requires(Permission.REPORT_ARRANGE)
def statutory_item_withdraw(request, pk):
    return _do(
        request, _item(pk), "{} is withdrawn. Reports are no longer asked for it.", actions.withdraw_statutory_item
    )


@require_POST
@requires(Permission.REPORT_ARRANGE)
def statutory_item_put_back(request, pk):
    return _do(request, _item(pk), "{} is asked for again.", actions.put_back_statutory_item)


def _item(pk):
    return get_object_or_404(StatutoryItem.objects.select_related("guidance"), pk=pk)


def _do(request, item, said, act):
    then = ("reports:guidance-detail", item.guidance_id)
    return do_and_say(request, said.format(item), act, then=then, item=item)


def _place_of(item):
    return f"{reverse('reports:guidance-detail', args=[item.guidance_id])}#item-{item.pk}"
