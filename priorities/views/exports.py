"""Quarterly updates as files."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.spreadsheets import CONTENT_TYPES, write_table
from priorities.models import QuarterlyUpdate
from priorities.queries import RequestedValue

HEADINGS = (
    "Priority",
    "Agency",
    "Round",
    "Period",
    "Due on",
    "State",
    "Rating",
    *(QuarterlyUpdate.question(name).capitalize() for name in ("rag_reason", *QuarterlyUpdate.TEXTS)),
    "Figures",
    "Submitted on",
    "Submitted by",
)


@require_safe
@requires(Permission.REPORT_READ)
def update_export(request, kind):
    """The updates that the list shows, a line for each."""
    if kind not in CONTENT_TYPES:
        raise Http404
    updates = (
        QuarterlyUpdate.objects.visible_to(request.user)
        .with_names()
        .select_related("submitted_by")
        .prefetch_related("requested_measures__measure", "requested_measures__period", "values")
    )
    content = write_table(
        kind, title="Updates", headings=HEADINGS, rows=[_row(update, request.user) for update in updates]
    )
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="updates.{kind}"'},
    )


def _row(update, user):
    return [
        update.priority.title,
        update.agency.name,
        update.round.title,
        update.round.period.label,
        update.round.due_on,
        update.get_status_display(),
        update.get_rag_display(),
        update.rag_reason,
        *(getattr(update, name) for name in QuarterlyUpdate.TEXTS),
        _figures(update, user),
        timezone.localdate(update.submitted_at) if update.submitted_at else None,
        update.submitted_by.name if update.submitted_by else "",
    ]


def _figures(update, user):
    """Each figure in words; small numbers only for the agency itself and the board team, as on the update's page."""
    is_own = update.agency_id in user.agency_ids_where(Permission.UPDATE_READ_OWN)
    is_in_full = is_own or user.may(Permission.UPDATE_DECIDE)
    values = {(value.measure_id, value.period_id): value for value in update.values.all()}
    rows = [
        RequestedValue(
            requested=requested,
            value=values.get((requested.measure_id, requested.period_id)),
            in_force=None,
            is_in_full=is_in_full,
            is_in_force_in_full=False,
        )
        for requested in update.requested_measures.all()
    ]
    return "; ".join(f"{row.requested}: {row.value_text or 'not answered yet'}" for row in rows)
