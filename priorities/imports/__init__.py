"""Files of figures read into typed rows. Pure functions: no database, no request.

Two layouts are known: that of the Department for Education's service "explore education statistics", and a simple one
with a line for each value. Codes (`c z x u low`) stay codes, nothing is guessed, and every fault is found, not only the
first: each is named by its line and column.
"""

from partnership.spreadsheets import Row, Table
from priorities.imports.contents import (
    Choice,
    Fault,
    ImportedArea,
    ImportedComparator,
    ImportedFile,
    ImportedMeasure,
    ImportedNumber,
    ImportedPeriod,
    ImportedValue,
    Neighbours,
    Offer,
)
from priorities.imports.dfe import DfeReader
from priorities.imports.dfe_names import LONGEST_CODE, column_in_words, dfe_code
from priorities.imports.dfe_periods import dfe_period
from priorities.imports.reading import financial_year, heading
from priorities.imports.simple import SimpleReader

__all__ = [
    "LONGEST_CODE",
    "Choice",
    "Fault",
    "ImportedArea",
    "ImportedComparator",
    "ImportedFile",
    "ImportedMeasure",
    "ImportedNumber",
    "ImportedPeriod",
    "ImportedValue",
    "Neighbours",
    "Offer",
    "column_in_words",
    "dfe_code",
    "dfe_period",
    "financial_year",
    "offer_of",
    "read_import",
]

EVERYTHING = Choice()


def read_import(table: Table, *, choice: Choice = EVERYTHING, neighbours: Neighbours | None = None) -> ImportedFile:
    """The figures in a table of either layout; `choice` and `neighbours` are for the Department's."""
    headings, *rows = table.rows
    faults = _faults_of_headings(headings)
    if not _is_dfe(headings):
        if choice.columns:
            faults.append(Fault(headings.line, "", "Columns can be chosen from a file of the Department only."))
        return SimpleReader(table, headings, rows, faults).read()
    return DfeReader(table, headings, rows, faults, choice=choice, neighbours=neighbours).read()


def offer_of(table: Table) -> Offer | None:
    """What there is to choose from in a file of the Department without faults; None for the simple layout."""
    headings, *rows = table.rows
    return DfeReader(table, headings, rows, [], choice=EVERYTHING).offer() if _is_dfe(headings) else None


def _is_dfe(headings: Row) -> bool:
    return {"time period", "geographic level"} <= {heading(name) for name in headings.cells}


def _faults_of_headings(headings: Row) -> list[Fault]:
    names = [heading(name) for name in headings.cells]
    twice = [
        Fault(headings.line, name, "There are two columns of this name. Rename or remove one.")
        for name in dict.fromkeys(headings.cells)
        if name and names.count(heading(name)) > 1
    ]
    nameless = [
        Fault(headings.line, "", f"Column {number} has no name.")
        for number, name in enumerate(headings.cells, start=1)
        if not name
    ]
    return twice + nameless
