from datetime import date, timedelta

import pytest

from training.choices import Moment
from training.moments import address_until, held_while_open, held_while_reminded, may_invite, open_moment, window

HELD_ON = date(2022, 5, 1)


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        (-15, None),
        (-14, Moment.BASELINE),
        (0, Moment.BASELINE),
        (1, Moment.AFTER),
        (14, Moment.AFTER),
        (15, None),
        (41, None),
        (42, Moment.FOLLOW_UP),
        (84, Moment.FOLLOW_UP),
        (85, None),
    ],
)
def test_each_day_has_one_moment_at_most(days, moment):
    assert open_moment(HELD_ON, HELD_ON + timedelta(days)) == moment


@pytest.mark.parametrize("moment", Moment)
def test_the_sessions_of_an_open_moment_are_those_whose_window_holds_the_day(moment):
    first, last = held_while_open(moment, HELD_ON)
    days = [HELD_ON + timedelta(number) for number in range(-100, 100)]

    assert [day for day in days if first <= day <= last] == [
        day for day in days if window(moment, day).is_open(HELD_ON)
    ]


@pytest.mark.parametrize(("moment", "day"), [(Moment.BASELINE, -2), (Moment.AFTER, 8), (Moment.FOLLOW_UP, 56)])
def test_the_reminder_comes_once_the_moment_has_been_open_for_a_while(moment, day):
    first, last = held_while_reminded(moment, HELD_ON + timedelta(day))

    assert (first <= HELD_ON, last) == (True, HELD_ON)


@pytest.mark.parametrize(("days", "can"), [(-57, False), (-56, True), (14, True), (15, False)])
def test_people_are_invited_from_eight_weeks_before_until_the_first_answers_close(days, can):
    assert may_invite(HELD_ON, HELD_ON + timedelta(days)) is can


def test_an_address_is_held_for_sixteen_weeks_after_the_session():
    assert address_until(HELD_ON) == date(2022, 8, 21)
