"""Which reminder of an update is due on a day, and who wants it: rules only, without database and clock.

The rules' source: issue 3, Reminders.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from priorities.choices import OPEN_STATUSES, EmailsWanted, Occasion

BEFORE = ((Occasion.FORTNIGHT, 14), (Occasion.THREE_DAYS, 3), (Occasion.DUE, 0))
"""Occasions with how many days before the due date they fall."""

LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class DueReminder:
    """An occasion and the day it falls on, which is earlier than today where the scheduler was down."""

    occasion: Occasion
    falls_on: date


def due_reminder(*, today: date, opens_on: date, due_on: date, status: str) -> DueReminder | None:
    """The latest reminder whose day has come; None before the round opens and once the update is handed in.

    What falls before the opening of a short round is left out, and of two on one day the later kind is taken.
    """
    if status not in OPEN_STATUSES or today < opens_on:
        return None
    weeks_late = (today - due_on).days // 7
    if weeks_late > 0:
        return DueReminder(Occasion.LATE, due_on + timedelta(weeks=weeks_late))
    days = [(occasion, due_on - timedelta(days=before)) for occasion, before in BEFORE]
    come = [DueReminder(occasion, day) for occasion, day in days if opens_on <= day <= today]
    return come[-1] if come else DueReminder(Occasion.OPENING, opens_on)


def is_wanted(wanted: str, *, today: date, due_on: date) -> bool:
    """Whether a person who chose this gets a reminder today."""
    return wanted == EmailsWanted.ALL or (wanted == EmailsWanted.DUE and today >= due_on)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed: a minute, then twice as long each time, to six hours."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)
