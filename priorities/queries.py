"""Reads that several pages share."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from partnership.models import ReportingPeriod
from priorities import figures
from priorities.choices import DisclosureRule
from priorities.disclosure import Shown, disclose, disclose_counts
from priorities.figurebook import Computed, FigureBook
from priorities.models import (
    Comparator,
    Measure,
    MeasureRating,
    MeasureValue,
    QuarterlyUpdate,
    RequestedMeasure,
    Target,
)
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
        targets=Target.objects.filter(measure__in=wanted),
        judgements=MeasureRating.objects.filter(measure__in=wanted).select_related("rated_by"),
    )


def values_in_force() -> QuerySet[MeasureValue]:
    """Agreed values with all that a figure says of itself."""
    return (
        MeasureValue.objects.in_force()
        .select_related("period", "area")
        .prefetch_related(Prefetch("comparators", Comparator.objects.order_by("pk")))
    )


@dataclass(frozen=True)
class Replacement:
    """A value that was in force once, and the one that came into force after it, with its `change_reason`."""

    before: MeasureValue
    after: MeasureValue


def replacements(measure: Measure) -> list[Replacement]:
    """How the values of a measure were replaced, the latest replacement first: one query.

    Each value has its period, its update (a value of an update that was reopened names it in its source only), and who
    entered and who agreed it. A value that no update brought was agreed by whoever entered it, when it was entered.
    """
    settled = (
        MeasureValue.objects.settled()
        .filter(measure=measure)
        .select_related("period", "entered_by", "agreed_by", "update__round", "update__agency", "update__priority")
    )
    turns = defaultdict(list)
    for value in sorted(settled, key=_in_force_since):
        turns[value.period_id, value.area_id].append(value)
    found = [Replacement(*pair) for values in turns.values() for pair in pairwise(values)]
    return sorted(found, key=lambda each: _in_force_since(each.after), reverse=True)


def _in_force_since(value: MeasureValue) -> tuple[datetime, int]:
    return value.agreed_at or value.entered_at, value.pk


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
    earlier: MeasureValue | None = None
    """What to hold the answer against: the one of the update before, or what is in force for the period before."""

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

    @property
    def counts(self) -> tuple[Shown, Shown] | None:
        """The two counts that the answer was worked out from, likewise disclosed."""
        if self.value is None or self.value.counts is None:
            return None
        rule = DisclosureRule.NOT_PEOPLE if self.is_in_full else self.requested.measure.disclosure
        return disclose_counts(self.value.counts, rule=rule)

    @property
    def counts_text(self) -> str:
        """The two counts as "18 of 40", empty where there are none or one is hidden."""
        if self.counts is None or any(count.number is None for count in self.counts):
            return ""
        return " of ".join(_plain(count) for count in self.counts)

    @property
    def whole_text(self) -> str:
        """The answer in words with its two counts, as a file tells it: "45% (18 of 40)"."""
        return f"{self.value_text} ({self.counts_text})" if self.counts_text else self.value_text

    @property
    def concern(self) -> str:
        """What was asked about the answer, for those who may see its number."""
        return self.value.concern if self.value and self.is_in_full else ""

    @property
    def concern_reason(self) -> str:
        """Why the agency says that the answer is right, likewise."""
        return self.value.concern_reason if self.value and self.is_in_full else ""

    def _in_words(self, value: MeasureValue | None, *, is_in_full: bool) -> str:
        if value is None:
            return ""
        measure = self.requested.measure
        rule = DisclosureRule.NOT_PEOPLE if is_in_full else measure.disclosure
        shown = disclose(value.number, code=value.code, qualifier=value.qualifier, counts=value.counts, rule=rule)
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
    agreed = list(
        MeasureValue.objects.in_force()
        .filter(measure__in=[row.measure for row in requested])
        .select_related("period")
        .order_by("period__ends_on")
    )
    in_force = {(value.measure_id, value.period_id): value for value in agreed}
    values_before = (
        {value.measure_id: value for value in before.values.select_related("period").order_by("period__ends_on")}
        if before
        else {}
    )
    return [
        RequestedValue(
            row,
            values.get((row.measure_id, row.period_id)),
            in_force.get((row.measure_id, row.period_id)),
            is_for_agency or is_for_board,
            is_for_board or (is_for_agency and row.measure.owner_id == update.agency_id),
            values_before.get(row.measure_id),
            _earlier(row, values_before.get(row.measure_id), agreed, is_owner=row.measure.owner_id == update.agency_id),
        )
        for row in requested
    ]


def _earlier(
    row: RequestedMeasure, before: MeasureValue | None, in_force: Iterable[MeasureValue], *, is_owner: bool
) -> MeasureValue | None:
    """The measure's last number for a period of the same kind, among those that the agency has returned itself."""
    own = [value for value in in_force if value.measure_id == row.measure_id] if is_owner else []
    comparable = [
        value
        for value in [*own, before]
        if value
        and value.number is not None
        and value.period.kind == row.period.kind
        and value.period.ends_on < row.period.starts_on
    ]
    return max(comparable, key=lambda value: value.period.ends_on, default=None)


def _plain(count: Shown) -> str:
    number = count.number or Decimal(0)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}"
