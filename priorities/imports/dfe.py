"""The Department's layout: a line for each place and period, a column for each indicator."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from partnership.spreadsheets import Row
from priorities.choices import ComparatorKind
from priorities.imports.contents import (
    Choice,
    ImportedArea,
    ImportedComparator,
    ImportedFile,
    ImportedNumber,
    ImportedPeriod,
    ImportedValue,
    Neighbours,
    Offer,
)
from priorities.imports.dfe_names import DFE_SOURCE, dfe_code, dfe_measure, dfe_name
from priorities.imports.dfe_periods import UnknownIdentifier, dfe_period
from priorities.imports.neighbours import mean_of
from priorities.imports.reading import Reader, Refused, heading, number_or_code

PLACES = (
    "time period",
    "time identifier",
    "geographic level",
    "country code",
    "country name",
    "region code",
    "region name",
    "old la code",
    "new la code",
    "la name",
)
NEEDED = ("time period", "time identifier", "geographic level", "region code", "region name", "la name")
LEVELS = {"national": ComparatorKind.ENGLAND, "regional": ComparatorKind.REGION, "local authority": None}
OTHER_LEVELS = {
    "english devolved area",
    "institution",
    "local authority district",
    "local enterprise partnership",
    "local skills improvement plan area",
    "mat",
    "mayoral combined authority",
    "opportunity area",
    "parliamentary constituency",
    "planning area",
    "police force area",
    "provider",
    "rsc region",
    "school",
    "sponsor",
    "ward",
}
"""Levels that nothing is imported from."""

ENOUGH_ROWS = 1000
"""So many lines show what a column holds."""

LONGEST_PLACE = 120
MOST_CATEGORIES = 100
"""A column with more kinds than these is no choice that somebody could make."""


@dataclass(frozen=True)
class _Line:
    """A line of a level that figures are taken from, with the numbers of the chosen columns."""

    row: Row
    level: str
    period: ImportedPeriod
    filters: tuple[str, ...]
    numbers: dict[str, ImportedNumber]

    @property
    def slot(self) -> tuple[str, tuple[str, ...]]:
        """What it is compared with stands in the same one."""
        return (self.period.code, self.filters)


class DfeReader(Reader):
    def __init__(self, *args: Any, choice: Choice, neighbours: Neighbours | None = None):
        super().__init__(*args)
        self.choice, self.neighbours = choice, neighbours

    def read(self) -> ImportedFile:
        if not self.has_columns(NEEDED):
            return self.result()
        indicators, filters = self._kinds_of_columns()
        if not indicators:
            self.fault(self.headings, "", "This file has no column with numbers.")
        wanted = self._wanted(indicators)
        lines = [line for row in self._rows(filters) if (line := self._line(row, filters, wanted))]
        if self.has_too_many_faults:
            return self.result()
        chosen = self._chosen(lines)
        self._name_repeated(lines)
        if self.faults:
            return self.result()
        return self._values(lines, chosen, wanted)

    def offer(self) -> Offer:
        """What there is to choose from; the file has been read without faults."""
        indicators, filters = self._kinds_of_columns()
        local = [row for row in self.even_rows() if self.cell(row, "geographic level").lower() == "local authority"]
        areas = {self.cell(row, "la name"): self._area(row) for row in local}
        splits = dict.fromkeys(self._filters_of(row, filters) for row in local)
        categories = {
            self.title(column): kinds
            for number, column in enumerate(filters)
            if 1 < len(kinds := tuple(dict.fromkeys(split[number] for split in splits))) <= MOST_CATEGORIES
        }
        return Offer(
            authorities=tuple(areas[name] for name in sorted(areas)),
            measures={
                title: {dfe_code(title, split): dfe_name(title, split) for split in splits}
                for title in map(self.title, indicators)
            },
            categories=categories,
        )

    def _kinds_of_columns(self) -> tuple[list[str], list[str]]:
        """The columns with numbers, and those whose words split the lines, as into boys and girls."""
        inside = [column for column in self.columns if column not in PLACES]
        indicators = [column for column in inside if self._is_indicator(column)]
        return indicators, [column for column in inside if column not in indicators]

    def _is_indicator(self, column: str) -> bool:
        """Whether most cells hold numbers or codes."""
        texts = [text for row in self.rows[:ENOUGH_ROWS] if (text := self.cell(row, column))]
        return sum(map(_is_number_or_code, texts)) * 2 > len(texts)

    def _wanted(self, indicators: Sequence[str]) -> list[str]:
        """The chosen columns in the order of the file; a fault, with the names that are near, for an unknown one."""
        asked = {heading(title): title for title in self.choice.columns}
        titles = {column: self.title(column) for column in indicators}
        for column, title in asked.items():
            if column not in titles:
                near = difflib.get_close_matches(column, titles, n=1)
                hint = f"Did you mean “{titles[near[0]]}”?" if near else f"It has {_some(titles.values())}"
                self.fault(self.headings, title, f"There is no such column with numbers in this file. {hint}")
        return [column for column in indicators if column in asked or not asked]

    def _rows(self, filters: Sequence[str]) -> Iterator[Row]:
        """The lines of the chosen kinds."""
        chosen = {heading(title): set(kinds) for title, kinds in self.choice.categories.items()}
        for column in chosen.keys() - set(filters):
            self.fault(self.headings, column, "There is no such column with kinds to choose from in this file.")
        split_by = [column for column in filters if column in chosen]
        for row in self.even_rows():
            if all(self.cell(row, column) in chosen[column] for column in split_by):
                yield row

    def _line(self, row: Row, filters: Sequence[str], wanted: Sequence[str]) -> _Line | None:
        level = self.cell(row, "geographic level").lower()
        if level in OTHER_LEVELS:
            return None
        self._name_faults_of_place(row, level)
        period = self._period(row)
        numbers = {column: self.parsed(row, column, self._plain_number) for column in wanted}
        if period is None or level not in LEVELS:
            return None
        kept = {column: number for column, number in numbers.items() if number is not None}
        return _Line(row, level, period, self._filters_of(row, filters), kept)

    def _filters_of(self, row: Row, filters: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.cell(row, column) for column in filters)

    def _name_faults_of_place(self, row: Row, level: str) -> None:
        if level not in LEVELS:
            text = self.cell(row, "geographic level")
            said = f"“{text}” is not known. Write National, Regional or Local authority."
            self.fault(row, "geographic level", said if text else "This cell is empty. Is it National, Regional …?")
        elif level == "local authority" and not self.cell(row, "la name"):
            self.fault(row, "la name", "This line is about a local authority, but it does not name it.")
        for column in ("region name", "la name"):
            if len(self.cell(row, column)) > LONGEST_PLACE:
                self.fault(row, column, f"This name has more than {LONGEST_PLACE} characters. Shorten it.")

    def _period(self, row: Row) -> ImportedPeriod | None:
        try:
            return dfe_period(self.cell(row, "time period"), self.cell(row, "time identifier"))
        except UnknownIdentifier as refusal:
            self.fault(row, "time identifier", str(refusal))
        except Refused as refusal:
            self.fault(row, "time period", str(refusal))
        return None

    def _plain_number(self, text: str) -> ImportedNumber:
        found = self.number(text)
        if found.sign:
            raise Refused(f"“{text}” has a sign. In the Department's layout a number stands alone, such as 12.5.")
        return found

    def _chosen(self, lines: Sequence[_Line]) -> list[_Line]:
        """The authority's lines; a fault, with the names that are near, where there are none."""
        asked = self.choice.authority.strip()
        local = [line for line in lines if line.level == "local authority"]
        chosen = [
            line
            for line in local
            if asked.casefold()
            in {self.cell(line.row, name).casefold() for name in ("la name", "new la code", "old la code")}
        ]
        if asked and chosen:
            return chosen
        names = sorted({self.cell(line.row, "la name") for line in local})
        near = difflib.get_close_matches(asked, names, n=3, cutoff=0.6)
        said = f"There is no local authority “{asked}” in this file." if asked else "Choose the local authority."
        hint = f"Did you mean {' or '.join(near)}?" if near else f"It has {_some(names)}"
        self.fault(self.headings, "la name", f"{said} {hint}")
        return []

    def _name_repeated(self, lines: Sequence[_Line]) -> None:
        seen: dict[tuple, int] = {}
        for line in lines:
            first = seen.setdefault((self._place(line), line.slot), line.row.line)
            if first != line.row.line:
                self.fault(line.row, "time period", f"Line {first} gives this place for this period already.")

    def _place(self, line: _Line) -> tuple[str, ...]:
        names = {"national": (), "regional": ("region name",)}.get(line.level, ("la name", "new la code"))
        return (line.level, *(self.cell(line.row, name).casefold() for name in names))

    def _area(self, row: Row) -> ImportedArea:
        return ImportedArea(self.cell(row, "la name"), self.cell(row, "new la code")[:9])

    def _values(self, lines: Sequence[_Line], chosen: Sequence[_Line], wanted: Sequence[str]) -> ImportedFile:
        area = self._area(chosen[-1].row)
        nearby = self.neighbours.areas if self.neighbours and self.neighbours.are_of(area) else ()
        places = {(self._place(line), line.slot): line for line in lines}
        found: dict[tuple, list[_Line]] = {}
        for line in lines:
            if line.level == "local authority" and self._is_among(line, nearby):
                found.setdefault(line.slot, []).append(line)
        values: list[ImportedValue] = []
        decimals: dict[tuple[str, tuple[str, ...]], int] = {}
        for line in chosen:
            region = ("regional", self.cell(line.row, "region name").casefold())
            compared = [other for place in (("national",), region) if (other := places.get((place, line.slot)))]
            for column in wanted:
                measure = (column, line.filters)
                decimals[measure] = max(decimals.get(measure, 0), line.numbers[column].decimals)
                comparators = [self._comparator(other, column) for other in compared]
                like = [other.numbers[column] for other in found.get(line.slot, ())]
                if nearby and (mean := mean_of(like, of=len(nearby))):
                    comparators.append(mean)
                values.append(self._value(line, column, comparators))
        measures = [dfe_measure(self.title(column), filters, decimals=n) for (column, filters), n in decimals.items()]
        return ImportedFile(
            values=tuple(values),
            area=area,
            measures={measure.code: measure for measure in measures},
            missing_neighbours=self._missing(nearby, lines),
        )

    def _is_among(self, line: _Line, areas: Iterable[ImportedArea]) -> bool:
        own = self._area(line.row)
        return any(own.is_same_as(area) for area in areas)

    def _missing(self, nearby: Iterable[ImportedArea], lines: Sequence[_Line]) -> tuple[str, ...]:
        local = {self._area(line.row) for line in lines if line.level == "local authority"}
        return tuple(area.name for area in nearby if not any(area.is_same_as(each) for each in local))

    def _comparator(self, other: _Line, column: str) -> ImportedComparator:
        kind = LEVELS[other.level]
        label = self.cell(other.row, "region name") if kind == ComparatorKind.REGION else ""
        return ImportedComparator(str(kind), label, other.numbers[column])

    def _value(self, line: _Line, column: str, comparators: Sequence[ImportedComparator]) -> ImportedValue:
        written = f"{self.cell(line.row, 'time identifier')} {self.cell(line.row, 'time period')}"
        return ImportedValue(
            line=line.row.line,
            column=self.title(column),
            measure=dfe_code(self.title(column), line.filters),
            period=line.period.code,
            dates=line.period,
            value=line.numbers[column],
            source=DFE_SOURCE,
            note="" if line.period.label in written else f"The Department calls this period “{written}”.",
            comparators=tuple(comparators),
        )


def _is_number_or_code(text: str) -> bool:
    try:
        number_or_code(text, commas=True)
    except Refused:
        return False
    return True


def _some(names: Iterable[str]) -> str:
    """The first ten of the names, for the end of a sentence."""
    names = list(names)
    if not names:
        return "none."
    return "; ".join(names[:10]) + (" …" if len(names) > 10 else ".")
