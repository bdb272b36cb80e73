from datetime import date
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.actions import close_period
from partnership.models import AuditEvent
from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership, make_period
from training.models import Attendance, Course, Licence, Session
from training.tests.factories import make_attendance, make_course, make_licence, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client):
    make_partnership()
    person = make_alice()
    client.force_login(person)
    return person


def words(response):
    return " ".join(unescape(response.content.decode()).split())


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


COURSE = {"title": "Neglect", "code": "NEGLECT", "mode": "virtual", "kind": "mandatory"}
SESSION = {"held_on": "2022-05-01", "capacity": "30"}
LICENCE = {"trained": "40", "licensed": "30", "expires_on": "2025-03-31"}


def test_a_course_is_added_and_changed(client, alice):
    response = client.post(reverse("training:course-add"), COURSE)

    course = Course.objects.get()
    assert response.url == reverse("training:course-detail", args=[course.pk])
    changed = {**COURSE, "title": "Seeing neglect", "version": "1"}
    client.post(reverse("training:course-change", args=[course.pk]), changed)
    course.refresh_from_db()
    assert (course.code, course.title, course.is_offered) == ("NEGLECT", "Seeing neglect", False)

    late = client.post(reverse("training:course-change", args=[course.pk]), {**changed, "title": "Mine"})
    assert errors(late) == {
        "__all__": [
            "Seeing neglect was changed by somebody else in the meantime. Open the page again to see what changed. "
            "What you typed is still here."
        ]
    }
    assert 'value="Mine"' in late.content.decode()


@pytest.mark.parametrize(
    ("wrong", "errors_of"),
    [
        ({"code": "neglect 1"}, {"code": ["Enter capital letters, digits and hyphens, like GCP2-SUP"]}),
        ({"code": "TAKEN"}, {"code": ["There is a course with this code already"]}),
        ({"title": ""}, {"title": ["Enter the title"]}),
        ({"title": "a\0b"}, {"title": ["Null characters are not allowed."]}),
        ({"mode": "telepathy"}, {"mode": ["Select a valid choice. telepathy is not one of the available choices."]}),
    ],
)
def test_a_course_that_cannot_be_is_refused_beside_its_field(client, alice, wrong, errors_of):
    make_course("TAKEN")

    response = client.post(reverse("training:course-add"), {**COURSE, **wrong})

    assert errors(response) == errors_of
    assert Course.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"capacity": "-1"}, "capacity"),
        ({"capacity": "9" * 30}, "capacity"),
        ({"held_on": "9999-12-31"}, "held_on"),
        ({"held_on": "0001-01-01"}, "held_on"),
        ({"held_on": "yesterday"}, "held_on"),
        ({"cost": "-1"}, "cost"),
        ({"cost": "NaN"}, "cost"),
        ({"link": "http://example.org"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"venue": "x" * 1_000_000}, "venue"),
        ({"trainer": "a\0b"}, "trainer"),
    ],
)
def test_a_session_that_cannot_be_is_refused_beside_its_field(client, alice, wrong, name):
    course = make_course()

    response = client.post(reverse("training:session-record", args=[course.pk]), {**SESSION, **wrong})

    assert (response.status_code, list(errors(response))) == (200, [name])
    assert Session.objects.count() == 0


def test_a_session_in_a_signed_year_is_refused_beside_its_date(client, alice):
    course = make_course()
    close_period(period=make_period(), by=alice)

    response = client.post(reverse("training:session-record", args=[course.pk]), SESSION)

    assert errors(response) == {
        "held_on": ["The report of 2022/23 is signed, so its sessions and attendances stay as they are."]
    }
    assert Session.objects.count() == 0


def test_attendances_are_recorded_for_an_agency(client, alice):
    session = make_session()
    posted = {
        "agency": make_agency().pk,
        "organisation_type": "police",
        "role_group": "direct",
        "attended": "20",
        "booked": "24",
        "late_cancelled": "3",
        "no_show": "2",
        "unscheduled": "1",
    }

    response = client.post(reverse("training:attendance-record", args=[session.pk]), posted)

    assert response.url == reverse("training:session-detail", args=[session.pk])
    fields = ("agency__code", "organisation_type", "role_group", "attended", "booked")
    assert list(Attendance.objects.values_list(*fields)) == [("police", "police", "direct", 20, 24)]


@pytest.mark.parametrize(
    ("wrong", "errors_of"),
    [
        (
            {"booked": "25"},
            {
                "booked": [
                    "25 were booked, but 19 came with a booking, 3 cancelled late and 2 did not come: that makes 24"
                ]
            },
        ),
        ({"no_show": ""}, {"no_show": ["Enter how many did not come, or 0"]}),
        ({"unscheduled": "21"}, {"unscheduled": ["More came without a booking than the 20 who attended"]}),
        ({"attended": "-1"}, {"attended": ["Ensure this value is greater than or equal to 0."]}),
        ({"organisation_type": ""}, {"organisation_type": ["Choose the kind of organisation"]}),
        (
            {"attended": "32", "booked": "36"},
            {"above_capacity": ["With these, 32 attended, and there were 30 places. Check the number, or say why"]},
        ),
    ],
)
def test_attendances_that_cannot_be_are_refused_beside_their_field(client, alice, wrong, errors_of):
    session = make_session()
    right = {
        "organisation_type": "police",
        "attended": "20",
        "booked": "24",
        "late_cancelled": "3",
        "no_show": "2",
        "unscheduled": "1",
    }

    response = client.post(reverse("training:attendance-record", args=[session.pk]), {**right, **wrong})

    assert errors(response) == errors_of
    assert Attendance.objects.count() == 0


