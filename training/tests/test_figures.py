from datetime import date
from decimal import Decimal

import pytest

from partnership import actions as partnership_actions
from partnership.choices import PeriodKind
from partnership.tests.factories import make_alice, make_period
from priorities.figurebook import Defined
from training import actions
from training.choices import CourseKind, CourseMode, OrganisationType
from training.counting import Counts
from training.figures import CALCULATIONS, AttendanceByOrganisation, attendance, computed
from training.rates import Tally

pytestmark = pytest.mark.django_db

SCHOOLS, HEALTH, POLICE = OrganisationType.SCHOOLS, OrganisationType.HEALTH, OrganisationType.POLICE


def make_course():
    return actions.add_course(
        code="NEGLECT", title="Neglect", mode=CourseMode.VIRTUAL, kind=CourseKind.THEMATIC, by=make_alice()
    )


def hold(course, held_on, attended, caveat=""):
    return actions.record_session(
        course=course, held_on=held_on, capacity=None, attended=attended, caveat=caveat, by=make_alice()
    )


def test_attendances_are_summed_by_organisation_type_in_the_order_of_charts():
    course = make_course()
    hold(course, date(2022, 5, 1), {POLICE: 3, HEALTH: 20})
    hold(course, date(2022, 6, 1), {HEALTH: 5, SCHOOLS: 40})

    found = attendance([make_period("2022-23")])

    assert found == {"2022-23": AttendanceByOrganisation(counts={"schools": 40, "health": 25, "police": 3}, caveats=())}
    assert list(found["2022-23"].counts) == ["schools", "health", "police"]
    assert found["2022-23"].total == 68


def test_a_session_counts_in_every_period_that_holds_its_date():
    course = make_course()
    for held_on, count in [
        (date(2022, 3, 31), 1),
        (date(2022, 4, 1), 10),
        (date(2022, 6, 30), 100),
        (date(2022, 7, 1), 1000),
        (date(2023, 3, 31), 10_000),
        (date(2023, 4, 1), 100_000),
    ]:
        hold(course, held_on, {POLICE: count})
    quarter = partnership_actions.add_period(
        code="q1",
        label="Quarter 1",
        kind=PeriodKind.QUARTER,
        starts_on=date(2022, 4, 1),
        ends_on=date(2022, 6, 30),
        by=None,
    )

    found = attendance([quarter, make_period("2021-22"), make_period("2022-23"), make_period("2023-24")])

    assert {code: by_organisation.total for code, by_organisation in found.items()} == {
        "q1": 110,
        "2021-22": 1,
        "2022-23": 11_110,
        "2023-24": 100_000,
    }


def test_a_type_that_sent_nobody_is_a_true_zero_and_one_not_recorded_is_left_out():
    hold(make_course(), date(2022, 5, 1), {POLICE: 0, HEALTH: 7})

    assert attendance([make_period("2022-23")])["2022-23"].counts == {"health": 7, "police": 0}


def test_each_caveat_is_told_once_in_the_order_of_the_sessions():
    course = make_course()
    hold(course, date(2022, 7, 1), {POLICE: 1}, caveat="The same day.")
    hold(course, date(2022, 7, 1), {POLICE: 1}, caveat="Later.")
    hold(course, date(2022, 5, 1), {POLICE: 1, HEALTH: 1}, caveat="Illustrative.")
    hold(course, date(2022, 6, 1), {POLICE: 1}, caveat="")
    hold(course, date(2022, 8, 1), {POLICE: 1}, caveat="Illustrative.")
    hold(course, date(2021, 5, 1), {POLICE: 1}, caveat="Another year's.")

    assert attendance([make_period("2022-23")])["2022-23"].caveats == ("Illustrative.", "Later.", "The same day.")


def test_a_period_without_a_session_has_no_attendance():
    hold(make_course(), date(2022, 5, 1), {POLICE: 3})

    assert attendance([make_period("2021-22")]) == {}


def test_reading_attendance_takes_one_query_whatever_there_is(django_assert_num_queries):
    course = make_course()
    for month in range(1, 13):
        hold(course, date(2022, month, 1), {POLICE: 3, HEALTH: 4})
    periods = [make_period("2021-22"), make_period("2022-23")]

    with django_assert_num_queries(1):
        found = attendance(periods)

    assert {code: by_organisation.total for code, by_organisation in found.items()} == {"2021-22": 21, "2022-23": 63}


def test_the_figures_are_the_totals_and_ask_nothing_more_of_the_database(django_assert_num_queries):
    hold(make_course(), date(2022, 5, 1), {POLICE: 3, HEALTH: 20})
    found = attendance([make_period("2022-23"), make_period("2021-22")])

    with django_assert_num_queries(0):
        figures = computed(found)

    assert figures == {
        ("training.attendances", "", "2022-23"): Decimal(23),
        ("training.attendances", "NEGLECT", "2022-23"): Decimal(23),
    }


def test_both_rates_of_one_year_come_out_each_named_by_its_definition():
    """304 came; 318 were booked; there were 393 places (a partnership's report gives both as “the” rate)."""
    course = make_course()
    alice = make_alice()
    session = actions.record_session(course=course, held_on=date(2022, 5, 1), capacity=393, by=alice)
    counts = Counts(attended=304, booked=318, late_cancelled=6, no_show=8, unscheduled=0)
    actions.record_attendance(session=session, organisation_type=HEALTH, counts=counts, by=alice)

    figures = computed(attendance([make_period("2022-23")]))

    assert {CALCULATIONS[name]: number for (name, of, _), number in figures.items() if not of} == {
        "Attendances at training sessions": Decimal(304),
        "Attendance, share of bookings": Defined(number=Decimal("95.6"), definition="of bookings"),
        "Attendance, share of places": Defined(number=Decimal("77.4"), definition="of places"),
    }


def test_a_rate_that_would_tell_of_few_is_no_figure():
    course = make_course()
    alice = make_alice()
    session = actions.record_session(course=course, held_on=date(2022, 5, 1), capacity=10, by=alice)
    counts = Counts(attended=4, booked=6, late_cancelled=1, no_show=1, unscheduled=0)
    actions.record_attendance(session=session, organisation_type=HEALTH, counts=counts, by=alice)

    figures = computed(attendance([make_period("2022-23")]))

    assert {calculation for calculation, _, _ in figures} == {"training.attendances"}


def test_places_count_once_however_many_agencies_came():
    course = make_course()
    session = actions.record_session(
        course=course, held_on=date(2022, 5, 1), capacity=40, attended={HEALTH: 10, POLICE: 10}, by=make_alice()
    )

    [found] = attendance([make_period("2022-23")]).values()

    assert session.capacity == 40
    assert found.tallies == {"NEGLECT": Tally(attended=20, places=40, attended_of_places=20)}
