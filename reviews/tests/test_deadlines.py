from datetime import date

import pytest

from reviews.deadlines import (
    Deadline,
    is_working_day,
    months_after,
    notification_due,
    publication_due,
    rapid_review_due,
    working_days_after,
    working_days_between,
)

CASES = [
    # what, from, working days, due
    ("an ordinary week", date(2022, 4, 25), 4, date(2022, 4, 29)),
    ("over a weekend", date(2022, 6, 23), 5, date(2022, 6, 30)),
    ("from a Saturday, Monday is the first day", date(2022, 6, 25), 1, date(2022, 6, 27)),
    ("from a Sunday as well", date(2022, 6, 26), 1, date(2022, 6, 27)),
    ("no day at all", date(2022, 6, 25), 0, date(2022, 6, 25)),
    ("Christmas 2022: 26 and, for Sunday's Christmas Day, 27 December", date(2022, 12, 21), 5, date(2022, 12, 30)),
    ("New Year 2023, kept on Monday the 2nd", date(2022, 12, 30), 1, date(2023, 1, 3)),
    ("Christmas and New Year together", date(2022, 12, 16), 15, date(2023, 1, 11)),
    ("Christmas 2021, kept on Monday and Tuesday", date(2021, 12, 23), 2, date(2021, 12, 29)),
    ("Easter 2022: Good Friday 15 and Easter Monday 18 April", date(2022, 4, 13), 5, date(2022, 4, 22)),
    ("Easter 2023: 7 and 10 April", date(2023, 4, 6), 1, date(2023, 4, 11)),
    ("the Jubilee: 2 and 3 June 2022, and no holiday on 30 May", date(2022, 5, 27), 5, date(2022, 6, 7)),
    ("from the Wednesday before the Jubilee", date(2022, 6, 1), 1, date(2022, 6, 6)),
    ("the State Funeral: 19 September 2022", date(2022, 9, 16), 5, date(2022, 9, 26)),
    ("the Coronation: 8 May 2023, and 1 May", date(2023, 4, 28), 5, date(2023, 5, 9)),
    ("May 2023 with its three holidays", date(2023, 4, 28), 15, date(2023, 5, 23)),
    ("the end of a month", date(2022, 10, 28), 2, date(2022, 11, 1)),
    ("the end of a year", date(2024, 12, 31), 1, date(2025, 1, 2)),
    ("29 February", date(2024, 2, 28), 2, date(2024, 3, 1)),
    ("Scotland's 2 January is a working day in England", date(2024, 1, 1), 1, date(2024, 1, 2)),
    ("Northern Ireland's 17 March too", date(2022, 3, 16), 1, date(2022, 3, 17)),
]


@pytest.mark.parametrize(("what", "day", "count", "due"), CASES, ids=[case[0] for case in CASES])
def test_working_days_of_england(what, day, count, due):
    assert working_days_after(day, count) == due
    assert working_days_between(day, due) == count
    assert working_days_between(due, day) == -count


@pytest.mark.parametrize(
    "day", [date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2022, 12, 27)]
)
def test_the_extra_bank_holidays_are_no_working_days(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2022, 5, 16), 6, date(2022, 11, 16)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 6, 30), 6, date(2022, 12, 30)),
        (date(2022, 12, 31), 6, date(2023, 6, 30)),
        (date(2022, 7, 1), 6, date(2023, 1, 1)),
        (date(2022, 12, 1), 12, date(2023, 12, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day, count, later):
    assert months_after(day, count) == later


def test_each_deadline_counts_from_what_the_guidance_says():
    assert notification_due(date(2022, 12, 21)) == date(2022, 12, 30)
    assert rapid_review_due(date(2022, 4, 25)) == date(2022, 5, 17)
    assert publication_due(date(2022, 5, 16)) == date(2022, 11, 16)


def deadline(done_on=None):
    return Deadline(what="Rapid review", due_on=date(2022, 6, 7), done_on=done_on)


@pytest.mark.parametrize(
    ("today", "words", "is_late"),
    [
        (date(2022, 5, 30), "due in 4 working days", False),
        (date(2022, 6, 6), "due in 1 working day", False),
        (date(2022, 6, 7), "due today", False),
        (date(2022, 6, 8), "1 working day late", True),
        (date(2022, 6, 10), "3 working days late", True),
        (date(2022, 4, 12), "due in 8 weeks", False),
        (date(2021, 12, 7), "due in 5 months", False),
        (date(2023, 6, 7), "12 months late", True),
        (date(2024, 6, 6), "2 years late", True),
    ],
)
def test_what_is_open_says_how_long_is_left_or_how_late_it_is(today, words, is_late):
    assert (deadline().in_words(today), deadline().is_late(today), deadline().is_on_time) == (words, is_late, False)


@pytest.mark.parametrize(
    ("done_on", "words", "is_on_time"),
    [
        (date(2022, 6, 7), "done on time", True),
        (date(2022, 5, 1), "done on time", True),
        (date(2022, 6, 9), "done 2 working days late", False),
    ],
)
def test_what_is_done_stays_as_it_was_done(done_on, words, is_on_time):
    done = deadline(done_on)

    assert (done.in_words(date(2030, 1, 1)), done.is_on_time, done.is_late(date(2030, 1, 1))) == (
        words,
        is_on_time,
        not is_on_time,
    )
