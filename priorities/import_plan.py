"""What an import would do, held against what is stored: for the preview, and for the action that does it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from django.utils.text import slugify

from partnership.models import Area, Partnership, ReportingPeriod, StatisticalNeighbour
from priorities.choices import ComparatorKind, Unit
from priorities.disclosure import Shown
from priorities.imports import (
    LONGEST_CODE,
    Fault,
    ImportedArea,
    ImportedComparator,
    ImportedFile,
    ImportedMeasure,
    ImportedNumber,
    ImportedPeriod,
    ImportedValue,
    Neighbours,
)
from priorities.models import Comparator, Measure, MeasureValue, Target
from priorities.queries import values_in_force
from priorities.wording import in_words, round_half_up

Compared = frozenset[tuple[str, str, Decimal | None, str, str]]


@dataclass(frozen=True)
class PlannedMeasure:
    """The measure that a value is of: one that is there, or one that the import defines."""

    code: str
    name: str
    unit: str
    decimals: int
    stored: Measure | None = None
    imported: ImportedMeasure | None = None


@dataclass(frozen=True)
class PlannedPeriod:
    label: str
    stored: ReportingPeriod | None = None
    imported: ImportedPeriod | None = None


@dataclass(frozen=True)
class PlannedValue:
    """A value of the file beside the one in force."""

    imported: ImportedValue
    measure: PlannedMeasure
    period: PlannedPeriod
    before: MeasureValue | None
    target_before: Decimal | None = None

    @property
    def target(self) -> Decimal | None:
        """What the file says the measure is meant to reach; where it says nothing, a target that is set stays."""
        numbers = [each.value.number for each in self.imported.comparators if each.kind == ComparatorKind.TARGET]
        return numbers[0] if numbers else None

    @property
    def is_target_changed(self) -> bool:
        return self.target is not None and self.target != self.target_before

    @property
    def is_new(self) -> bool:
        return self.before is None

    @cached_property
    def is_changed(self) -> bool:
        """Whether it says anything else than the value in force; its note and its day alone are nothing else."""
        before, new = self.before, self.imported
        return before is not None and (
            (before.number, before.code, before.qualifier, before.source)
            != (new.value.number, new.value.code, new.qualifier, new.source)
            or _stored_comparators(before) != _imported_comparators(new)
            or self.is_target_changed
        )

    @property
    def text(self) -> str:
        new = self.imported
        return self._words(new.value.number, new.value.code, new.qualifier)

    @property
    def before_text(self) -> str:
        return self._words(self.before.number, self.before.code, self.before.qualifier) if self.before else ""

    @property
    def changes(self) -> str:
        """What changes beside the number, in words."""
        before, new = self.before, self.imported
        if before is None:
            return ""
        said = []
        if before.source != new.source:
            said.append(f"source, which was {before.source}")
        if _stored_comparators(before) != _imported_comparators(new):
            said.append("comparators")
        if self.is_target_changed:
            said.append("target")
        return " and ".join(said)

    @property
    def comparators_text(self) -> str:
        return "; ".join(
            f"{comparator.label or Comparator(kind=comparator.kind).get_kind_display()}: "
            f"{self._comparator_words(comparator)}"
            for comparator in self.imported.comparators
        )

    def _comparator_words(self, comparator: ImportedComparator) -> str:
        """A mean has more decimals than tell anything, so it is rounded as the measure is."""
        number = comparator.value.number
        if number is not None and comparator.kind == ComparatorKind.NEIGHBOURS:
            number = round_half_up(number, self.measure.decimals)
        return self._words(number, comparator.value.code)

    def _words(self, number: Decimal | None, code: str, qualifier: str = "exact") -> str:
        """In full: only the board team sees an import."""
        decimals = self.measure.decimals
        if number is not None:
            decimals = max(decimals, -int(number.normalize().as_tuple().exponent))
        return in_words(Shown(number, code, qualifier), unit=self.measure.unit, decimals=decimals)


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """All that an import would do, or the faults because of which it does nothing."""

    values: tuple[PlannedValue, ...] = ()
    faults: tuple[Fault, ...] = ()
    area: Area | None = None
    new_area: ImportedArea | None = None
    missing_neighbours: tuple[str, ...] = ()

    @cached_property
    def new(self) -> list[PlannedValue]:
        return [value for value in self.values if value.is_new]

    @cached_property
    def changed(self) -> list[PlannedValue]:
        return [value for value in self.values if value.is_changed]

    @cached_property
    def same(self) -> list[PlannedValue]:
        return [value for value in self.values if not value.is_new and not value.is_changed]

    @cached_property
    def new_measures(self) -> list[PlannedMeasure]:
        found = {value.measure.code: value.measure for value in self.values if value.measure.stored is None}
        return list(found.values())

    @cached_property
    def new_periods(self) -> list[ImportedPeriod]:
        found = {value.period.imported.code: value.period.imported for value in self.values if value.period.imported}
        return list(found.values())

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed

    @property
    def summary(self) -> str:
        """One sentence, such as "56 new values, 0 changed, 0 as before; 8 new measures, 4 new periods"."""
        said = f"{_count(len(self.new), 'new value')}, {len(self.changed)} changed, {len(self.same)} as before"
        more = [
            _count(len(found), f"new {noun}")
            for found, noun in ((self.new_measures, "measure"), (self.new_periods, "period"))
            if found
        ]
        return "; ".join([said, ", ".join(more)]) if more else said

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same plan: what was confirmed is what is done."""
        lines = [
            f"{value.measure.code}|{value.period.label}|{value.imported}|{value.before and value.before.pk}"
            for value in self.values
        ]
        return sha256("\n".join(lines).encode()).hexdigest()


