"""Changes to what children, families and practitioners said."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.actions import require_open
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import WrongState
from priorities.models import Measure, Priority
from reviews.actions.withdrawals import locked, save
from reviews.models import Feedback, FeedbackQuote

WORDS = ("title", "summary", "changed")
"""What is read for anonymity, and read anew once it is changed."""

COUNTED = ("source", "period", "took_part")
"""What a figure counts."""


@transaction.atomic
def record_feedback(
    *,
    source: str,
    method: str,
    title: str,
    period: ReportingPeriod,
    agency: Agency,
    priority: Priority | None = None,
    took_part: int | None = None,
    counted_by: Measure | None = None,
    summary: str,
    changed: str = "",
    kept: Iterable[str] = (),
    by: User,
) -> Feedback:
    """Add what was said and what changed; raises `WrongState` if the period's report is signed.

    How many took part is a number of its own, or the value of a measure that counts them already: never both.
    """
    require_open(period)
    feedback = Feedback.objects.create(
        source=source,
        method=method,
        title=title,
        period=period,
        agency=agency,
        priority=priority,
        took_part=took_part,
        counted_by=counted_by,
        summary=summary,
        changed=changed,
    )
    audit.record("feedback.recorded", target=feedback, by=by, detail="\n".join(kept))
    return feedback


@transaction.atomic
def change_feedback(
    *, feedback: Feedback, version: int, fields: Mapping[str, Any], kept: Iterable[str] = (), by: User
) -> Feedback:
    """Change what is kept: `fields` by name. New words are checked for anonymity again before they are quoted.

    Raises `StaleSave` if it was changed since `version`, and `WrongState` where a signed report counts it.
    """
    feedback = locked(feedback, version)
    changed = {name for name, value in fields.items() if value != getattr(feedback, name)}
    if changed.intersection(COUNTED):
        require_open(feedback.period)
        require_open(fields.get("period", feedback.period))
    if changed.intersection(WORDS):
        feedback.anonymity_by, feedback.anonymity_at = "", None
    save(feedback, fields)
    audit.record("feedback.changed", target=feedback, by=by, detail="\n".join(kept))
    return feedback


@transaction.atomic
def confirm_feedback(
    *, feedback: Feedback, version: int, consent_by: str = "", anonymity_by: str = "", by: User
) -> Feedback:
    """Say who, by post, confirmed consent, and who checked that nobody can be told from it. Both make it quotable.

    An empty post leaves that as it is. Raises `StaleSave` if the words were changed since `version`.
    """
    feedback = locked(feedback, version)
    if not consent_by and not anonymity_by:
        raise WrongState("Say who confirmed consent or who checked anonymity.")
    now = timezone.now()
    if consent_by:
        feedback.consent_by, feedback.consent_at = consent_by, now
    if anonymity_by:
        feedback.anonymity_by, feedback.anonymity_at = anonymity_by, now
    save(feedback)
    said = [f"Consent: {consent_by}"] * bool(consent_by) + [f"Anonymity: {anonymity_by}"] * bool(anonymity_by)
    audit.record("feedback.confirmed", target=feedback, by=by, detail="\n".join(said))
    return feedback


@transaction.atomic
def add_quote(
    *, feedback: Feedback, words: str, said_by: str = "", kept: Iterable[str] = (), by: User
) -> FeedbackQuote:
    """Add somebody's own words. They need consent and a check of their own, so both lapse."""
    feedback = locked(feedback)
    quote = FeedbackQuote.objects.create(feedback=feedback, words=words, said_by=said_by)
    save(feedback, {"consent_by": "", "consent_at": None, "anonymity_by": "", "anonymity_at": None})
    audit.record("feedback.quote-added", target=feedback, by=by, detail="\n".join(kept))
    return quote


@transaction.atomic
def remove_quote(*, quote: FeedbackQuote, by: User) -> None:
    """Take somebody's words out, as when they no longer agree. The record of changes does not repeat them."""
    feedback = locked(quote.feedback)
    quote.delete()
    save(feedback)
    audit.record("feedback.quote-removed", target=feedback, by=by)
