"""Deadlines of serious incidents and the reviews that follow, in working days of England.

How they are counted (Working Together 2018, chapter 4; the national Panel's guidance for safeguarding partners): a
notification is due within 5 working days of the council becoming aware; a rapid review within 15 working days of the
notification; a review is published within 6 months of the decision to have one. The day on which something happens is
not counted: the first working day after it is day 1. Saturdays, Sundays and England's bank holidays are no working
days. A month later is the same day of the month, or the last day of a shorter month.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from reviews.choices import ReviewKind, ReviewStage

NOTIFICATION_DAYS = 5
RAPID_REVIEW_DAYS = 15
PUBLICATION_MONTHS = 6

SOON = 30
"""Up to so many days off, what is left is told in working days."""


@lru_cache(maxsize=300)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The working day that is `count` working days after a day, which is not counted itself."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after `first` up to and with `last`; negative where `last` is the earlier."""
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))


def months_after(day: date, count: int) -> date:
    """The same day `count` months later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def notification_due(aware_on: date) -> date:
    """The last day to notify the Panel of an incident that the council became aware of on a day."""
    return working_days_after(aware_on, NOTIFICATION_DAYS)


def rapid_review_due(notified_on: date) -> date:
    """The last day to complete the rapid review of an incident notified on a day."""
    return working_days_after(notified_on, RAPID_REVIEW_DAYS)


def publication_due(commissioned_on: date) -> date:
    """The last day to publish a review that was decided on a day."""
    return months_after(commissioned_on, PUBLICATION_MONTHS)


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """What was to be done by when, and when it was done."""

    what: str
    due_on: date
    done_on: date | None

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    @property
    def is_on_time(self) -> bool:
        """Whether it was done, and by the day."""
        return self.done_on is not None and self.done_on <= self.due_on

    def is_late(self, today: date) -> bool:
        """Whether it was done too late, or should have been done by now."""
        return (self.done_on or today) > self.due_on

    def in_words(self, today: date) -> str:
        """How it stands: "due in 4 working days", "3 working days late", "done on time"."""
        day = self.done_on or today
        if day > self.due_on:
            return f"{'done ' if self.done_on else ''}{_late(self.due_on, day)}"
        if self.done_on:
            return "done on time"
        if self.due_on == today:
            return "due today"
        return f"due {_left(today, self.due_on)}"


def deadline_of(kind: str, dates: Mapping[str, date], *, notified_on: date | None) -> Deadline | None:
    """What the guidance asks of a review of this kind; None where it asks nothing, or its first day is not known.

    A rapid review counts from the notification of what it follows; without one, from the day it began.
    """
    due: Callable[[date], date]
    match kind:
        case ReviewKind.SERIOUS_INCIDENT:
            what, due, done = "Notify the national panel", notification_due, ReviewStage.NOTIFIED
            begun = dates.get(ReviewStage.AWARE)
        case ReviewKind.RAPID_REVIEW:
            what, due, done = "Complete the rapid review", rapid_review_due, ReviewStage.COMPLETED
            begun = notified_on or dates.get(ReviewStage.IN_PROGRESS)
        case ReviewKind.LCSPR:
            what, due, done = "Publish the review", publication_due, ReviewStage.PUBLISHED
            begun = dates.get(ReviewStage.TO_START)
        case _:
            return None
    return Deadline(what=what, due_on=due(begun), done_on=dates.get(done)) if begun else None


def _late(due_on: date, day: date) -> str:
    days = (day - due_on).days
    return f"{_counted(working_days_between(due_on, day), 'working day') if days <= SOON else _long(days)} late"


def _left(today: date, due_on: date) -> str:
    days = (due_on - today).days
    return f"in {_counted(working_days_between(today, due_on), 'working day') if days <= SOON else _long(days)}"


def _long(days: int) -> str:
    """A long time as people say it: whole weeks up to 12, then whole months, from two years on whole years."""
    if days < 84:
        return _counted(days // 7, "week")
    return _counted(days * 12 // 365, "month") if days < 730 else _counted(days // 365, "year")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