def stored_neighbours() -> Neighbours | None:
    """The statistical neighbours of the partnership's area, where the board has listed them."""
    partnership = Partnership.objects.select_related("area").first()
    areas = tuple(ImportedArea(each.name, each.ons_code) for each in StatisticalNeighbour.objects.all())
    if partnership is None or not areas:
        return None
    return Neighbours(ImportedArea(partnership.area.name, partnership.area.ons_code), areas)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def plan_import(imported: ImportedFile) -> ImportPlan:
    """Hold a file's values against what is stored: seven queries, whatever its size. Nothing is changed."""
    if imported.faults:
        return ImportPlan(faults=imported.faults)
    area = _stored_area(imported.area)
    measures, periods = _Measures(imported, area), _Periods()
    in_force, targets = _in_force(measures.stored), _targets(measures.stored)
    faults: list[Fault] = []
    values: list[PlannedValue] = []
    seen: dict[tuple[str, str], int] = {}
    for value in imported.values:
        measure, period = measures.find(value), periods.find(value)
        problems = list(_problems(value, measure, period))
        if not problems and measure and period:
            first = seen.setdefault((measure.code, period.label), value.line)
            if first != value.line:
                problems = [(value.column, f"Line {first} gives this measure for this period already.")]
        faults += [Fault(value.line, column, message) for column, message in problems]
        if problems or measure is None or period is None:
            continue
        known = measure.stored and period.stored
        key = (measure.stored.pk, period.stored.pk) if known else None  # type: ignore[union-attr]
        values.append(PlannedValue(value, measure, period, key and in_force.get(key), key and targets.get(key)))
    if faults:
        return ImportPlan(faults=tuple(faults))
    return ImportPlan(
        values=tuple(values),
        area=area,
        new_area=None if area else imported.area,
        missing_neighbours=imported.missing_neighbours,
    )


def _problems(
    value: ImportedValue, measure: PlannedMeasure | None, period: PlannedPeriod | None
) -> Iterable[tuple[str, str]]:
    if measure is None:
        yield "measure", f"There is no measure “{value.measure}”. Write its code or its name as on the page “Measures”."
    elif measure.stored and measure.stored.calculation:
        yield "measure", f"“{measure.name}” is computed from the portal's records, so it cannot be imported."
    if period is None:
        yield (
            "period",
            f"There is no period “{value.period}”. Write a year as 2022-23, or the label of a period the portal has.",
        )
    if measure is not None:
        yield from ((value.column, said) for said in _misfits(value.value, measure.unit))
        for comparator in value.comparators:
            heading = comparator.label or str(Comparator(kind=comparator.kind).get_kind_display())
            yield from ((heading, said) for said in _misfits(comparator.value, measure.unit))


def _misfits(number: ImportedNumber, unit: str) -> Iterable[str]:
    """Why a number cannot be of this unit."""
    sign = {Unit.PERCENT: "%", Unit.POUNDS: "£"}.get(Unit(unit), "")
    if number.sign and number.sign != sign:
        yield f"This measure is counted in {Unit(unit).label}, so it cannot have the sign {number.sign}."
    if number.number is None:
        return
    if number.number < 0:
        yield "The number cannot be below zero."
    if unit == Unit.PERCENT and number.number > 100:
        yield "A percentage cannot be above 100."
    if unit == Unit.FRACTION and number.number > 1:
        yield "A part of one cannot be above 1."


