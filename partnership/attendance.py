"""How often an agency was at the meetings of a group. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass

from partnership.choices import Attendance

DEFINITION = (
    "An agency attended a meeting if its member or a deputy came. Meetings that were cancelled do not count, nor those "
    "before an agency joined or after it left."
)

CAME = (Attendance.PRESENT, Attendance.DEPUTY)


@dataclass(frozen=True)
class Attended:
    """Of the meetings that an agency could come to, those it was at."""

    came: int
    meetings: int

    def __str__(self) -> str:
        return f"{self.came} of {self.meetings}" if self.meetings else "no meetings"


def attended(attendances: Iterable[str]) -> Attended:
    """An agency's attendances, each an `Attendance`, counted."""
    each = list(attendances)
    return Attended(came=sum(one in CAME for one in each), meetings=len(each))
