"""Figures of recommendations. Each period is told as things stood on its last day, so that a year stays as it was."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.ages import age_band
from reviews.choices import CHECKABLE_STATUSES, RecommendationSource, RecommendationStatus
from reviews.models import Recommendation

COUNTED = {
    "made": "Recommendations made in the period",
    "signed_off": "Recommendations signed off in the period",
    "open": "Recommendations open at the end of the period",
    "embedded": "Recommendations embedded at the end of the period",
}
SPLITS = {
    "": "",
    "_by_source": ", by what made them, such as inspection",
    "_by_agency": ", by the agency that owns them now",
    "_by_inspection": ", by the agency that was inspected",
}
CALCULATIONS = {
    **{
        f"reviews.recommendations_{name}{split}": words + of
        for name, words in COUNTED.items()
        for split, of in SPLITS.items()
    },
    "reviews.recommendations_open_by_age": "Recommendations open at the end of the period, by age",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each calculation for the periods in which it counts anything: two queries."""
    recommendations = list(
        Recommendation.objects.select_related("agency", "inspection__agency").prefetch_related("steps")
    )
    counts: Counter[tuple[str, str, str]] = Counter()
    for period in periods:
        for recommendation in recommendations:
            counts.update((name, of, period.code) for name, of in _counted(recommendation, period))
    return {key: Decimal(count) for key, count in counts.items()}


def _counted(recommendation: Recommendation, period: ReportingPeriod) -> Iterator[tuple[str, str]]:
    """The calculations that count a recommendation in a period, each with what it is of."""
    steps = recommendation.steps_by_the_end_of(period)
    if not steps:
        return
    status = steps[-1].status
    signed_off = [step.on for step in steps if step.status == RecommendationStatus.SIGNED_OFF]
    is_counted = {
        "made": recommendation.made_on >= period.starts_on,
        "signed_off": status in CHECKABLE_STATUSES and signed_off[-1] >= period.starts_on,
        "open": status == RecommendationStatus.OPEN,
        "embedded": status == RecommendationStatus.EMBEDDED,
    }
    for name in (name for name, is_so in is_counted.items() if is_so):
        for split, of in _splits(recommendation):
            yield f"reviews.recommendations_{name}{split}", of
    if is_counted["open"]:
        yield "reviews.recommendations_open_by_age", age_band(recommendation.made_on, period.ends_on)


def _splits(recommendation: Recommendation) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "_by_source", recommendation.source
    yield "_by_agency", recommendation.agency.code
    if recommendation.source == RecommendationSource.INSPECTION:
        inspection = recommendation.inspection
        yield "_by_inspection", (inspection or recommendation).agency.code
