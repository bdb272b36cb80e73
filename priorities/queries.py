"""Reads that several pages share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from partnership.models import ReportingPeriod
from priorities import figures
from priorities.disclosure import Shown
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
    measures = list(measures.distinct())
    return FigureBook(
        measures=measures,
        values=values_in_force().filter(measure__in=measures),
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

    @property
    def value_text(self) -> str:
        """The partner's answer in words: for the partner and the board, so small counts are not hidden."""
        return _in_full(self.requested.measure, self.value)

    @property
    def in_force_text(self) -> str:
        """What is in force in words, likewise in full."""
        return _in_full(self.requested.measure, self.in_force)


def _in_full(measure: Measure, value: MeasureValue | None) -> str:
    if value is None:
        return ""
    shown = Shown(value.number, code=value.code, qualifier=value.qualifier)
    return in_words(shown, unit=measure.unit, decimals=measure.decimals)


def requested_with_values(update: QuarterlyUpdate) -> list[RequestedValue]:
    """The update's requested measures with their values: three queries."""
    requested = list(update.requested_measures.select_related("measure__area", "period"))
    values = {(value.measure_id, value.period_id): value for value in update.values.all()}
    in_force = {
        (value.measure_id, value.period_id): value
        for value in MeasureValue.objects.in_force().filter(measure__in=[row.measure for row in requested])
    }
    return [
        RequestedValue(row, values.get((row.measure_id, row.period_id)), in_force.get((row.measure_id, row.period_id)))
        for row in requested
    ]
