from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from partnership.tests.factories import make_bob, make_partnership, make_period
from training.choices import OrganisationType
from training.costs import costs
from training.tests.factories import make_course, make_session

pytestmark = pytest.mark.django_db

HIDDEN = "hidden to protect people"


@pytest.fixture(autouse=True)
def year():
    return make_period()


def held(code, attended, cost, month=5):
    return make_session(
        make_course(code),
        held_on=date(2022, month, 1),
        capacity=None,
        attended={OrganisationType.POLICE: attended},
        cost=None if cost is None else Decimal(cost),
    )


def told():
    return [
        (row.course.code, f"{row.sessions} of {row.held}", row.cost, row.attended_text, row.each)
        for year in costs()
        for row in (*year.rows, *([year.total] if year.total else []))
    ]


def test_a_course_costs_what_its_sessions_cost_that_are_known():
    held("A", 20, "480")
    held("A", 10, None, month=6)
    held("B", 30, "120")

    assert told() == [
        ("A", "1 of 2", 480, "20", "£24.00"),
        ("B", "1 of 1", 120, "30", "£4.00"),
        ("A", "2 of 3", 600, "50", "£12.00"),
    ]


def test_a_session_without_a_cost_cannot_be_worked_out_from_the_others():
    held("A", 20, "480")
    held("A", 3, None, month=6)

    assert told() == [("A", "1 of 2", 480, HIDDEN, HIDDEN)]


def test_a_year_that_is_shown_as_a_whole_tells_its_cost_though_sessions_are_hidden():
    held("A", 20, "480")
    held("A", 3, "69", month=6)
    held("A", 9, "11", month=7)

    assert told() == [("A", "3 of 3", 560, "32", "£17.50")]


def test_the_total_leaves_out_what_is_hidden():
    for code, attended in (("BIG", 300), ("LARGE", 200), ("MIDDLE", 40), ("SMALL", 3)):
        held(code, attended, "100")

    assert told()[2:] == [
        ("MIDDLE", "1 of 1", 100, HIDDEN, HIDDEN),
        ("SMALL", "1 of 1", 100, HIDDEN, HIDDEN),
        ("BIG", "2 of 2", 200, "500", "£0.40"),
    ]


def test_years_stand_below_each_other_the_latest_first():
    make_period("2023-24")
    held("A", 20, "480")
    make_session(make_course("A"), held_on=date(2023, 5, 1), attended={OrganisationType.POLICE: 10}, cost=Decimal(50))

    assert [(year.period.code, year.total) for year in costs()] == [("2023-24", None), ("2022-23", None)]


def test_a_planned_session_costs_nothing_yet(client):
    make_partnership()
    make_session(make_course("A"), cost=Decimal(480))
    client.force_login(make_bob())

    page = client.get(reverse("training:cost-list")).content.decode()

    assert (costs(), "No costs yet" in page) == ([], True)


@pytest.mark.parametrize("courses", [1, 3])
def test_costs_take_two_queries_whatever_there_is(django_assert_num_queries, courses):
    for number in range(courses):
        held(f"C{number}", 20, "480")

    with django_assert_num_queries(2):
        found = costs()

    assert len(found[0].rows) == courses
