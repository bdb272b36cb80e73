from datetime import date
from decimal import Decimal

import pytest

from partnership.tests.factories import make_agency, make_period
from training.choices import CourseKind, OrganisationType
from training.models import Attendance, AttendanceSheet, PeopleCounted, Session
from training.queries import (
    attended_told,
    course_story,
    coverage,
    lines_told,
    people_told,
    programme,
    tally_of,
    with_counts,
)
from training.tests.factories import make_attendance, make_course, make_session, make_sheet

pytestmark = pytest.mark.django_db

HIDDEN = "hidden to protect people"


def test_a_course_s_story_has_a_line_for_each_year_it_was_held():
    course = make_course()
    for year, attended in ((2021, 20), (2022, 30)):
        make_period(f"{year}-{year - 1999}")
        session = make_session(course, held_on=date(year, 6, 1), capacity=40, cost=Decimal("450"))
        make_attendance(session, attended=attended, booked=attended + 10, late_cancelled=0, no_show=10, unscheduled=0)
    make_session(course, held_on=date(2022, 9, 1), capacity=500)  # nobody's attendance is recorded
    make_period("2023-24")

    story = course_story(course)

    assert [
        (year.period.code, year.sessions, year.told["attended"], year.told["no_show"], year.cost, year.people)
        for year in story
    ] == [
        ("2022-23", 1, "30", "10", "£15.00", "Not counted"),
        ("2021-22", 1, "20", "10", "£22.50", "Not counted"),
    ]
    assert [[rate.text for rate in year.rates] for year in story] == [["75.0%", "75.0%"], ["66.7%", "50.0%"]]


def test_a_story_takes_three_queries_whatever_there_is(django_assert_num_queries):
    course = make_course()
    make_period()
    make_attendance(make_session(course))
    with django_assert_num_queries(3):
        course_story(course)

    for month in (6, 7, 8):
        make_attendance(make_session(course, held_on=date(2022, month, 1)))
    with django_assert_num_queries(3):
        course_story(course)


@pytest.mark.parametrize(
    ("counted", "is_all", "words"),
    [
        ([], True, "Not counted"),
        ([212], True, "212"),
        ([212], False, "At least 212"),
        ([212, 40], False, "At least 212"),
        ([3], True, HIDDEN),
        ([3], False, HIDDEN),
    ],
)
def test_people_of_several_sheets_are_not_added_up(counted, is_all, words):
    assert people_told(counted, is_all=is_all) == words


def test_a_story_tells_the_people_that_a_sheet_counted():
    course = make_course()
    make_attendance(make_session(course))
    make_sheet()
    PeopleCounted.objects.create(sheet=AttendanceSheet.objects.get(), course=course, period=make_period(), people=17)

    by_hand_too = [year.people for year in course_story(course)]
    Attendance.objects.update(sheet=AttendanceSheet.objects.get())

    assert (by_hand_too, [year.people for year in course_story(course)]) == (["At least 17"], ["17"])


def test_coverage_names_the_agencies_that_nobody_came_from_in_twelve_months():
    course = make_course()
    make_course("OTHER", kind=CourseKind.THEMATIC)
    make_course("OLD", is_offered=False)
    for code in ("police", "health", "council"):
        make_agency(code)
    make_attendance(make_session(course, held_on=date(2022, 4, 2)), "police")
    make_attendance(make_session(course, held_on=date(2022, 4, 1)), "health")

    found = coverage(date(2023, 4, 1))

    assert [course.code for course in found.courses] == ["NEGLECT"]
    assert (found.since, found.until, found.gaps) == (date(2022, 4, 2), date(2023, 4, 1), 3)
    assert {row.agency.code: [(cell.is_gap, cell.text) for cell in row.cells] for row in found.rows} == {
        "board": [(True, "None recorded")],
        "council": [(True, "None recorded")],
        "health": [(True, "None, last on 1 April 2022")],
        "police": [(False, "Yes, on 2 April 2022")],
    }


def test_coverage_takes_three_queries_whatever_there_is(django_assert_num_queries):
    for number in range(3):
        make_attendance(make_session(make_course(f"C{number}")), f"agency-{number}")

    with django_assert_num_queries(3):
        found = coverage(date(2022, 12, 1))

    assert (len(found.courses), len(found.rows)) == (3, 4)


@pytest.mark.parametrize("until", [date.min, date.max])
def test_coverage_of_any_day_can_be_asked_for(until):
    make_course()

    assert coverage(until).until == until


def test_one_hidden_agency_hides_a_second_so_that_it_cannot_be_worked_out():
    session = make_session(capacity=100)
    for agency, attended in (("police", 4), ("health", 9), ("council", 30)):
        make_attendance(session, agency, attended=attended)

    told = {line.source: line.text for line in lines_told(session.attendances.select_related("agency"))}

    assert told == {"County Police": HIDDEN, "County Health": HIDDEN, "County Council": "30"}


def test_one_hidden_session_hides_a_second_of_its_course_and_year():
    course = make_course()
    sessions = [
        make_session(course, held_on=on, attended={OrganisationType.POLICE: count})
        for on, count in ((date(2022, 5, 1), 4), (date(2022, 6, 1), 9), (date(2023, 3, 1), 20), (date(2023, 5, 1), 12))
    ]

    told = attended_told(with_counts(Session.objects.all()))

    assert [told[session.pk].number for session in sessions] == [None, None, 20, 12]


def test_a_course_that_tells_of_a_hidden_one_is_hidden_with_its_sessions_and_its_story():
    make_period()
    held = {
        code: make_session(make_course(code), attended={OrganisationType.POLICE: count})
        for code, count in (("BIG", 300), ("MIDDLE", 40), ("SMALL", 3))
    }

    told = attended_told(with_counts(Session.objects.all()))

    assert {code: told[session.pk].number for code, session in held.items()} == {
        "BIG": 300,
        "MIDDLE": None,
        "SMALL": None,
    }
    [year] = course_story(held["MIDDLE"].course)
    assert {*year.told.values(), *(rate.text for rate in year.rates)} == {HIDDEN}


def test_places_and_cost_count_once_somebody_came():
    make_session(capacity=40, cost=Decimal("450"))

    [session] = with_counts(Session.objects.all())

    assert (tally_of(session).places, tally_of(session).cost) == (0, 0)


def test_the_programme_says_when_a_course_is_held_next():
    course = make_course()
    for on in (date(2022, 5, 1), date(2022, 6, 1), date(2022, 7, 1)):
        make_session(course, held_on=on)

    [found] = programme(date(2022, 6, 1))

    assert (found.held, found.next_on) == (1, date(2022, 6, 1))
