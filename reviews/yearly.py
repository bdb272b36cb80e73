"""What a year's report tells of what we learned, as it stood on the year's last day.

Each part is read when it is first asked for, in a fixed number of queries. Counts of people are disclosed by whoever
shows them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q

from partnership.models import ReportingPeriod
from priorities.models import Measure
from reviews.audit_results import Results, results_of
from reviews.choices import RecommendationStatus
from reviews.models import (
    AuditRound,
    CaseAudit,
    ChildDeathSummary,
    Feedback,
    Inspection,
    Recommendation,
    RestraintScrutiny,
    Theme,
)
from reviews.queries import Answers, ThemeHistory, reporting_year, theme_histories


@dataclass(frozen=True, kw_only=True)
class InspectionLine:
    """An inspection as the year's report lists it; a re-inspection stands below the one it follows on from."""

    inspection: Inspection
    is_return: bool
    is_earlier: bool
    """Whether it began before the year, and stands here for what follows on from it."""
    made: int
    signed_off: int
    """Of the recommendations made, those signed off by the year's end, embedded or not."""


class YearOfLearning:
    """The records of one reporting year; what is not asked for is not read."""

    def __init__(self, period: ReportingPeriod):
        self.period = period

    @cached_property
    def inspections(self) -> list[InspectionLine]:
        """Those that began in the year, re-inspections below theirs, which may have begun before it: three queries."""
        found = [
            inspection
            for inspection in Inspection.objects.prefetch_related("recommendations__steps")
            if inspection.is_counted_in(self.period) and inspection.started_on <= self.period.ends_on
        ]
        by_pk = {inspection.pk: inspection for inspection in found}
        lines: dict[int, list[Inspection]] = {}
        for inspection in found:
            if inspection.started_on >= self.period.starts_on:
                first = _first_of(inspection, by_pk)
                lines.setdefault(first.pk, [first] if first != inspection else []).append(inspection)
        return [self._inspection_line(each) for line in lines.values() for each in line]

    def _inspection_line(self, inspection: Inspection) -> InspectionLine:
        statuses = Counter(filter(None, map(self._status_of, inspection.recommendations.all())))
        return InspectionLine(
            inspection=inspection,
            is_return=inspection.follows_on_id is not None,
            is_earlier=inspection.started_on < self.period.starts_on,
            made=statuses.total(),
            signed_off=statuses[RecommendationStatus.SIGNED_OFF] + statuses[RecommendationStatus.EMBEDDED],
        )

    def _status_of(self, recommendation: Recommendation) -> str:
        """Where it stood on the year's last day; empty if it was not in force then."""
        steps = recommendation.steps_by_the_end_of(self.period)
        return steps[-1].status if steps else ""

    @cached_property
    def child_deaths(self) -> list[tuple[ChildDeathSummary, ChildDeathSummary | None]]:
        """The year's counts of each area, with those of the year before: two queries."""
        before = self.period.starts_on.replace(year=self.period.starts_on.year - 1)
        summaries = [
            summary
            for summary in ChildDeathSummary.objects.filter(
                Q(period=self.period) | Q(period__starts_on=before, period__kind=self.period.kind)
            )
            .select_related("period", "area")
            .prefetch_related("themes")
            if summary.is_counted_in(summary.period)
        ]
        earlier = {summary.area_id: summary for summary in summaries if summary.period_id != self.period.pk}
        return [(summary, earlier.get(summary.area_id)) for summary in summaries if summary.period_id == self.period.pk]

    @cached_property
    def restraint(self) -> list[RestraintScrutiny]:
        """What was seen of restraint, a record for each establishment: three queries."""
        scrutinies = (
            RestraintScrutiny.objects.filter(self._in_the_year())
            .select_related("period", "establishment", "training_measure", "paperwork_measure")
            .prefetch_related("types", "questions")
        )
        return [scrutiny for scrutiny in scrutinies if scrutiny.is_counted_in(self.period)]

    @cached_property
    def audits(self) -> list[Results]:
        """The results of the rounds that were opened for the year: of each, as many queries as `results_of`."""
        rounds = AuditRound.objects.filter(self._in_the_year(), opened_at__isnull=False)
        return [results_of(each) for each in rounds.order_by("opens_on", "pk")]

    @cached_property
    def case_audits(self) -> list[CaseAudit]:
        """The multi-agency audits that were held in the year, with what they found: two queries."""
        held = CaseAudit.objects.filter(month__gte=self.period.starts_on, month__lte=self.period.ends_on)
        return list(held.prefetch_related("findings").order_by("month", "topic"))

    @cached_property
    def themes(self) -> list[ThemeHistory]:
        """The themes with the years up to this one in which they were raised, those of most years first.

        What became of the recommendations about them is told as on the year's last day. Two queries more than
        `theme_histories` takes.
        """
        themes = Theme.objects.prefetch_related("recommendations__steps")
        found = [self._up_to_the_year(history) for history in theme_histories(themes)]
        return sorted(
            (history for history in found if history.years),
            key=lambda history: (-len(history.years), history.theme.name.lower()),
        )

    def _up_to_the_year(self, history: ThemeHistory) -> ThemeHistory:
        last = reporting_year(self.period.starts_on)
        statuses = Counter(map(self._status_of, history.theme.recommendations.all()))
        answers = Answers(
            open=statuses[RecommendationStatus.OPEN],
            signed_off=statuses[RecommendationStatus.SIGNED_OFF],
            embedded=statuses[RecommendationStatus.EMBEDDED],
        )
        return replace(history, years=tuple(year for year in history.years if year <= last), answers=answers)

    @cached_property
    def feedback(self) -> list[Feedback]:
        """What may be quoted of what children, families and practitioners said in the year: two queries."""
        quotable = Feedback.objects.quotable().filter(self._in_the_year())
        return list(
            quotable.select_related("period", "counted_by").prefetch_related("quotes").order_by("source", "title", "pk")
        )

    def _in_the_year(self) -> Q:
        """What is about a period that begins in the year: a survey from January to April belongs to that January."""
        return Q(period__starts_on__gte=self.period.starts_on, period__starts_on__lte=self.period.ends_on)


def measures_of(scrutiny: RestraintScrutiny) -> list[Measure]:
    """What the establishment counts itself: the measures that the scrutiny names."""
    return [measure for measure in (scrutiny.training_measure, scrutiny.paperwork_measure) if measure]


def _first_of(inspection: Inspection, by_pk: Mapping[int, Inspection]) -> Inspection:
    """The inspection with which a chain of re-inspections began, as far as it is among these."""
    while before := by_pk.get(inspection.follows_on_id or 0):
        inspection = before
    return inspection
