"""Figures of practice reviews. Each period is told as things stood on its last day, so that a year stays as it was."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.choices import ReviewKind, ReviewStage
from reviews.models import PracticeReview

CALCULATIONS = {
    "reviews.notified": "Serious incidents notified in the period",
    "reviews.notified_on_time": "Of those, notified within 5 working days",
    "reviews.rapid_reviews": "Rapid reviews completed in the period",
    "reviews.rapid_reviews_on_time": "Of those, completed within 15 working days of the notification",
    "reviews.decided": "Rapid reviews of the period by what they decided, such as none",
    "reviews.lcspr_commissioned": "Practice reviews that followed the period's rapid reviews",
    "reviews.lcspr_final_draft": "Of those, in final draft",
    "reviews.lcspr_to_start": "Of those, still to start",
    "reviews.lcspr_awaiting_publication": "Earlier practice reviews completed and awaiting publication",
    "reviews.by_kind": "Reviews of the period by kind",
    "reviews.at_stage": "Reviews so far by kind and stage, such as lcspr/final-draft",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each calculation for the periods in which it counts anything: two queries."""
    reviews = _linked_reviews()
    counts: Counter[tuple[str, str, str]] = Counter()
    for period in periods:
        for review in reviews:
            counts.update((name, of, period.code) for name, of in _counted(review, period))
    return {key: Decimal(count) for key, count in counts.items()}


def _linked_reviews() -> list[PracticeReview]:
    """Every review with its steps and what it follows, which is one of them."""
    reviews = {review.pk: review for review in PracticeReview.objects.prefetch_related("steps")}
    for review in reviews.values():
        review.follows = reviews.get(review.follows_id) if review.follows_id else None
    return list(reviews.values())


def _counted(review: PracticeReview, period: ReportingPeriod) -> Iterator[tuple[str, str]]:
    """The calculations that count a review in a period, each with what it is of."""
    on = review.counted_on
    is_led_to = review.kind == ReviewKind.LCSPR and review.follows_id is not None
    stage = review.stage_at(period.ends_on) or (ReviewStage.TO_START if is_led_to else "")
    if on is None or on > period.ends_on or not stage or not review.is_counted_in(period):
        return
    if stage == ReviewStage.AWAITING_PUBLICATION:
        yield "reviews.lcspr_awaiting_publication", ""
    yield "reviews.at_stage", f"{review.kind}/{stage}"
    if on < period.starts_on:
        return
    yield "reviews.by_kind", review.kind
    if name := _name(review, stage):
        yield name, ""
        if review.decision:
            yield "reviews.decided", review.decision
        if f"{name}_on_time" in CALCULATIONS and review.deadline and review.deadline.is_on_time:
            yield f"{name}_on_time", ""
    if name == "reviews.lcspr_commissioned" and stage in PARTS:
        yield PARTS[ReviewStage(stage)], ""


PARTS = {
    ReviewStage.FINAL_DRAFT: "reviews.lcspr_final_draft",
    ReviewStage.TO_START: "reviews.lcspr_to_start",
}


def _name(review: PracticeReview, stage: str) -> str:
    """What counts a review in the period that it belongs to."""
    if review.kind == ReviewKind.SERIOUS_INCIDENT:
        return "reviews.notified"
    if review.kind == ReviewKind.RAPID_REVIEW and stage == ReviewStage.COMPLETED:
        return "reviews.rapid_reviews"
    if review.kind == ReviewKind.LCSPR and review.follows_id is not None:
        return "reviews.lcspr_commissioned"
    return ""