def _stored_area(imported: ImportedArea | None) -> Area | None:
    if imported is None:
        return None
    by_code = Area.objects.filter(ons_code=imported.ons_code).first() if imported.ons_code else None
    return by_code or Area.objects.filter(name__iexact=imported.name).first()


class _Measures:
    """Measures by code and name, and for the Department's columns those that are still to be defined."""

    def __init__(self, imported: ImportedFile, area: Area | None):
        self.imported, self.area = imported, area
        stored = list(Measure.objects.select_related("area"))
        self.by_code = {measure.code: measure for measure in stored}
        self.by_name = defaultdict(list)
        for measure in stored:
            self.by_name[measure.name.casefold()].append(measure)
        self.found: dict[str, PlannedMeasure | None] = {}

    @property
    def stored(self) -> list[Measure]:
        named = {value.measure: self.find(value) for value in self.imported.values}
        return [measure.stored for measure in named.values() if measure and measure.stored]

    def find(self, value: ImportedValue) -> PlannedMeasure | None:
        if value.measure not in self.found:
            new = self.imported.measures.get(value.measure)
            self.found[value.measure] = self._of_column(new) if new else self._named(value.measure)
        return self.found[value.measure]

    def _named(self, words: str) -> PlannedMeasure | None:
        namesakes = self.by_name.get(words.casefold(), [])
        stored = self.by_code.get(words.upper()) or (namesakes[0] if len(namesakes) == 1 else None)
        return _planned(stored) if stored else None

    def _of_column(self, new: ImportedMeasure) -> PlannedMeasure:
        """The measure of a column for this authority; another authority's has the same code with its area's."""
        stored = self.by_code.get(new.code)
        code = new.code
        if stored and stored.area_id != (self.area and self.area.pk):
            code = _code_for_area(new.code, self.imported.area.name if self.imported.area else "")
            stored = self.by_code.get(code)
        if stored:
            return _planned(stored)
        return PlannedMeasure(code, new.name, new.unit, new.decimals, imported=new)


def _planned(stored: Measure) -> PlannedMeasure:
    return PlannedMeasure(stored.code, stored.name, stored.unit, stored.decimals, stored=stored)


def _code_for_area(code: str, area: str) -> str:
    ending = re.sub(r"[^A-Z0-9]+", "_", area.upper()).strip("_")[:30]
    return f"{code[: LONGEST_CODE - len(ending) - 1]}_{ending}"


class _Periods:
    """Periods by code, label and dates, and those that are still to be added."""

    def __init__(self) -> None:
        stored = list(ReportingPeriod.objects.all())
        self.by_code = {period.code.casefold(): period for period in stored}
        self.by_label = {period.label.casefold(): period for period in stored}
        self.by_dates = {(period.kind, period.starts_on, period.ends_on): period for period in stored}

    def find(self, value: ImportedValue) -> PlannedPeriod | None:
        words, dates = value.period.casefold(), value.dates
        if dates:
            stored = self.by_dates.get((dates.kind, dates.starts_on, dates.ends_on))
        else:
            stored = self.by_code.get(words) or self.by_label.get(words)
        if stored:
            return PlannedPeriod(stored.label, stored=stored)
        if dates is None or dates.code in self.by_code:
            return None
        return PlannedPeriod(dates.label, imported=dates)


def _in_force(measures: Sequence[Measure]) -> dict[tuple[int, int], MeasureValue]:
    areas = {measure.pk: measure.area_id for measure in measures}
    return {
        (value.measure_id, value.period_id): value
        for value in values_in_force().filter(measure__in=measures)
        if value.area_id == areas[value.measure_id]
    }


def _targets(measures: Sequence[Measure]) -> dict[tuple[int, int], Decimal]:
    return {
        (target.measure_id, target.period_id): target.number for target in Target.objects.filter(measure__in=measures)
    }


def _stored_comparators(value: MeasureValue) -> Compared:
    return frozenset(
        (each.kind, each.label, each.number, each.code, each.qualifier) for each in value.comparators.all()
    )


def _imported_comparators(value: ImportedValue) -> Compared:
    return frozenset(
        (str(each.kind), each.label, each.value.number, each.value.code, "exact")
        for each in value.comparators
        if each.kind != ComparatorKind.TARGET
    )


def area_code(area: ImportedArea) -> str:
    """The code of a new area: its name, and where that is taken its ONS code."""
    code = slugify(area.name)[:40]
    return code if code and not Area.objects.filter(code=code).exists() else slugify(f"{code} {area.ons_code}")
