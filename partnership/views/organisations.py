"""Who takes part: agencies, groups, and the authorities that ours is held against."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership import actions
from partnership.choices import Permission
from partnership.doing import posted
from partnership.downloads import table_response
from partnership.forms.neighbours import NeighboursForm
from partnership.models import Agency, Group, Partnership, Seat, StatisticalNeighbour
from partnership.permissions import requires


@require_safe
@requires(Permission.REPORT_READ)
def partnership_detail(request):
    context = {"agencies": _agencies(), "groups": _groups(), "neighbours": StatisticalNeighbour.objects.all()}
    return render(request, "partnership/partnership_detail.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def agency_export(request, kind):
    return table_response(
        kind,
        title="Agencies",
        headings=("Agency", "Short name", "Kind", "Area"),
        rows=(
            [agency.name, agency.short_name, agency.get_kind_display(), agency.area.name if agency.area else ""]
            for agency in _agencies()
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def group_export(request, kind):
    return table_response(
        kind,
        title="Groups",
        headings=("Group", "Kind", "Meets", "Reports to", "Purpose", "Members"),
        rows=(_group_row(group) for group in _groups()),
    )


def _agencies():
    return Agency.objects.select_related("area")


def _groups():
    seats = Seat.objects.on(timezone.localdate()).select_related("agency")
    return Group.objects.select_related("reports_to").prefetch_related(Prefetch("seats", seats, to_attr="seats_now"))


def _group_row(group):
    return [
        group.name,
        group.get_kind_display(),
        group.cadence,
        group.reports_to.name if group.reports_to else "",
        group.purpose,
        "; ".join(seat.agency.short_name for seat in group.seats_now),
    ]


@require_safe
@requires(Permission.REPORT_READ)
def neighbour_export(request, kind):
    return table_response(
        kind,
        title="Statistical neighbours",
        headings=("Local authority", "ONS code"),
        rows=([neighbour.name, neighbour.ons_code] for neighbour in StatisticalNeighbour.objects.all()),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.NEIGHBOURS_SET)
def neighbours_set(request):
    partnership = Partnership.objects.select_related("area").first()
    listed = "\n".join(f"{each.name}, {each.ons_code}" for each in StatisticalNeighbour.objects.all())
    form = NeighboursForm(
        posted(request),
        area=partnership.area if partnership else None,
        initial={"neighbours": listed},
    )
    if request.method == "POST" and form.is_valid():
        actions.set_neighbours(neighbours=form.cleaned_data["neighbours"], by=request.user)
        messages.success(request, "The list of statistical neighbours is changed. Imports compare with it from now on.")
        return redirect("partnership:partnership-detail")
    return render(request, "partnership/neighbours_set.html", {"form": form})
