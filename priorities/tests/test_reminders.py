"""The rules, without database and clock."""

from datetime import date, timedelta

import pytest

from priorities.choices import EmailsWanted, Occasion, UpdateStatus
from priorities.reminders import DueReminder, due_reminder, is_wanted, wait_after

OPENS, DUE = date(2026, 3, 2), date(2026, 4, 1)
OPENING, FORTNIGHT, THREE_DAYS, ON_THE_DAY, LATE, _ = Occasion


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 1), None),
        (date(2026, 3, 2), (OPENING, date(2026, 3, 2))),
        (date(2026, 3, 17), (OPENING, date(2026, 3, 2))),
        (date(2026, 3, 18), (FORTNIGHT, date(2026, 3, 18))),
        (date(2026, 3, 28), (FORTNIGHT, date(2026, 3, 18))),
        (date(2026, 3, 29), (THREE_DAYS, date(2026, 3, 29))),
        (date(2026, 3, 31), (THREE_DAYS, date(2026, 3, 29))),
        (date(2026, 4, 1), (ON_THE_DAY, date(2026, 4, 1))),
        (date(2026, 4, 7), (ON_THE_DAY, date(2026, 4, 1))),
        (date(2026, 4, 8), (LATE, date(2026, 4, 8))),
        (date(2026, 4, 14), (LATE, date(2026, 4, 8))),
        (date(2026, 4, 15), (LATE, date(2026, 4, 15))),
        (date(2027, 3, 31), (LATE, date(2027, 3, 31))),
    ],
)
def test_the_latest_reminder_whose_day_has_come(today, expected):
    due = due_reminder(today=today, opens_on=OPENS, due_on=DUE, status=UpdateStatus.DRAFT)

    assert due == (DueReminder(*expected) if expected else None)


@pytest.mark.parametrize(
    ("days_open", "expected"),
    [
        (20, [(OPENING, 20), (FORTNIGHT, 14), (THREE_DAYS, 3), (ON_THE_DAY, 0)]),
        (14, [(FORTNIGHT, 14), (THREE_DAYS, 3), (ON_THE_DAY, 0)]),
        (10, [(OPENING, 10), (THREE_DAYS, 3), (ON_THE_DAY, 0)]),
        (3, [(THREE_DAYS, 3), (ON_THE_DAY, 0)]),
        (1, [(OPENING, 1), (ON_THE_DAY, 0)]),
        (0, [(ON_THE_DAY, 0)]),
    ],
)
def test_a_short_round_has_one_reminder_a_day_and_none_before_it_opens(days_open, expected):
    opens_on = DUE - timedelta(days=days_open)
    days = [opens_on - timedelta(days=3) + timedelta(days=day) for day in range(days_open + 4)]

    due = [due_reminder(today=day, opens_on=opens_on, due_on=DUE, status=UpdateStatus.NOT_STARTED) for day in days]

    found = dict.fromkeys(reminder for reminder in due if reminder)
    assert [(reminder.occasion, (DUE - reminder.falls_on).days) for reminder in found] == expected


@pytest.mark.parametrize("status", UpdateStatus)
@pytest.mark.parametrize("today", [OPENS, DUE, date(2026, 6, 1)])
def test_nobody_is_reminded_of_what_is_handed_in(status, today):
    due = due_reminder(today=today, opens_on=OPENS, due_on=DUE, status=status)

    assert (due is None) == (status in {"submitted", "accepted"})


@pytest.mark.parametrize(
    ("wanted", "answers"),
    [
        (EmailsWanted.ALL, [True, True, True]),
        (EmailsWanted.DUE, [False, True, True]),
        (EmailsWanted.NONE, [False, False, False]),
    ],
)
def test_who_wants_a_reminder_the_day_before_on_the_day_and_after(wanted, answers):
    days = [DUE + timedelta(days=days) for days in (-1, 0, 1)]

    assert [is_wanted(wanted, today=day, due_on=DUE) for day in days] == answers


def test_each_try_waits_longer_to_six_hours():
    waits = [wait_after(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 9, 10, 1000)]

    assert waits == [1, 2, 4, 256, 360, 360]
