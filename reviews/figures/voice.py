"""Figures of what children, families and practitioners said."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.models import Feedback

CALCULATIONS = {
    "reviews.feedback": "Times that children, families or practitioners were heard, or those of one voice",
    "reviews.feedback_took_part": "People who took part in feedback, or those of one voice: children",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each count in all and by whose voice it is: one query. Somebody who took part twice counts twice."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for feedback in Feedback.objects.filter(period__in=periods).select_related("period"):
        if not feedback.is_counted_in(feedback.period):
            continue
        for of in ("", feedback.source):
            counts["reviews.feedback", of, feedback.period.code] += 1
            if feedback.took_part is not None:
                counts["reviews.feedback_took_part", of, feedback.period.code] += feedback.took_part
    return {key: Decimal(count) for key, count in counts.items()}
