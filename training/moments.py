"""When people are asked about a session, and for how long the portal may write to them: rules only, without clock.

The rules' source: issue 5, Evaluation; the later moment is that of domain.md 3.2.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from training.choices import Moment

DAYS = {Moment.BASELINE: (-14, 0), Moment.AFTER: (1, 14), Moment.FOLLOW_UP: (42, 84)}
"""From which day to which day each moment is open, counted from the session's."""

REMINDER = {Moment.BASELINE: 12, Moment.AFTER: 7, Moment.FOLLOW_UP: 14}
"""How many days after its opening a moment is reminded of, once."""

INVITED_FROM = timedelta(days=56)
"""Addresses are not kept for longer than this before a session."""

BETWEEN_LETTERS = timedelta(days=2)
"""Somebody invited late is not written to twice within this."""

ADDRESS_KEPT = timedelta(weeks=16)
"""After the session, if the last questions stay unanswered."""


@dataclass(frozen=True)
class Window:
    """The days on which a moment's questions can be answered, both included."""

    opens_on: date
    closes_on: date

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today <= self.closes_on

    def is_over(self, today: date) -> bool:
        """Whether nobody can answer any more."""
        return self.closes_on < today


def window(moment: str, held_on: date) -> Window:
    """When the questions of a moment are open."""
    opens, closes = DAYS[Moment(moment)]
    return Window(held_on + timedelta(opens), held_on + timedelta(closes))


def open_moment(held_on: date, today: date) -> Moment | None:
    """The moment whose questions are open on a day; no two are."""
    return next((moment for moment in Moment if window(moment, held_on).is_open(today)), None)


def may_invite(held_on: date, today: date) -> bool:
    """Whether somebody can still be invited: from eight weeks before the session until the first answers close."""
    return held_on - INVITED_FROM <= today <= window(Moment.AFTER, held_on).closes_on


def held_while_open(moment: str, today: date) -> tuple[date, date]:
    """The first and the last day on which sessions were held, or will be, whose moment is open today."""
    opens, closes = DAYS[Moment(moment)]
    return today - timedelta(closes), today - timedelta(opens)


def held_while_reminded(moment: str, today: date) -> tuple[date, date]:
    """The same for the sessions of which those who have not answered are reminded today, once."""
    first, last = held_while_open(moment, today)
    return first, last - timedelta(REMINDER[Moment(moment)])


def address_until(held_on: date) -> date:
    """The last day on which the portal holds an address of somebody invited to a session."""
    return held_on + ADDRESS_KEPT
