"""From the lines of a file to those of a sheet."""

import difflib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from typing import Any

from partnership.spreadsheets import Row, Table
from priorities.imports import Fault
from priorities.imports.reading import MOST_FAULTS, Refused
from training.imports.contents import Double, Line, Sheet, SheetSession
from training.imports.words import OUTCOME_OF, OUTCOMES, column_of, plain, role_group_of

NEEDED = {"course": "the course", "date": "its date", "organisation": "where the person works", "person": "the person"}
OPTIONAL = {"email": "email address", "role": "job title", "status": "what became of the place"}
LONGEST_NAME = 200


@dataclass(frozen=True)
class _Programme:
    """What a sheet is read against: the courses there are, and the days it may tell of."""

    courses: Mapping[str, tuple[str, str]]
    """By the plain words of a name the course's code, and the name as it is written."""
    starts_on: date
    ends_on: date
    today: date


def read_sheet(table: Table, *, courses: Mapping[str, str], starts_on: date, ends_on: date, today: date) -> Sheet:
    """The sheet in a table. `courses` gives the code of each by its code and its title.

    Every line's person is replaced by a digest under a key that ends with this call, so no name goes further.
    """
    programme = _Programme({plain(name): (code, name) for name, code in courses.items()}, starts_on, ends_on, today)
    return _Reader(table, programme).read()


@dataclass
class _Found:
    """What the lines gave so far, each name once with its position."""

    sessions: dict[SheetSession, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    first: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)
    """By session and person the line that named them first, and what it said became of the place."""


class _Reader:
    def __init__(self, table: Table, programme: _Programme):
        self.headings, *self.rows = table.rows
        self.programme = programme
        self.key = secrets.token_bytes(32)
        self.faults: list[Fault] = []
        self.columns: dict[str, list[int]] = {}
        for number, heading in enumerate(self.headings.cells):
            if column := column_of(heading):
                self.columns.setdefault(column, []).append(number)
        self.course = cache(self._course)
        self.day = cache(self._day)
        self.outcome = cache(_outcome)
        self.role_group = cache(role_group_of)

    def read(self) -> Sheet:
        self._check_columns()
        if self.faults:
            return Sheet(faults=tuple(self.faults))
        found = _Found()
        for row in self.rows:
            if len(self.faults) >= MOST_FAULTS:
                rest = "Nothing below this line was read, because too much above it must be put right."
                self.faults.append(Fault(row.line, "", rest))
                break
            self._take(row, found)
        if self.faults:
            return Sheet(faults=tuple(self.faults))
        return Sheet(
            sessions=tuple(found.sessions),
            organisations=tuple(found.organisations),
            lines=tuple(found.lines),
            has_bookings="status" in self.columns,
            doubles=tuple(found.doubles),
        )

    def _check_columns(self) -> None:
        for column, words in NEEDED.items():
            if column not in self.columns and not (column == "person" and "email" in self.columns):
                said = f"No column tells {words}. Call it “{column.capitalize()}” in the first line."
                self.faults.append(Fault(self.headings.line, "", said))
        for column, numbers in self.columns.items():
            if len(numbers) > 1 and column != "person":
                twice = " and ".join(f"“{self.headings.cells[number]}”" for number in numbers)
                said = f"{twice} mean the same. Rename or remove one."
                self.faults.append(Fault(self.headings.line, "", said))

    def _take(self, row: Row, found: _Found) -> None:
        before = len(self.faults)
        course = self._parsed(row, "course", self.course)
        held_on = self._parsed(row, "date", self.day)
        organisation = self._parsed(row, "organisation", _organisation)
        outcome = self._parsed(row, "status", self.outcome) if "status" in self.columns else "attended"
        person = self._person(row)
        if len(self.faults) > before:
            return
        session = found.sessions.setdefault(SheetSession(course, held_on), len(found.sessions))
        name = found.names.setdefault(plain(organisation), organisation)
        line, said = found.first.setdefault((session, person), (row.line, outcome))
        if line == row.line:
            number = found.organisations.setdefault(name, len(found.organisations))
            role_group = self.role_group(self._cell(row, "role"))
            found.lines.append(Line(session, number, role_group, outcome, person))
        elif said == outcome:
            found.doubles.append(Double(row.line, line))
        else:
            self._fault(row, "status", f"Line {line} says something else of this person at this session. Keep one.")

    def _cell(self, row: Row, column: str) -> str:
        numbers = self.columns.get(column, ())
        return " ".join(row.cells[number] for number in numbers if number < len(row.cells)).strip()

    def _parsed(self, row: Row, column: str, parse: Callable[[str], Any]) -> Any:
        try:
            return parse(self._cell(row, column))
        except Refused as refusal:
            self._fault(row, column, str(refusal))
            return None

    def _fault(self, row: Row, column: str, said: str) -> None:
        numbers = self.columns.get(column)
        self.faults.append(Fault(row.line, self.headings.cells[numbers[0]] if numbers else column, said))

    def _person(self, row: Row) -> str:
        """The person's digest: by email address where there is one, else by name and organisation."""
        email, name = self._cell(row, "email"), self._cell(row, "person")
        if not email and not name:
            self._fault(row, "person" if "person" in self.columns else "email", "This cell is empty. Who was it?")
            return ""
        words = email or f"{name}\n{self._cell(row, 'organisation')}"
        return blake2b(" ".join(words.casefold().split()).encode(), key=self.key, digest_size=8).hexdigest()

    def _course(self, text: str) -> str:
        courses = self.programme.courses
        if not text:
            raise Refused("This cell is empty. Enter the course.")
        if plain(text) in courses:
            return courses[plain(text)][0]
        near = difflib.get_close_matches(plain(text), courses, n=1)
        hint = f"Did you mean “{courses[near[0]][1]}”?" if near else "Add it to the programme first."
        raise Refused(f"There is no course “{text[:80]}”. {hint}")

    def _day(self, text: str) -> date:
        held_on = _date(text)
        if not self.programme.starts_on <= held_on <= self.programme.ends_on:
            raise Refused(
                f"{held_on:%-d %B %Y} is not in the year of this import, which goes from "
                f"{self.programme.starts_on:%-d %B %Y} to {self.programme.ends_on:%-d %B %Y}."
            )
        if held_on > self.programme.today:
            raise Refused(f"{held_on:%-d %B %Y} is still to come.")
        return held_on


def _date(text: str) -> date:
    if not text:
        raise Refused("This cell is empty. Enter the date.")
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d %b %y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise Refused(f"“{text[:40]}” is not a real date. Write it as 31/03/2023 or 2023-03-31.")


def _organisation(text: str) -> str:
    if not plain(text):
        raise Refused("This cell is empty. Enter where the person works.")
    if len(text) > LONGEST_NAME:
        raise Refused(f"This name has more than {LONGEST_NAME} characters. Shorten it.")
    return " ".join(text.split())


def _outcome(text: str) -> str:
    outcome = OUTCOME_OF.get(plain(text))
    if outcome is None:
        known = ", ".join(words[0] for words in OUTCOMES.values())
        said = f"“{text[:40]}” does not tell what became of the place." if text else "This cell is empty."
        raise Refused(f"{said} Write one of: {known}.")
    return outcome.value
