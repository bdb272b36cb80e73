"""What an attendance sheet holds once it is read: nobody's name is in it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from priorities.imports import Fault


class Line(NamedTuple):
    """One person at one session: `session` and `organisation` are positions in the sheet's lists."""

    session: int
    organisation: int
    role_group: str
    outcome: str
    person: str
    """A keyed digest, the same for the same person within the sheet and of no use outside it."""


class Double(NamedTuple):
    """A line that says of a person what an earlier line has said already; it is counted once."""

    line: int
    first: int


@dataclass(frozen=True)
class SheetSession:
    course: str
    """The course's code."""
    held_on: date


@dataclass(frozen=True)
class Sheet:
    """The lines of a sheet, or without any the faults."""

    sessions: tuple[SheetSession, ...] = ()
    organisations: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    has_bookings: bool = False
    """Whether it says what became of each place, or only who was there."""
    doubles: tuple[Double, ...] = ()
    faults: tuple[Fault, ...] = ()


def to_json(sheet: Sheet) -> str:
    """A sheet without faults, to be kept until it is imported."""
    return json.dumps(
        {
            "sessions": [[each.course, each.held_on.isoformat()] for each in sheet.sessions],
            "organisations": sheet.organisations,
            "lines": sheet.lines,
            "has_bookings": sheet.has_bookings,
            "doubles": sheet.doubles,
        },
        separators=(",", ":"),
    )


def from_json(text: str) -> Sheet:
    kept = json.loads(text)
    return Sheet(
        sessions=tuple(SheetSession(course, date.fromisoformat(held_on)) for course, held_on in kept["sessions"]),
        organisations=tuple(kept["organisations"]),
        lines=tuple(Line(*line) for line in kept["lines"]),
        has_bookings=kept["has_bookings"],
        doubles=tuple(Double(*double) for double in kept["doubles"]),
    )
