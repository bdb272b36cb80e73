from datetime import UTC, date, datetime

import pytest
import time_machine

from partnership.tests.factories import make_alice, make_bob, make_frank
from priorities import actions
from priorities.choices import UpdateStatus
from priorities.grid import round_grid
from priorities.tests.factories import make_priority, make_round, make_round_before, make_update

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus
ON_THE_DUE_DATE = datetime(2023, 4, 30, 12, tzinfo=UTC)


def grid(*, user=None, today=date(2023, 5, 4)):
    return round_grid(make_round(), user=user or make_alice(), today=today)


def cell(status, *, today=date(2023, 5, 4), user=None):
    """The one cell of a round whose due date is 30 April, its update made on that day."""
    with time_machine.travel(ON_THE_DUE_DATE, tick=False):
        make_update(status)
    [row] = grid(user=user, today=today).rows
    [found] = row.cells
    return found


def test_agencies_stand_by_name_and_priorities_by_order_with_gaps_where_nothing_was_asked():
    make_update(agency="police", priority="CE")
    make_update(agency="health", priority="NEGLECT")
    make_update(agency="police", priority="NEGLECT")
    priority = make_priority("NEGLECT")
    priority.order = 1
    priority.save()

    found = grid()

    assert [one.code for one in found.priorities] == ["CE", "NEGLECT"]
    assert [(row.agency.code, [each and each.update.priority.code for each in row.cells]) for row in found.rows] == [
        ("health", [None, "NEGLECT"]),
        ("police", ["CE", "NEGLECT"]),
    ]


def test_another_round_is_not_in_the_grid():
    make_update(agency="police")
    make_update(agency="health", round=make_round_before())

    assert [row.agency.code for row in grid().rows] == ["police"]


@pytest.mark.parametrize(
    ("status", "today", "days_late", "is_late_now"),
    [
        (NOT_STARTED, date(2023, 4, 30), 0, False),
        (NOT_STARTED, date(2023, 5, 1), 1, True),
        (DRAFT, date(2023, 5, 4), 4, True),
        (RETURNED, date(2023, 5, 4), 4, True),
        (REOPENED, date(2023, 5, 4), 4, True),
        (SUBMITTED, date(2023, 5, 4), 0, False),
        (ACCEPTED, date(2023, 5, 4), 0, False),
    ],
)
def test_who_has_it_after_the_due_date_is_late(status, today, days_late, is_late_now):
    found = cell(status, today=today)

    assert (found.days_late, found.is_late_now) == (days_late, is_late_now)


def test_what_came_late_says_so_for_ever_but_is_late_no_more():
    with time_machine.travel(datetime(2023, 5, 1, 23, 30, tzinfo=UTC), tick=False):  # 2 May in London
        make_update(SUBMITTED)

    [row] = grid(today=date(2023, 6, 1)).rows

    assert (row.cells[0].days_late, row.cells[0].late_text, row.late) == (2, "Came 2 days late", [])


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2023, 4, 30), ""), (date(2023, 5, 1), "1 day late"), (date(2023, 5, 2), "2 days late")],
)
def test_lateness_in_words(today, expected):
    assert cell(DRAFT, today=today).late_text == expected


@pytest.mark.parametrize("status", UpdateStatus)
def test_the_rating_of_a_draft_is_its_agency_s_own(status):
    found = cell(status)

    assert (found.has_rating, found.is_readable) == ((False, False) if status in (NOT_STARTED, DRAFT) else (True, True))


def test_those_with_most_outstanding_come_first():
    make_update(agency="health")
    for priority in ("CE", "NEGLECT"):
        make_update(agency="police", priority=priority)
    make_update(SUBMITTED, agency="council", by=make_bob())

    found = grid()

    assert [(row.agency.code, len(row.late)) for row in found.late] == [("police", 2), ("health", 1)]
    assert found.late_count == 3


def test_every_update_is_counted_once():
    for number, status in enumerate(UpdateStatus):
        make_update(status, priority=f"P{number}")

    assert grid().counts == {"open": 4, "submitted": 1, "accepted": 1, "total": 6}


@pytest.mark.parametrize("agencies", [1, 12])
def test_a_grid_takes_the_same_queries_whatever_its_size(agencies, django_assert_num_queries):
    for agency in range(agencies):
        for priority in ("CE", "NEGLECT"):
            make_update(agency=f"agency-{agency}", priority=priority)
    round, frank = make_round(), make_frank()
    assert frank.permissions

    with django_assert_num_queries(2):
        found = round_grid(round, user=frank, today=date(2023, 5, 4))
        names = [(row.agency.short_name, [str(each.update.priority) for each in row.cells]) for row in found.rows]
        late = found.late_count

    assert (len(names), late) == (agencies, 2 * agencies)


def test_a_reopened_update_awaits_its_agency_in_the_grid():
    with time_machine.travel(ON_THE_DUE_DATE, tick=False):
        update = make_update(ACCEPTED)
    actions.reopen_update(update=update, reason="Count again.", by=make_alice())

    [row] = grid().rows

    assert [each.update.status for each in row.late] == [REOPENED]
