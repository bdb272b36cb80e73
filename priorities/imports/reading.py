"""What both layouts share: cells by the names of their columns, numbers and codes, and the faults found so far."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from partnership import years
from partnership.choices import PeriodKind
from partnership.spreadsheets import Row, Table
from priorities.choices import ValueCode
from priorities.imports.contents import Fault, ImportedFile, ImportedNumber, ImportedPeriod
from priorities.typed import NotANumber, number_typed

LARGEST = 10**11
MOST_DECIMALS = 6
MOST_FAULTS = 500
"""So many are named; who has to put right more than these needs another file."""
CODES = frozenset(ValueCode.values)


class Refused(Exception):
    """A cell that cannot be taken as it is; the text says why."""


def heading(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").split())


def number_or_code(text: str, *, commas: bool) -> ImportedNumber:
    """The number or code in a cell. `commas`: whether a comma can mark thousands only."""
    if text in CODES:
        return ImportedNumber(None, code=text)
    known = "Write a number, or one of the codes c, z, x, u, low"
    if not text:
        raise Refused(f"This cell is empty. {known}: x says that the number is not available.")
    if "," in text and not commas:
        raise Refused(f"“{text}” can mean two numbers in this file. Write it without commas, such as 1234 or 7.5.")
    try:
        number = number_typed(text)
    except NotANumber:
        raise Refused(f"“{text}” is not a number. {known}.") from None
    if abs(number) > LARGEST:
        raise Refused(f"{text} is too large to be right.")
    if -number.normalize().as_tuple().exponent > MOST_DECIMALS:  # type: ignore[operator]
        raise Refused(f"{text} has more than {MOST_DECIMALS} decimals. Round it.")
    return ImportedNumber(number, sign="%" if text.endswith("%") else "£" if text.startswith("£") else "")


class Reader:
    """A table's lines as cells by column, and the faults found so far."""

    def __init__(self, table: Table, headings: Row, rows: Sequence[Row], faults: list[Fault]):
        self.headings, self.rows, self.faults = headings, rows, faults
        self.commas = not table.may_have_decimal_commas
        self.columns = {heading(name): number for number, name in enumerate(headings.cells) if name}
        self._numbers: dict[str, ImportedNumber] = {}

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
        except Refused as refusal:
            self.fault(row, column, str(refusal))
            return None

    def number(self, text: str) -> ImportedNumber:
        if text not in self._numbers:  # the same few thousand stand in a million cells
            self._numbers[text] = number_or_code(text, commas=self.commas)
        return self._numbers[text]

    @property
    def has_too_many_faults(self) -> bool:
        return len(self.faults) >= MOST_FAULTS

    def even_rows(self) -> Iterator[Row]:
        """The lines that have no cells beyond the last column, until there are too many faults to name."""
        for row in self.rows:
            if self.has_too_many_faults:
                return
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
        if not self.faults:
            return ImportedFile(**found)
        faults = sorted(self.faults, key=lambda fault: fault.line)
        if self.has_too_many_faults:
            rest = "Nothing below this line was read, because too much above it must be put right."
            faults = [*faults[: MOST_FAULTS - 1], Fault(faults[MOST_FAULTS - 2].line, "", rest)]
        return ImportedFile(faults=tuple(faults))


def financial_year(text: str) -> ImportedPeriod | None:
    """The year in "2022-23", "2022/23" or "2022/2023", or None for any other words."""
    year = years.year_written(text)
    return None if year is None else financial_year_from(year)


def financial_year_from(year: int) -> ImportedPeriod:
    days = years.first_day_of(year), years.last_day_of(year)
    return ImportedPeriod(years.code_of(year), years.label_of(year), PeriodKind.FINANCIAL_YEAR, *days)
