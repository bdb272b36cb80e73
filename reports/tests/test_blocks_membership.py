from datetime import date

import pytest
import time_machine

from partnership import actions
from partnership.choices import Attendance
from partnership.models import Seat
from partnership.tests.factories import make_agency, make_alice, make_group, make_meeting
from reports.choices import Kind
from reports.tests.factories import read_new

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(date(2023, 6, 1), tick=False):
        yield


def test_without_members_it_says_so():
    block = read_new(Kind.MEMBERSHIP)

    assert (block.intro, block.tables) == ("No members of groups are recorded for 2022/23.", ())


def test_a_group_that_met_tells_posts_and_attendance_and_the_others_their_members():
    group = make_group(posts={"police": "Superintendent"})
    actions.add_seat(group=group, agency=make_agency("council"), from_on=date(2022, 6, 1), by=make_alice())
    make_meeting(group, date(2022, 6, 9), health=Attendance.APOLOGIES)
    make_meeting(group, date(2022, 7, 7), cancelled_reason="Flood")
    make_meeting(group, date(2023, 4, 6))
    make_group("SA", "police", "health")

    block = read_new(Kind.MEMBERSHIP)

    met, others = block.tables
    assert block.intro.startswith("An agency attended a meeting if its member or a deputy came.")
    assert (met.caption, met.heads) == ("Group BOARD: 1 meeting", ("Member", "Post", "Meetings attended"))
    assert [(row.head, row.detail, *row.cells) for row in met.rows] == [
        ("County Council", "Member from 1 June 2022.", "not recorded", "1 of 1"),
        ("County Health", "", "not recorded", "0 of 1"),
        ("County Police", "", "Superintendent", "1 of 1"),
    ]
    assert (others.caption, [(row.head, *row.cells) for row in others.rows]) == (
        "Members of the other groups",
        [("Group SA", "Health, Police")],
    )
    assert [(each.title, each.points) for each in block.lists] == [
        ("Meetings that were cancelled", ("Group BOARD, 7 July 2022: Flood",))
    ]


def test_without_meetings_nothing_is_said_of_attendance():
    make_group()
    Seat.objects.filter(agency=make_agency("health")).update(until_on=date(2022, 3, 31))

    block = read_new(Kind.MEMBERSHIP)

    (table,) = block.tables
    assert (block.intro, table.caption) == ("", "Members of the groups")
    assert [row.cells for row in table.rows] == [("Police",)]
