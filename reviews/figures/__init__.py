"""Figures of what we learned, computed from the records and offered to the report, a file for each noun."""

from collections.abc import Sequence

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.figures import audits, child_deaths, inspections, practice_reviews, recommendations, restraint, voice

NOUNS = (inspections, practice_reviews, child_deaths, recommendations, audits, restraint, voice)
"""Each with its `CALCULATIONS` and `computed`, which takes a fixed number of queries."""

CALCULATIONS = {name: words for noun in NOUNS for name, words in noun.CALCULATIONS.items()}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each calculation for the periods in which there is a record to count: a fixed number of queries."""
    return {key: count for noun in NOUNS for key, count in noun.computed(periods).items()}
