"""Figures of reviews, inspections and child deaths, computed from their records and offered to the report."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.choices import ReviewKind, ReviewStage
from reviews.models import ChildDeathSummary, Inspection, PracticeReview

CALCULATIONS = {
    "reviews.inspections": "Inspections that began in the period",
    "reviews.rapid_reviews": "Rapid reviews completed in the period",
    "reviews.lcspr_commissioned": "Practice reviews that followed the period's rapid reviews",
    "reviews.lcspr_final_draft": "Of those, in final draft",
    "reviews.lcspr_to_start": "Of those, still to start",
    "reviews.lcspr_awaiting_publication": "Earlier practice reviews completed and awaiting publication",
    "reviews.child_deaths_notified": "Child deaths notified",
    "reviews.child_deaths_unexpected": "Child deaths notified as unexpected",
    "reviews.child_deaths_reviewed": "Child deaths reviewed",
    "reviews.child_deaths_modifiable": "Child deaths reviewed that had modifiable factors",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each calculation for the periods in which there is a record to count: three queries."""
    return {**_inspections(periods), **_practice_reviews(periods), **_child_deaths()}


def _inspections(periods: Sequence[ReportingPeriod]) -> Computed:
    dates = list(Inspection.objects.values_list("started_on", flat=True))
    return _counts("reviews.inspections", periods, dates)


def _practice_reviews(periods: Sequence[ReportingPeriod]) -> Computed:
    reviews = list(PracticeReview.objects.select_related("follows"))

    def decided(wanted: Callable[[PracticeReview], bool]) -> list[date]:
        """The dates that put the wanted reviews into a period: when the rapid review was decided."""
        return [on for review in reviews if wanted(review) and (on := _counted_on(review))]

    def is_commissioned(review: PracticeReview) -> bool:
        return review.kind == ReviewKind.LCSPR and review.follows_id is not None

    return {
        **_counts("reviews.rapid_reviews", periods, decided(_is_completed_rapid_review)),
        **_counts("reviews.lcspr_commissioned", periods, decided(is_commissioned)),
        **_counts(
            "reviews.lcspr_final_draft",
            periods,
            decided(lambda review: is_commissioned(review) and review.stage == ReviewStage.FINAL_DRAFT),
        ),
        **_counts(
            "reviews.lcspr_to_start",
            periods,
            decided(lambda review: is_commissioned(review) and review.stage == ReviewStage.TO_START),
        ),
        **_standing(
            "reviews.lcspr_awaiting_publication",
            periods,
            decided(lambda review: review.stage == ReviewStage.AWAITING_PUBLICATION),
        ),
    }


def _is_completed_rapid_review(review: PracticeReview) -> bool:
    return review.kind == ReviewKind.RAPID_REVIEW and review.stage == ReviewStage.COMPLETED


def _counted_on(review: PracticeReview) -> date | None:
    return review.follows.decided_on if review.follows else review.decided_on


def _counts(calculation: str, periods: Sequence[ReportingPeriod], dates: Iterable[date]) -> Computed:
    dates = list(dates)
    counts = {
        (calculation, "", period.code): sum(period.starts_on <= on <= period.ends_on for on in dates)
        for period in periods
    }
    return {key: Decimal(count) for key, count in counts.items() if count}


def _standing(calculation: str, periods: Sequence[ReportingPeriod], dates: Iterable[date]) -> Computed:
    """What had come to this stage by the end of each period."""
    dates = list(dates)
    counts = {(calculation, "", period.code): sum(on <= period.ends_on for on in dates) for period in periods}
    return {key: Decimal(count) for key, count in counts.items() if count}


def _child_deaths() -> Computed:
    found: dict[tuple[str, str, str], Decimal] = {}
    for summary in ChildDeathSummary.objects.select_related("period"):
        for name in ("notified", "unexpected", "reviewed", "modifiable"):
            count = getattr(summary, name)
            if count is not None:
                found[f"reviews.child_deaths_{name}", "", summary.period.code] = Decimal(count)
    return found
