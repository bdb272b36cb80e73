"""Reads that several pages share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from partnership.models import ReportingPeriod
from priorities import figures
from priorities.choices import DisclosureRule
from priorities.disclosure import disclose
from priorities.figurebook import Computed, FigureBook
from priorities.models import Comparator, Measure, MeasureValue, QuarterlyUpdate, RequestedMeasure
from priorities.wording import in_words


def figure_book(*, computed: Computed, periods: Sequence[ReportingPeriod], codes: set[str] | None = None) -> FigureBook:
    """The figure book of all measures, or of those with these codes and their denominators.

    `computed` holds what the other apps compute from records for the `periods`, which are all there are; this app's
    own is added. The number of queries is the same whatever the size.
    """
    measures = Measure.objects.select_related("area", "owner", "priority", "denominator")
    if codes is not None:
        measures = measures.filter(code__in=codes) | measures.filter(numerators__code__in=codes)
    wanted = list(measures.distinct())
    return FigureBook(
        measures=wanted,
        values=values_in_force().filter(measure__in=wanted),
        periods=periods,
        computed={**figures.computed(periods), **computed},
    )


def values_in_force() -> QuerySet[MeasureValue]:
    """Agreed values with all that a figure says of itself."""
    return (
        MeasureValue.objects.in_force()
        .select_related("period", "area")
        .prefetch_related(Prefetch("comparators", Comparator.objects.order_by("pk")))
    )


@dataclass(frozen=True)
class RequestedValue:
    """A measure that an update asks for, what the partner answered, and what is in force today."""

    requested: RequestedMeasure
    value: MeasureValue | None
    in_force: MeasureValue | None
    is_in_full: bool
    """Whether small counts are told: only to the owning agency and the board team (domain.md 5)."""

    @property
    def value_text(self) -> str:
        """The partner's answer in words, empty where there is none."""
        return self._in_words(self.value)

    @property
    def in_force_text(self) -> str:
        """What is in force in words, likewise."""
        return self._in_words(self.in_force)

    def _in_words(self, value: MeasureValue | None) -> str:
        if value is None:
            return ""
        measure = self.requested.measure
        rule = DisclosureRule.NOT_PEOPLE if self.is_in_full else measure.disclosure
        shown = disclose(value.number, code=value.code, qualifier=value.qualifier, rule=rule)
        return in_words(shown, unit=measure.unit, decimals=measure.decimals)


def requested_with_values(update: QuarterlyUpdate, *, is_in_full: bool = True) -> list[RequestedValue]:
    """The update's requested measures with their values: three queries."""
    requested = list(update.requested_measures.select_related("measure__area", "period"))
    values = {(value.measure_id, value.period_id): value for value in update.values.all()}
    in_force = {
        (value.measure_id, value.period_id): value
        for value in MeasureValue.objects.in_force().filter(measure__in=[row.measure for row in requested])
    }
    return [
        RequestedValue(
            row,
            values.get((row.measure_id, row.period_id)),
            in_force.get((row.measure_id, row.period_id)),
            is_in_full,
        )
        for row in requested
    ]