def test_a_second_line_of_the_same_agency_is_refused(client, alice):
    line = make_attendance()
    posted = {"agency": line.agency_id, "organisation_type": line.organisation_type, "attended": "3"}

    response = client.post(reverse("training:attendance-record", args=[line.session_id]), posted)

    assert errors(response) == {"agency": ["There is a line for them already. Change that one"]}


def test_a_line_is_corrected_and_taken_out(client, alice):
    line = make_attendance()

    client.post(reverse("training:attendance-change", args=[line.pk]), {"attended": "21"})
    line.refresh_from_db()
    assert line.attended == 21

    client.post(reverse("training:attendance-remove", args=[line.pk]))
    assert Attendance.objects.count() == 0
    assert AuditEvent.objects.first().verb == "attendance.removed"


def test_a_session_shows_both_rates_with_their_names(client, alice):
    session = make_session(capacity=393)
    make_attendance(session, attended=304, booked=318, late_cancelled=6, no_show=8, unscheduled=0)
    client.force_login(make_bob())

    response = client.get(reverse("training:session-detail", args=[session.pk]))

    page = words(response)
    assert [(rate.name, rate.text) for rate in response.context["rates"]] == [
        ("Attendance, share of bookings", "95.6%"),
        ("Attendance, share of places", "77.4%"),
    ]
    assert (
        page.index("Attendance, share of bookings")
        < page.index("95.6%")
        < page.index("Attendance, share of places")
        < page.index("77.4%")
    )
    assert "Only the board team sees this part" not in page


def test_a_small_session_shows_no_number_anywhere(client, alice):
    session = make_session(cost="100")
    make_attendance(session, attended=4, booked=7, late_cancelled=0, no_show=3, unscheduled=0)
    client.force_login(make_bob())

    page = words(client.get(reverse("training:session-detail", args=[session.pk])))

    assert "The numbers of this session are hidden to protect people" in page
    assert [leak for leak in ("25.00", "57.1", "13.3", "<td>4", "4 of 7") if leak in page] == []


def test_the_programme_leads_to_courses_and_their_years(client, alice):
    course = make_course()
    make_period()
    make_attendance(make_session(course), attended=20)

    programme = words(client.get(reverse("training:course-list")))
    story = client.get(reverse("training:course-detail", args=[course.pk]))

    assert reverse("training:course-detail", args=[course.pk]) in programme
    assert [year.told["attended"] for year in story.context["story"]] == ["20"]
    assert "66.7%" in words(story)


def test_a_course_s_years_leave_as_a_file(client, alice):
    course = make_course()
    make_period()
    make_attendance(make_session(course), attended=20)

    response = client.get(reverse("training:story-export", args=[course.pk, "csv"]))

    heading, line = response.content.decode("utf-8-sig").splitlines()
    assert '"Attendance, share of bookings","Attendance, share of places"' in heading
    assert line.startswith("2022/23,1,20,Not counted,not available")


@pytest.mark.parametrize("address", ["training:course-list", "training:session-list", "training:licence-list"])
def test_lists_take_as_many_queries_for_one_as_for_three(client, alice, address):
    counts = []
    for number in (1, 2, 3):
        make_attendance(make_session(make_course(f"C{number}"), held_on=date(2022, 5, number)), f"a{number}")
        make_licence(course=make_course(f"C{number}"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(address))
        counts.append(len(queries))

    assert counts == [counts[0]] * 3


@time_machine.travel(date(2023, 4, 1))
@pytest.mark.parametrize(
    ("query", "until"), [("", "2023-04-01"), ("?until=2022-12-31", "2022-12-31"), ("?until=x", "2023-04-01")]
)
def test_coverage_can_be_asked_for_up_to_any_day(client, alice, query, until):
    make_attendance()

    response = client.get(reverse("training:coverage") + query)

    assert str(response.context["coverage"].until) == until
    assert ("until=2022-12-31" in response.content.decode()) is (until == "2022-12-31")


def test_licences_are_recorded_corrected_and_shown_as_expired(client, alice):
    named = {"course": make_course().pk, "agency": make_agency().pk, "period": make_period().pk}

    client.post(reverse("training:licence-record"), {**named, **LICENCE})

    licence = Licence.objects.get()
    client.post(reverse("training:licence-change", args=[licence.pk]), {**LICENCE, "licensed": "31", "version": "1"})
    with time_machine.travel(date(2025, 4, 1)):
        [row] = client.get(reverse("training:licence-list")).context["rows"]
    assert (row["licensed"], row["is_expired"]) == ("31", True)


@pytest.mark.parametrize(
    ("wrong", "errors_of"),
    [
        ({"expires_on": "2022-04-01"}, {"expires_on": ["This is before the year 2022/23, in which they were given"]}),
        ({"licensed": "-1"}, {"licensed": ["Ensure this value is greater than or equal to 0."]}),
        ({}, {"agency": ["Licences of this agency in 2022/23 are recorded already. Change those"]}),
    ],
)
def test_licences_that_cannot_be_are_refused(client, alice, wrong, errors_of):
    before = make_licence()
    named = {"course": before.course_id, "agency": before.agency_id, "period": before.period_id}
    if wrong:
        named["agency"] = make_agency("health").pk

    response = client.post(reverse("training:licence-record"), {**named, **LICENCE, **wrong})

    assert errors(response) == errors_of
    assert Licence.objects.count() == 1
