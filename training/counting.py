"""Counts of attendances, and counting the lines of an attendance sheet part by part. Pure functions."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from training.choices import Outcome
from training.imports import Line, Sheet

WAS_THERE = (Outcome.ATTENDED, Outcome.UNSCHEDULED)

Place = tuple[int, int, str]
"""The positions of session and organisation, and the role group."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The counts of one line; without bookings only those who were there are known."""

    attended: int
    booked: int | None = None
    late_cancelled: int | None = None
    no_show: int | None = None
    unscheduled: int | None = None

    def __str__(self) -> str:
        known = {name: count for name, count in asdict(self).items() if count is not None}
        return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in known.items())


@dataclass
class Count:
    """What was counted so far."""

    outcomes: dict[Place, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By the course's code the digests of those who were there."""

    def add(self, sheet: Sheet, lines: Iterable[Line]) -> None:
        for session, organisation, role_group, outcome, person in lines:
            if outcome != Outcome.CANCELLED:  # in good time: the place was given back
                self.outcomes[session, organisation, role_group][outcome] += 1
            if outcome in WAS_THERE:
                self.people[sheet.sessions[session].course].add(person)


def attended(outcomes: Counter[str]) -> int:
    return sum(outcomes[each] for each in WAS_THERE)


def counts_of(outcomes: Counter[str], *, has_bookings: bool) -> Counts:
    """The counts of a line; of a sheet that only says who was there, the bookings are not known."""
    if not has_bookings:
        return Counts(attended=attended(outcomes))
    late_cancelled, no_show = outcomes[Outcome.LATE_CANCELLED], outcomes[Outcome.NO_SHOW]
    return Counts(
        attended=attended(outcomes),
        booked=outcomes[Outcome.ATTENDED] + late_cancelled + no_show,
        late_cancelled=late_cancelled,
        no_show=no_show,
        unscheduled=outcomes[Outcome.UNSCHEDULED],
    )
