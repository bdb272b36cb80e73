"""Files of figures read into typed rows. Pure functions: no database, no request.

Two layouts are known: that of the Department for Education's service "explore education statistics", and a simple one
with a line for each value. Codes (`c z x u low`) stay codes, nothing is guessed, and every fault is found, not only the
first: each is named by its line and column.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from partnership.choices import PeriodKind
from partnership.spreadsheets import Row, Table
from priorities.choices import ComparatorKind, Qualifier, Unit, ValueCode
from priorities.typed import NotANumber, number_typed

LARGEST = 10**11
MOST_DECIMALS = 6
CODES = frozenset(ValueCode.values)
DFE_SOURCE = "Department for Education, explore education statistics"


@dataclass(frozen=True)
class Fault:
    """Why a cell, or with no column a whole line, cannot be imported; line 1 names the columns."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"Line {self.line}, column “{self.column}”" if self.column else f"Line {self.line}"
        return f"{where}: {self.message}"


class _Refused(Exception):
    """A cell that cannot be taken as it is; the text says why."""


@dataclass(frozen=True)
class ImportedNumber:
    """A number or the code in its place, and the sign that stood with it (% or £)."""

    number: Decimal | None
    code: str = ""
    sign: str = ""


@dataclass(frozen=True)
class ImportedComparator:
    kind: str
    label: str
    value: ImportedNumber


@dataclass(frozen=True)
class ImportedPeriod:
    """Dates with the code and the label they get if they are new; both days are included."""

    code: str
    label: str
    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class ImportedMeasure:
    """What a column of the Department's file counts, for the case that the portal does not count it yet."""

    code: str
    name: str
    definition: str
    unit: str
    decimals: int


