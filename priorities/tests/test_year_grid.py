from datetime import date

import pytest
import time_machine

from partnership.models import ReportingPeriod
from partnership.tests.factories import make_alice, make_bob, make_charlie, make_erin, make_frank
from priorities import actions
from priorities.actions import HowImpactIsKnown, KnownBy
from priorities.choices import HowKnown, UpdateStatus
from priorities.models import UpdateRound
from priorities.tests.factories import make_priority, make_round_before, make_update
from priorities.year_grid import year_grid, year_of, years_with_rounds

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus
IN_TIME, LATE = date(2022, 5, 1), date(2023, 5, 4)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(IN_TIME, tick=False):
        yield


def make_quarter(number):
    """The round of a quarter of 2022/23, due a month after it begins."""
    starts_on = date(2022 + (number == 4), 1 + 3 * (number % 4), 1)
    period = ReportingPeriod.objects.create(
        code=f"2022-23-q{number}", label=f"Quarter {number}", kind="quarter", starts_on=starts_on, ends_on=starts_on
    )
    return actions.open_round(
        title=f"Quarter {number}",
        period=period,
        opens_on=starts_on,
        due_on=starts_on.replace(month=starts_on.month + 1),
        by=make_erin(),
    )


def grid(*, code="2022-23", user=None, today=LATE):
    return year_grid(code, user=user or make_frank(), today=today)


def words(found):
    return {
        (row.agency.name, cell.priority.name): [mark and mark.words for mark in cell.marks]
        for row in found.rows
        for cell in row.cells
    }


def test_each_box_has_a_mark_for_each_round_of_the_year_in_its_order():
    later, first = make_quarter(4), make_quarter(1)
    make_update(ACCEPTED, round=first)
    make_update(DRAFT, round=later)
    make_update(SUBMITTED, round=later, priority="DA")
    make_update(round=make_round_before())

    found = grid(today=IN_TIME)

    assert [str(round) for round in found.rounds] == ["Quarter 1", "Quarter 4"]
    assert words(found) == {
        ("Police", "Priority CE"): ["Quarter 1: accepted, impact is activity only", "Quarter 4: draft"],
        ("Police", "Priority DA"): [None, "Quarter 4: submitted, impact is activity only"],
    }


def test_a_priority_that_an_agency_was_not_asked_about_has_no_marks():
    round = make_quarter(1)
    make_update(round=round)
    make_update(round=round, agency="health", priority="DA")

    assert words(grid(today=IN_TIME)) == {
        ("Health", "Priority CE"): [],
        ("Health", "Priority DA"): ["Quarter 1: not started"],
        ("Police", "Priority CE"): ["Quarter 1: not started"],
        ("Police", "Priority DA"): [],
    }


@pytest.mark.parametrize(
    ("status", "look"),
    [
        (NOT_STARTED, "late"),
        (DRAFT, "late"),
        (SUBMITTED, "submitted"),
        (RETURNED, "late"),
        (ACCEPTED, "accepted"),
        (REOPENED, "late"),
    ],
)
def test_who_has_it_after_the_due_date_is_late(status, look):
    make_update(status, round=make_quarter(1))

    [before], [after] = grid(today=date(2022, 5, 1)).marks, grid(today=date(2022, 5, 2)).marks

    assert (before.look, after.look) == (status, look)
    assert ("1 day late" in after.words, "late" in before.words) == (look == "late", False)


def test_the_latest_days_are_counted_in_words():
    make_update(round=make_quarter(4))

    assert words(grid(today=date(2023, 2, 4))) == {("Police", "Priority CE"): ["Quarter 4: not started, 3 days late"]}


def test_what_shows_the_impact_takes_the_mark_of_activity_away():
    known = HowImpactIsKnown(known_by=(KnownBy(kind=HowKnown.AUDIT, description="A case audit"),))
    make_update(SUBMITTED, round=make_quarter(1), known=known)

    [mark] = grid().marks

    assert (mark.is_unevidenced, mark.words, grid().unevidenced_count) == (False, "Quarter 1: submitted", 0)


