"""Changes to what we learned: reviews, inspections, child deaths."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from partnership import audit
from partnership.models import Agency, Area, ReportingPeriod, User
from reviews.models import ChildDeathSummary, Inspection, PracticeReview, Theme


@transaction.atomic
def record_review(
    *,
    reference: str,
    kind: str,
    stage: str,
    started_on: date | None = None,
    decided_on: date | None = None,
    outcome: str = "",
    reason: str = "",
    awaiting_reason: str = "",
    published_on: date | None = None,
    follows: PracticeReview | None = None,
    themes: Iterable[str] = (),
    by: User,
) -> PracticeReview:
    """Add a review under its pseudonymous reference; themes are named and added to the list where new."""
    review = PracticeReview.objects.create(
        reference=reference,
        kind=kind,
        stage=stage,
        started_on=started_on,
        decided_on=decided_on,
        outcome=outcome,
        reason=reason,
        awaiting_reason=awaiting_reason,
        published_on=published_on,
        follows=follows,
    )
    review.themes.set(_themes(themes))
    audit.record("review.recorded", target=review, by=by)
    return review


@transaction.atomic
def record_inspection(
    *,
    body: str,
    subject: str,
    agency: Agency,
    started_on: date,
    outcome: str = "",
    follows_on: Inspection | None = None,
    by: User,
) -> Inspection:
    """Add an inspection; a re-inspection names the one that it follows on from."""
    inspection = Inspection.objects.create(
        body=body, subject=subject, agency=agency, started_on=started_on, outcome=outcome, follows_on=follows_on
    )
    audit.record("inspection.recorded", target=inspection, by=by)
    return inspection


@transaction.atomic
def record_child_deaths(
    *,
    period: ReportingPeriod,
    area: Area,
    notified: int,
    unexpected: int | None = None,
    reviewed: int | None = None,
    modifiable: int | None = None,
    themes: Iterable[str] = (),
    by: User,
) -> ChildDeathSummary:
    """Add a year's counts of child deaths in an area. A part greater than its whole is refused by the database."""
    summary = ChildDeathSummary.objects.create(
        period=period, area=area, notified=notified, unexpected=unexpected, reviewed=reviewed, modifiable=modifiable
    )
    summary.themes.set(_themes(themes))
    audit.record("child-deaths.recorded", target=summary, by=by)
    return summary


def _themes(names: Iterable[str]) -> list[Theme]:
    return [Theme.objects.get_or_create(name=name)[0] for name in names]