@dataclass(frozen=True)
class ImportedArea:
    name: str
    ons_code: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportedValue:
    """One value as the file gives it, with the place it stands at."""

    line: int
    column: str
    measure: str
    """The measure's code or name."""
    period: str
    """The code or the label of a period."""
    dates: ImportedPeriod | None
    """The dates it stands for, where the words alone say them."""
    value: ImportedNumber
    qualifier: str = Qualifier.EXACT
    source: str
    as_at: date | None = None
    note: str = ""
    comparators: tuple[ImportedComparator, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """What a file says, or the faults because of which it is not imported."""

    values: tuple[ImportedValue, ...] = ()
    faults: tuple[Fault, ...] = ()
    area: ImportedArea | None = None
    """The authority that was chosen in the Department's file; the simple layout has none."""
    measures: dict[str, ImportedMeasure] = field(default_factory=dict)
    """By code, those that the Department's file defines."""


def read_import(table: Table, *, authority: str) -> ImportedFile:
    """The figures in a table of either layout; `authority` (a name or code) chooses from the Department's."""
    headings, *rows = table.rows
    names = [_heading(name) for name in headings.cells]
    faults = [
        Fault(headings.line, name, "There are two columns of this name. Rename or remove one.")
        for name in dict.fromkeys(headings.cells)
        if name and names.count(_heading(name)) > 1
    ]
    faults += [
        Fault(headings.line, "", f"Column {number} has no name.")
        for number, name in enumerate(headings.cells, start=1)
        if not name
    ]
    is_dfe = {"time period", "geographic level"} <= set(names)
    reader = _DfeReader if is_dfe else _SimpleReader
    return reader(table, headings, rows, faults).read(authority)


def _heading(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").split())


def _number(text: str, *, commas: bool) -> ImportedNumber:
    """The number or code in a cell. `commas`: whether a comma can mark thousands only."""
    if text in CODES:
        return ImportedNumber(None, code=text)
    known = "Write a number, or one of the codes c, z, x, u, low"
    if not text:
        raise _Refused(f"This cell is empty. {known}: x says that the number is not available.")
    if "," in text and not commas:
        raise _Refused(f"“{text}” can mean two numbers in this file. Write it without commas, such as 1234 or 7.5.")
    try:
        number = number_typed(text)
    except NotANumber:
        raise _Refused(f"“{text}” is not a number. {known}.") from None
    if abs(number) > LARGEST:
        raise _Refused(f"{text} is too large to be right.")
    if -number.normalize().as_tuple().exponent > MOST_DECIMALS:  # type: ignore[operator]
        raise _Refused(f"{text} has more than {MOST_DECIMALS} decimals. Round it.")
    return ImportedNumber(number, sign="%" if text.endswith("%") else "£" if text.startswith("£") else "")


class _Reader:
    """What both layouts share: the lines as cells by column, and the faults found so far."""

    def __init__(self, table: Table, headings: Row, rows: Sequence[Row], faults: list[Fault]):
        self.headings, self.rows, self.faults = headings, rows, faults
        self.commas = not table.may_have_decimal_commas
        self.columns = {_heading(name): number for number, name in enumerate(headings.cells) if name}

    def title(self, column: str) -> str:
        """The column's name as the file writes it."""
        return self.headings.cells[self.columns[column]]

    def cell(self, row: Row, column: str) -> str:
        number = self.columns.get(column)
        return row.cells[number] if number is not None and number < len(row.cells) else ""

    def fault(self, row: Row, column: str, message: str) -> None:
        self.faults.append(Fault(row.line, self.title(column) if column in self.columns else column, message))

    def parsed(self, row: Row, column: str, parse: Callable) -> Any:
        """What `parse` makes of the cell, or None and a fault."""
        try:
            return parse(self.cell(row, column))
        except _Refused as refusal:
            self.fault(row, column, str(refusal))
            return None

    def number(self, text: str) -> ImportedNumber:
        return _number(text, commas=self.commas)

    def even_rows(self) -> Iterator[Row]:
        """The lines that have no cells beyond the last column."""
        for row in self.rows:
            if len(row.cells) > len(self.headings.cells):
                self.faults.append(
                    Fault(
                        row.line,
                        "",
                        f"This line has {len(row.cells)} cells, but there are {len(self.headings.cells)} columns. "
                        "Look for a comma that should not be there.",
                    )
                )
            else:
                yield row

    def has_columns(self, needed: Sequence[str]) -> bool:
        missing = [name for name in needed if name not in self.columns]
        self.faults += [
            Fault(self.headings.line, name, "This column is missing. The first line must name it.") for name in missing
        ]
        return not missing

    def result(self, **found: Any) -> ImportedFile:
        """The values in the order of the file, or without any the faults."""
        if self.faults:
            return ImportedFile(faults=tuple(sorted(self.faults, key=lambda fault: fault.line)))
        return ImportedFile(**found)


# The simple layout: a line for each value

SIMPLE_NEEDED = ("measure", "period", "value", "source")
SIMPLE_OPTIONAL = ("qualifier", "as at", "note")
SIMPLE_COMPARATORS = {
    "england": ComparatorKind.ENGLAND,
    "region": ComparatorKind.REGION,
    "statistical neighbours": ComparatorKind.NEIGHBOURS,
    "target": ComparatorKind.TARGET,
}
LONGEST_SOURCE = 300


class _SimpleReader(_Reader):
    def read(self, authority: str) -> ImportedFile:
        known = (*SIMPLE_NEEDED, *SIMPLE_OPTIONAL, *SIMPLE_COMPARATORS)
        for column in self.columns:
            if column not in known:
                near = difflib.get_close_matches(column, known, n=1)
                hint = f"Did you mean “{near[0]}”?" if near else f"The columns are {', '.join(known)}."
                self.fault(self.headings, column, f"This column is not known. {hint}")
        if not self.has_columns(SIMPLE_NEEDED):
            return self.result()
        seen: dict[tuple[str, str], int] = {}
        values = [value for row in self.even_rows() if (value := self._value(row, seen))]
        return self.result(values=tuple(values))

    def _value(self, row: Row, seen: dict[tuple[str, str], int]) -> ImportedValue | None:
        before = len(self.faults)
        for column in ("measure", "period", "source"):
            if not self.cell(row, column):
                self.fault(row, column, f"This cell is empty. Enter the {column}.")
        if len(self.cell(row, "source")) > LONGEST_SOURCE:
            self.fault(row, "source", f"The source has more than {LONGEST_SOURCE} characters. Shorten it.")
        value = self.parsed(row, "value", self.number)
        qualifier = self.parsed(row, "qualifier", _qualifier)
        as_at = self.parsed(row, "as at", _day)
        comparators = tuple(
            ImportedComparator(kind, "", number)
            for column, kind in SIMPLE_COMPARATORS.items()
            if self.cell(row, column) and (number := self.parsed(row, column, self.number))
        )
        if value and value.number is None and qualifier not in (None, Qualifier.EXACT):
            self.fault(row, "qualifier", "A code has no qualifier. Leave this cell empty.")
        measure, period = self.cell(row, "measure"), self.cell(row, "period")
        first = seen.setdefault((measure.casefold(), period.casefold()), row.line)
        if measure and period and first != row.line:
            self.fault(row, "measure", f"Line {first} gives this measure for this period already.")
        if len(self.faults) > before or value is None:
            return None
        return ImportedValue(
            line=row.line,
            column=self.title("value"),
            measure=measure,
            period=period,
            dates=financial_year(period),
            value=value,
            qualifier=qualifier,
            source=self.cell(row, "source"),
            as_at=as_at,
            note=self.cell(row, "note"),
            comparators=comparators,
        )


QUALIFIERS = {
    "": Qualifier.EXACT,
    **{each.value: each for each in Qualifier},
    **{each.label: each for each in Qualifier},
}


def _qualifier(text: str) -> str:
    try:
        return QUALIFIERS[text.lower()].value
    except KeyError:
        allowed = ", ".join(Qualifier.values)
        raise _Refused(f"“{text}” is not known here. Write one of {allowed}, or leave the cell empty.") from None


def _day(text: str) -> date | None:
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise _Refused(f"“{text}” is not a real date. Write it as 31/03/2023 or 2023-03-31.")


def financial_year(text: str) -> ImportedPeriod | None:
    """The year in "2022-23", "2022/23" or "2022/2023", or None for any other words."""
    match = re.fullmatch(r"((?:19|20)\d\d)[-/\u2013](?:(?:19|20)?(\d\d))", text, re.ASCII)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    return _financial_year(int(match[1]))


def _financial_year(year: int) -> ImportedPeriod:
    return ImportedPeriod(
        f"{year}-{(year + 1) % 100:02}",
        f"{year}/{(year + 1) % 100:02}",
        PeriodKind.FINANCIAL_YEAR,
        date(year, 4, 1),
        date(year + 1, 3, 31),
    )


# The Department's layout: a line for each place and period, a column for each indicator

DFE_PLACES = (
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
DFE_NEEDED = ("time period", "time identifier", "geographic level", "region code", "region name", "la name")
DFE_LEVELS = {"national": ComparatorKind.ENGLAND, "regional": ComparatorKind.REGION, "local authority": None}
DFE_OTHER_LEVELS = {
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

LONGEST_CODE = 60
LONGEST_NAME = 200


@dataclass(frozen=True)
class _DfeRow:
    row: Row
    level: str
    period: ImportedPeriod
    filters: tuple[str, ...]
    numbers: dict[str, ImportedNumber]


class _DfeReader(_Reader):
    def read(self, authority: str) -> ImportedFile:
        if not self.has_columns(DFE_NEEDED):
            return self.result()
        rows = list(self.even_rows())
        inside = [column for column in self.columns if column not in DFE_PLACES]
        indicators = [column for column in inside if self._is_indicator(column, rows)]
        filters = [column for column in inside if column not in indicators]
        if not indicators:
            self.fault(self.headings, "", "This file has no column with numbers.")
        read = [found for row in rows if (found := self._row(row, filters, indicators))]
        chosen = self._chosen(read, authority)
        self._name_repeated(read)
        if self.faults:
            return self.result()
        return self._values(read, chosen, indicators)

    def _is_indicator(self, column: str, rows: Sequence[Row]) -> bool:
        """Whether most cells hold numbers or codes; a column of words splits the lines, as into boys and girls."""
        texts = [text for row in rows[:ENOUGH_ROWS] if (text := self.cell(row, column))]
        return sum(map(_is_number_or_code, texts)) * 2 > len(texts)

    def _row(self, row: Row, filters: Sequence[str], indicators: Sequence[str]) -> _DfeRow | None:
        level = self.cell(row, "geographic level").lower()
        if level in DFE_OTHER_LEVELS:
            return None
        if level not in DFE_LEVELS:
            text = self.cell(row, "geographic level")
            said = f"“{text}” is not known. Write National, Regional or Local authority."
            self.fault(row, "geographic level", said if text else "This cell is empty. Is it National, Regional …?")
        elif level == "local authority" and not self.cell(row, "la name"):
            self.fault(row, "la name", "This line is about a local authority, but it does not name it.")
        period = None
        try:
            period = dfe_period(self.cell(row, "time period"), self.cell(row, "time identifier"))
        except _UnknownIdentifier as refusal:
            self.fault(row, "time identifier", str(refusal))
        except _Refused as refusal:
            self.fault(row, "time period", str(refusal))
        numbers = {column: self.parsed(row, column, self._dfe_number) for column in indicators}
        if period is None or level not in DFE_LEVELS:
            return None
        kept = {column: number for column, number in numbers.items() if number is not None}
        return _DfeRow(row, level, period, tuple(self.cell(row, column) for column in filters), kept)

    def _dfe_number(self, text: str) -> ImportedNumber:
        found = self.number(text)
        if found.sign:
            raise _Refused(f"“{text}” has a sign. In the Department's layout a number stands alone, such as 12.5.")
        return found

    def _chosen(self, read: Sequence[_DfeRow], authority: str) -> list[_DfeRow]:
        """The authority's lines; a fault, with the names that are near, where there are none."""
        wanted = authority.strip().casefold()
        local = [each for each in read if each.level == "local authority"]
        chosen = [
            each
            for each in local
            if wanted in {self.cell(each.row, name).casefold() for name in ("la name", "new la code", "old la code")}
        ]
        if not wanted or not chosen:
            names = sorted({self.cell(each.row, "la name") for each in local})
            near = difflib.get_close_matches(authority.strip(), names, n=3, cutoff=0.6)
            asked = f"There is no local authority “{authority.strip()}” in this file." if wanted else ""
            hint = f"Did you mean {' or '.join(near)}?" if near else f"It has {'; '.join(names[:10])}"
            hint += " …" if not near and len(names) > 10 else "." if not near else ""
            said = asked or "Choose the local authority."
            self.fault(self.headings, "la name", f"{said} {hint}" if names else f"{said} It has none.")
            return []
        return chosen

    def _name_repeated(self, read: Sequence[_DfeRow]) -> None:
        seen: dict[tuple, int] = {}
        for each in read:
            key = (self._place(each), each.period.code, each.filters)
            first = seen.setdefault(key, each.row.line)
            if first != each.row.line:
                self.fault(each.row, "time period", f"Line {first} gives this place for this period already.")

    def _place(self, each: _DfeRow) -> tuple[str, ...]:
        names = {"national": (), "regional": ("region name",)}.get(each.level, ("la name", "new la code"))
        return (each.level, *(self.cell(each.row, name).casefold() for name in names))

    def _values(self, read: Sequence[_DfeRow], chosen: Sequence[_DfeRow], indicators: Sequence[str]) -> ImportedFile:
        others = {(self._place(each), each.period.code, each.filters): each for each in read}
        values: list[ImportedValue] = []
        decimals: dict[str, int] = {}
        for each in chosen:
            compared = [
                others.get((place, each.period.code, each.filters))
                for place in (("national",), ("regional", self.cell(each.row, "region name").casefold()))
            ]
            for column in indicators:
                code = dfe_code(column, each.filters)
                number = each.numbers[column]
                decimals[code] = max(decimals.get(code, 0), _decimals(number))
                values.append(self._value(each, column, code, number, [other for other in compared if other]))
        place = chosen[-1].row
        return ImportedFile(
            values=tuple(values),
            area=ImportedArea(self.cell(place, "la name"), self.cell(place, "new la code")[:9]),
            measures={
                code: self._measure(column, each.filters, code, decimals[code])
                for each in chosen
                for column in indicators
                if (code := dfe_code(column, each.filters))
            },
        )

    def _value(
        self, each: _DfeRow, column: str, code: str, number: ImportedNumber, compared: Sequence[_DfeRow]
    ) -> ImportedValue:
        comparators = []
        for other in compared:
            kind = DFE_LEVELS[other.level]
            label = self.cell(other.row, "region name") if kind == ComparatorKind.REGION else ""
            comparators.append(ImportedComparator(str(kind), label, other.numbers[column]))
        written = f"{self.cell(each.row, 'time identifier')} {self.cell(each.row, 'time period')}"
        return ImportedValue(
            line=each.row.line,
            column=self.title(column),
            measure=code,
            period=each.period.code,
            dates=each.period,
            value=number,
            source=DFE_SOURCE,
            note="" if each.period.label in written else f"The Department calls this period “{written}”.",
            comparators=tuple(comparators),
        )

    def _measure(self, column: str, filters: Sequence[str], code: str, decimals: int) -> ImportedMeasure:
        title = self.title(column)
        splits = ", ".join(text for text in filters if text and text.casefold() != "total")
        name = _words(title) + (f" ({splits})" if splits else "")
        return ImportedMeasure(
            code=code,
            name=name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 2] + " …",
            definition=f"{name}: column “{title}” in the {DFE_SOURCE}. Small numbers were hidden by the Department.",
            unit=_unit(title),
            decimals=decimals,
        )


def _is_number_or_code(text: str) -> bool:
    try:
        _number(text, commas=True)
    except _Refused:
        return False
    return True


def dfe_code(column: str, filters: Sequence[str]) -> str:
    """The code of the measure in a column, in the lines with these words in their other columns."""
    parts = ["dfe", column, *(text for text in filters if text and text.casefold() != "total")]
    code = re.sub(r"[^A-Z0-9]+", "_", " ".join(parts).upper()).strip("_")
    if len(code) <= LONGEST_CODE:
        return code
    return f"{code[: LONGEST_CODE - 9]}_{sha256(code.encode()).hexdigest()[:8].upper()}"


def _words(title: str) -> str:
    """A column's name as words: "At31_episodes" becomes "At31 episodes"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title.replace("_", " ")).split()
    text = " ".join(word if word.isupper() else word.lower() for word in words)
    return text[:1].upper() + text[1:]


def _unit(title: str) -> str:
    """What a column counts, by its name; the file does not say."""
    name = title.lower()
    if "percent" in name or name.startswith("pc_") or "pct" in name or name.endswith("_perc"):
        return Unit.PERCENT
    if "rate" in re.split(r"[^a-z]+", name):
        return Unit.RATE
    return Unit.EPISODES if "episode" in name else Unit.CHILDREN


def _decimals(number: ImportedNumber) -> int:
    exponent = number.number.normalize().as_tuple().exponent if number.number is not None else 0
    return max(0, -int(exponent))


class _UnknownIdentifier(_Refused):
    pass


def dfe_period(period: str, identifier: str) -> ImportedPeriod:
    """The dates of the Department's time period. Its "reporting year 2025" ends on 31 March 2025."""
    kind = identifier.strip().lower()
    spans_years = kind.startswith(("financial year", "academic year", "tax year"))
    match = re.fullmatch(r"((?:19|20)\d\d)[-/]?(\d\d)" if spans_years else r"((?:19|20)\d\d)", period, re.ASCII)
    if kind not in {"reporting year", "calendar year"} and not spans_years:
        raise _UnknownIdentifier(
            f"Periods of the kind “{identifier}” cannot be imported yet; reporting, financial, academic and calendar "
            "years and the quarters of financial years can."
        )
    if not match or (spans_years and (int(match[1]) + 1) % 100 != int(match[2])):
        form = "202324" if spans_years else "2024"
        raise _Refused(f"“{period}” is not a period as the Department writes it for a {kind}, such as {form}.")
    year = int(match[1])
    following = f"{(year + 1) % 100:02}"
    match kind:
        case "reporting year":
            return _financial_year(year - 1)
        case "calendar year":
            return ImportedPeriod(f"cy{year}", str(year), PeriodKind.CUSTOM, date(year, 1, 1), date(year, 12, 31))
        case "financial year":
            return _financial_year(year)
        case "academic year":
            label = f"Academic year {year}/{following}"
            dates = date(year, 9, 1), date(year + 1, 8, 31)
            return ImportedPeriod(f"ay{year}-{following}", label, PeriodKind.ACADEMIC_YEAR, *dates)
        case "financial year q1" | "financial year q2" | "financial year q3" | "financial year q4":
            return _quarter(year, int(kind[-1]))
    raise _UnknownIdentifier(f"Periods of the kind “{identifier}” cannot be imported yet.")


def _quarter(year: int, quarter: int) -> ImportedPeriod:
    starts_on, ends_on = [
        (date(year, 4, 1), date(year, 6, 30)),
        (date(year, 7, 1), date(year, 9, 30)),
        (date(year, 10, 1), date(year, 12, 31)),
        (date(year + 1, 1, 1), date(year + 1, 3, 31)),
    ][quarter - 1]
    years = f"{year}-{(year + 1) % 100:02}"
    label = f"Quarter {quarter} {years.replace('-', '/')}"
    return ImportedPeriod(f"{years}-q{quarter}", label, PeriodKind.QUARTER, starts_on, ends_on)
