"""Attendance sheets read into lines without names. Pure functions: no database, no request.

A sheet has a line for each person at each session. Its columns are known by the words people use for them, nothing is
guessed, and every fault is found, not only the first: each is named by its line and column, never by the person.
"""

from training.imports.contents import Double, Line, Sheet, SheetSession, from_json, to_json
from training.imports.reading import NEEDED, OPTIONAL, read_sheet

__all__ = [
    "NEEDED",
    "OPTIONAL",
    "Double",
    "Line",
    "Sheet",
    "SheetSession",
    "from_json",
    "read_sheet",
    "to_json",
]
