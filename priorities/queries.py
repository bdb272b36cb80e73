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


def replaced_values(measure: Measure) -> QuerySet[MeasureValue]:
    """The values of a measure that later ones have replaced, the latest first."""
    return MeasureValue.objects.superseded().filter(measure=measure).select_related("period").order_by("-pk")


@dataclass(frozen=True)
class RequestedValue:
    """A measure that an update asks for, what the partner answered, and what is in force today."""

    requested: RequestedMeasure
    value: MeasureValue | None
    in_force: MeasureValue | None
    is_in_full: bool
    """Whether small counts of the answer are told: only to the agency and the board team (domain.md 5)."""
    is_in_force_in_full: bool
    """The same for what is in force, which another agency may have returned."""
    before: MeasureValue | None = None
    """What the same agency answered for the same measure in the update before."""

    @property
    def value_text(self) -> str:
        """The partner's answer in words, empty where there is none."""
        return self._in_words(self.value, is_in_full=self.is_in_full)

    @property
    def in_force_text(self) -> str:
        """What is in force in words, likewise."""
        return self._in_words(self.in_force, is_in_full=self.is_in_force_in_full)

    @property
    def before_text(self) -> str:
        """The answer of the update before in words, likewise."""
        return self._in_words(self.before, is_in_full=self.is_in_full)

    def _in_words(self, value: MeasureValue | None, *, is_in_full: bool) -> str:
        if value is None:
            return ""
        measure = self.requested.measure
        rule = DisclosureRule.NOT_PEOPLE if is_in_full else measure.disclosure
        shown = disclose(value.number, code=value.code, qualifier=value.qualifier, rule=rule)
        return in_words(shown, unit=measure.unit, decimals=measure.decimals)


def update_before(update: QuarterlyUpdate, *, among: QuerySet[QuarterlyUpdate]) -> QuarterlyUpdate | None:
    """The same agency's last update on the same priority for an earlier period, among those one may read."""
    earlier = among.filter(
        agency=update.agency_id, priority=update.priority_id, round__period__ends_on__lt=update.round.period.ends_on
    )
    return earlier.select_related("round").order_by("-round__period__ends_on", "-round__due_on").first()


def requested_with_values(
    update: QuarterlyUpdate,
    *,
    is_for_agency: bool = True,
    is_for_board: bool = False,
    before: QuarterlyUpdate | None = None,
) -> list[RequestedValue]:
    """The update's requested measures with their values: three queries, and one for the values of the one before.

    Small counts are told to the board, and to the update's agency those that it returns itself.
    """
    requested = list(update.requested_measures.select_related("measure__area", "period"))
    values = {(value.measure_id, value.period_id): value for value in update.values.all()}
    in_force = {
        (value.measure_id, value.period_id): value
        for value in MeasureValue.objects.in_force().filter(measure__in=[row.measure for row in requested])
    }
    values_before = {value.measure_id: value for value in before.values.order_by("period__ends_on")} if before else {}
    return [
        RequestedValue(
            row,
            values.get((row.measure_id, row.period_id)),
            in_force.get((row.measure_id, row.period_id)),
            is_for_agency or is_for_board,
            is_for_board or (is_for_agency and row.measure.owner_id == update.agency_id),
            values_before.get(row.measure_id),
        )
        for row in requested
    ]
