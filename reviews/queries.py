"""What several parts read of what we learned. Reading a list takes the same number of queries, however long it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from partnership.models import ReportingPeriod, User
from partnership.years import label_of, year_of
from reviews.choices import RecommendationStatus
from reviews.deadlines import Deadline
from reviews.models import CaseAudit, ChildDeathSummary, Inspection, PracticeReview, Theme

MOST_YEARS = 8
"""So many years stand side by side, the last ones."""

RECURRING_YEARS = 3
"""A theme recurs when it was raised in so many reporting years."""


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """A review as one reader may see it on one day."""

    review: PracticeReview
    is_readable: bool
    due: Deadline | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due.is_late(self.today)

    @property
    def due_in_words(self) -> str:
        return self.due.in_words(self.today) if self.due else ""


def review_rows(reviews: Iterable[PracticeReview], *, user: User, today: date) -> list[ReviewRow]:
    """The reviews as somebody may see them: what is due first, the longest waiting on top, then by reference."""
    rows = [
        ReviewRow(review=review, is_readable=review.is_readable_by(user), due=review.due, today=today)
        for review in reviews
    ]
    return sorted(rows, key=lambda row: (row.due is None, row.due.due_on if row.due else today, row.review.reference))


def closed_periods_of(review: PracticeReview) -> list[ReportingPeriod]:
    """The periods whose reports were signed when this review was on record: its dates in them must stay."""
    return [period for period in ReportingPeriod.objects.exclude(closed_at=None) if review.is_counted_in(period)]


def closed_periods_that_count(review: PracticeReview) -> list[ReportingPeriod]:
    """The periods whose signed reports count this review."""
    on = review.counted_on
    return [period for period in closed_periods_of(review) if on and on <= period.ends_on]


def reporting_year(day: date) -> str:
    """The financial year of a day as people say it: 2022/23."""
    return label_of(year_of(day))


def years_side_by_side(histories: Iterable["ThemeHistory"]) -> list[str]:
    """The last years in which themes were raised, with those between in which none was."""
    raised = [int(year.partition("/")[0]) for history in histories for year in history.years]
    years = [label_of(year) for year in range(min(raised), max(raised) + 1)] if raised else []
    return years[-MOST_YEARS:]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What became of the recommendations about a theme."""

    open: int = 0
    signed_off: int = 0
    embedded: int = 0

    @property
    def total(self) -> int:
        return self.open + self.signed_off + self.embedded


@dataclass(frozen=True, kw_only=True)
class ThemeHistory:
    """A theme with what raised it, and in which reporting years. What recurs is computed, never ticked."""

    theme: Theme
    reviews: tuple[PracticeReview, ...]
    inspections: tuple[Inspection, ...]
    case_audits: tuple[CaseAudit, ...]
    years: tuple[str, ...]
    answers: "Answers"

    @property
    def is_recurring(self) -> bool:
        return len(self.years) >= RECURRING_YEARS


def theme_histories(themes: models.QuerySet[Theme], *, reader: User | None = None) -> list[ThemeHistory]:
    """Each theme with what raised it and its years, those of most years first: a fixed number of queries.

    Of reviews only those count whose texts the `reader` may know; without one, all.

    The recommendations that count as answers are those that come prefetched on `themes`: only what the reader may
    read.
    """
    raising = PracticeReview.objects.readable_by(reader) if reader else PracticeReview.objects.all()
    found = themes.prefetch_related(
        models.Prefetch("reviews", raising.in_force().with_steps()),
        models.Prefetch("inspections", Inspection.objects.in_force()),
        "case_audits",
        models.Prefetch("child_death_summaries", ChildDeathSummary.objects.in_force().select_related("period")),
    )
    return sorted(map(_history, found), key=lambda history: (-len(history.years), history.theme.name.lower()))


def _history(theme: Theme) -> ThemeHistory:
    reviews, inspections = tuple(theme.reviews.all()), tuple(theme.inspections.all())
    case_audits = tuple(theme.case_audits.all())
    days = [
        *(review.counted_on for review in reviews),
        *(inspection.started_on for inspection in inspections),
        *(case_audit.month for case_audit in case_audits),
        *(summary.period.starts_on for summary in theme.child_death_summaries.all()),
    ]
    years = sorted({reporting_year(day) for day in days if day})
    return ThemeHistory(
        theme=theme,
        reviews=reviews,
        inspections=inspections,
        case_audits=case_audits,
        years=tuple(years),
        answers=_answers(theme),
    )


def _answers(theme: Theme) -> Answers:
    statuses = [recommendation.status for recommendation in theme.recommendations.all()]
    return Answers(
        open=statuses.count(RecommendationStatus.OPEN),
        signed_off=statuses.count(RecommendationStatus.SIGNED_OFF),
        embedded=statuses.count(RecommendationStatus.EMBEDDED),
    )