@pytest.mark.parametrize("status", [NOT_STARTED, DRAFT])
def test_what_an_agency_has_not_handed_in_is_its_own(status):
    make_update(status, round=make_quarter(1))

    [mark] = grid().marks

    assert (mark.is_readable, mark.is_unevidenced) == (False, False)


def test_an_agency_that_reads_its_own_draft_is_marked_too():
    """The door of the page keeps partners out; the grid itself goes by what the reader may read."""
    make_update(DRAFT, round=make_quarter(1))

    [mark] = grid(user=make_bob()).marks

    assert (mark.is_readable, mark.is_unevidenced) == (True, True)


@pytest.fixture
def two_agencies():
    first, last = make_quarter(1), make_quarter(4)
    make_update(ACCEPTED, round=first)
    make_update(round=last, priority="DA")
    make_update(SUBMITTED, round=last, agency="health", by=make_charlie())


@pytest.mark.parametrize(
    ("choice", "agencies", "priorities"),
    [
        ({}, ["Health", "Police"], ["Priority CE", "Priority DA"]),
        ({"agency": "Police"}, ["Police"], ["Priority CE", "Priority DA"]),
        ({"priority": "Priority CE"}, ["Health", "Police"], ["Priority CE"]),
        ({"priority": "Priority DA"}, ["Police"], ["Priority DA"]),
        ({"is_late": True}, ["Police"], ["Priority CE", "Priority DA"]),
        ({"is_late": True, "priority": "Priority CE"}, [], ["Priority CE"]),
        ({"agency": "Health", "priority": "Priority DA"}, [], ["Priority DA"]),
    ],
)
def test_a_part_of_the_year_is_chosen_by_agency_by_priority_and_by_lateness(two_agencies, choice, agencies, priorities):
    whole = grid()
    keys = {each.name: str(each.pk) for each in (*whole.agencies, *whole.priorities)}

    part = whole.only(**{name: keys.get(value, value) for name, value in choice.items()})

    assert [each.name for each in part.agencies] == agencies
    assert [each.name for each in part.priorities] == priorities


def test_late_ones_are_counted_by_agency_and_in_all(two_agencies):
    found = grid()

    assert ([(row.agency.name, row.late_count) for row in found.rows], found.late_count) == (
        [("Health", 0), ("Police", 1)],
        1,
    )


@pytest.mark.parametrize(
    ("ends_on", "code"),
    [
        (date(2023, 3, 31), "2022-23"),
        (date(2023, 4, 1), "2023-24"),
        (date(2022, 12, 31), "2022-23"),
        (date(2000, 1, 1), "1999-00"),
    ],
)
def test_a_round_belongs_to_the_financial_year_in_which_its_period_ends(ends_on, code):
    assert year_of(ends_on).code == code


@pytest.mark.parametrize("ends_on", [date(1, 1, 1), date(1899, 12, 31), date(2100, 4, 1), date.max])
def test_a_period_that_somebody_mistyped_belongs_to_no_year(ends_on):
    assert year_of(ends_on) is None


def test_years_with_rounds_stand_once_the_latest_first():
    make_quarter(1)
    make_quarter(4)
    make_round_before()

    assert [year.label for year in years_with_rounds()] == ["2022/23", "2021/22"]


@pytest.mark.parametrize("code", ["2021-22", "2022-24", "2022", "9999-00", "quarter"])
def test_a_code_without_a_year_or_a_year_without_rounds_gives_no_grid(code):
    make_quarter(1)

    assert grid(code=code) is None


@pytest.mark.parametrize("agencies", [1, 12])
def test_a_year_takes_the_same_queries_whatever_its_size(agencies, django_assert_num_queries):
    for round in (make_quarter(1), make_quarter(4)):
        for agency in range(agencies):
            for priority in ("CE", "DA"):
                make_update(DRAFT, round=round, agency=f"agency-{agency}", priority=priority)
    alice = make_alice()
    assert (alice.permissions, UpdateRound.objects.count(), make_priority().title) != ()

    with django_assert_num_queries(4):
        found = year_grid("2022-23", user=alice, today=LATE)
        counted = (len(words(found)), found.late_count)

    assert counted == (2 * agencies, 4 * agencies)
