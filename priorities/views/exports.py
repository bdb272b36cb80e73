"""Quarterly updates as files."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.downloads import table_response
from partnership.permissions import requires
from priorities.asked import questions_with_answers
from priorities.choices import Topic
from priorities.models import QuarterlyUpdate
from priorities.queries import RequestedValue

TOPICS = [topic for topic in Topic if topic != Topic.OTHER]
HEADINGS = (
    "Priority",
    "Agency",
    "Round",
    "Period",
    "Due on",
    "State",
    "Rating",
    "Reason for the rating",
    *(topic.label for topic in TOPICS),
    "Further answers",
    "How the impact is known",
    "Figures",
    "Submitted on",
    "Submitted by",
    "Approved by",
)


@require_safe
@requires(Permission.REPORT_READ)
def update_export(request, kind):
    """The updates that the list shows, a line for each."""
    updates = (
        QuarterlyUpdate.objects.visible_to(request.user)
        .with_names()
        .with_answers()
        .select_related("submitted_by")
        .prefetch_related("requested_measures__measure", "requested_measures__period", "values")
    )
    rows = (_row(update, request.user) for update in updates)
    return table_response(kind, title="Updates", headings=HEADINGS, rows=rows)


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
        *(update.answer(topic) for topic in TOPICS),
        "; ".join(_further(update)),
        "; ".join(_known(update)),
        "; ".join(f"{row.requested}: {row.whole_text or NO_ANSWER}" for row in _figures(update, user)),
        timezone.localdate(update.submitted_at) if update.submitted_at else None,
        update.submitted_by.name if update.submitted_by else "",
        _approver(update),
    ]


@require_safe
@requires(Permission.REPORT_READ)
def update_download(request, pk, kind):
    """One update with all that it says, in any state: its agency always finds its own here."""
    updates = QuarterlyUpdate.objects.visible_to(request.user).with_names().select_related("submitted_by")
    update = get_object_or_404(updates.with_answers(), pk=pk)
    return table_response(kind, title=str(update), headings=("Question", "Answer"), rows=_lines(update, request.user))


def _lines(update, user):
    yield from (
        ("Priority", update.priority.title),
        ("Agency", update.agency.name),
        ("Round", update.round.title),
        ("Period", update.round.period.label),
        ("Due on", update.round.due_on),
        ("State", update.get_status_display()),
        ("Rating", update.get_rag_display()),
        ("Reason for the rating", update.rag_reason),
    )
    for asked in questions_with_answers(update):
        yield asked.question.words, asked.text
    yield "How the impact is known", "; ".join(_known(update))
    for row in _figures(update, user):
        yield f"Figure: {row.requested}", row.whole_text or NO_ANSWER
        if row.value and row.value.note:
            yield f"Note on the figure: {row.requested}", row.value.note
    if update.submitted_at:
        yield "Submitted on", timezone.localdate(update.submitted_at)
        yield "Submitted by", update.submitted_by.name
    if update.declared_at:
        yield "Approved by", _approver(update)
    if update.return_reason:
        yield "What the board team asked to change", update.return_reason


NO_ANSWER = "not answered yet"


def _further(update):
    """The answers to questions of the round's own."""
    further = [answer for answer in update.answers.all() if answer.question.topic == Topic.OTHER]
    return (f"{answer.question}: {answer.text}" for answer in further)


def _known(update):
    return [str(each) for each in update.impact_evidence.all()]


def _approver(update):
    return f"{update.approved_by_name}, {update.approved_by_post}" if update.declared_at else ""


def _figures(update, user):
    """Each figure in words; small numbers only for the agency itself and the board team, as on the update's page."""
    is_own = update.agency_id in user.agency_ids_where(Permission.UPDATE_READ_OWN)
    is_in_full = is_own or user.may(Permission.UPDATE_DECIDE)
    values = {(value.measure_id, value.period_id): value for value in update.values.all()}
    return [
        RequestedValue(
            requested=requested,
            value=values.get((requested.measure_id, requested.period_id)),
            in_force=None,
            is_in_full=is_in_full,
            is_in_force_in_full=False,
        )
        for requested in update.requested_measures.all()
    ]
