"""The record of changes."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires

EVENTS_ON_A_PAGE = 50


@require_safe
@requires(Permission.AUDIT_READ)
def change_list(request):
    page = Paginator(AuditEvent.objects.all(), EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "partnership/change_list.html", {"page": page})


@require_safe
@requires(Permission.AUDIT_READ)
def change_export(request, kind):
    """Every change, not only those of one page."""
    return table_response(
        kind,
        title="Record of changes",
        headings=("When", "Who", "What", "Of what", "Detail"),
        rows=(_row(event) for event in AuditEvent.objects.iterator()),
    )


def _row(event):
    at = timezone.localtime(event.at)
    return [f"{at:%Y-%m-%d %H:%M}", event.by_label, event.verb, event.target_label, event.detail]
