from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.actions import close_period
from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_agency, make_alice, make_period
from priorities.tests.factories import make_priority
from training import actions
from training.choices import CourseKind, CourseMode, OrganisationType
from training.counting import Counts
from training.figures import attendance
from training.models import Attendance, Course, Session
from training.tests.factories import make_licence

pytestmark = pytest.mark.django_db


def add_course(code="NEGLECT", **fields):
    return actions.add_course(
        **{
            "code": code,
            "title": "Recognising neglect",
            "mode": CourseMode.VIRTUAL,
            "kind": CourseKind.THEMATIC,
            "by": make_alice(),
            **fields,
        }
    )


def record_session(course=None, **fields):
    return actions.record_session(
        **{
            "course": course or add_course(),
            "held_on": date(2022, 11, 3),
            "capacity": 30,
            "attended": {OrganisationType.POLICE: 12, OrganisationType.HEALTH: 8},
            "by": make_alice(),
            **fields,
        }
    )


def last_line():
    return AuditEvent.objects.values_list("verb", "by_label", "target_label").first()


def test_a_course_is_added():
    priority = make_priority()

    add_course(priority=priority)

    assert list(Course.objects.values_list("code", "title", "mode", "kind", "priority")) == [
        ("NEGLECT", "Recognising neglect", "virtual", "thematic", priority.pk)
    ]
    assert last_line() == ("course.added", "Alice", "Recognising neglect")


def test_a_course_s_code_is_taken_once():
    add_course("NEGLECT")
    alice = make_alice()

    with pytest.raises(IntegrityError), transaction.atomic():
        add_course("NEGLECT", title="Another", by=alice)

    assert list(Course.objects.values_list("title", flat=True)) == ["Recognising neglect"]
    assert AuditEvent.objects.filter(verb="course.added").count() == 1


def test_a_session_is_recorded_with_who_came_from_where():
    session = record_session(caveat="Illustrative.")

    session.refresh_from_db()
    assert (session.held_on, session.capacity, session.caveat) == (date(2022, 11, 3), 30, "Illustrative.")
    assert list(session.attendances.values_list("organisation_type", "attended")) == [("police", 12), ("health", 8)]
    assert last_line() == ("session.recorded", "Alice", "Recognising neglect, 3 November 2022")


def test_a_session_may_have_no_limit_and_nobody_there():
    session = record_session(capacity=None, attended={})

    assert (session.capacity, session.attendances.count(), session.caveat) == (None, 0, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"attended": {OrganisationType.POLICE: -1}},
        {"attended": {OrganisationType.POLICE: None}},
        {"capacity": -1},
        {"held_on": None},
    ],
)
def test_a_session_that_cannot_be_is_refused_by_the_database_and_leaves_nothing(wrong):
    course, alice = add_course(), make_alice()

    with pytest.raises(IntegrityError), transaction.atomic():
        record_session(course, by=alice, **wrong)

    assert (Session.objects.count(), Attendance.objects.count()) == (0, 0)
    assert last_line() == ("membership.added", "The portal", "Alice, Board officer at County Board")


def test_a_type_of_organisation_is_counted_once_in_a_session():
    session = record_session()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(session=session, organisation_type=OrganisationType.POLICE, attended=3)


def counts(attended=12, **bookings):
    return Counts(attended=attended, **bookings)


def test_a_course_is_changed_unless_somebody_else_did():
    course = add_course()

    actions.change_course(course=course, version=1, title="Seeing neglect", is_offered=False, by=make_alice())

    course.refresh_from_db()
    assert (course.title, course.is_offered, course.version) == ("Seeing neglect", False, 2)
    assert AuditEvent.objects.first().detail == "title was “Recognising neglect”\nis_offered was “True”"
    with pytest.raises(StaleSave):
        actions.change_course(course=course, version=1, title="Mine", by=make_alice())


def test_attendances_of_an_agency_are_recorded_corrected_and_taken_out():
    session, alice, police = record_session(attended={}), make_alice(), make_agency("police")
    line = actions.record_attendance(
        session=session, agency=police, organisation_type="police", counts=counts(), by=alice
    )
    assert AuditEvent.objects.values_list("verb", "detail").first() == (
        "attendance.recorded",
        "County Police: attended 12",
    )

    actions.change_attendance(
        attendance=line, counts=counts(12, booked=14, late_cancelled=1, no_show=1, unscheduled=0), by=alice
    )
    line.refresh_from_db()
    assert (line.attended, line.booked, line.late_cancelled) == (12, 14, 1)

    actions.remove_attendance(attendance=line, by=alice)
    assert (session.attendances.count(), last_line()[0]) == (0, "attendance.removed")
    with pytest.raises(WrongState, match="Somebody has taken this line out"):
        actions.change_attendance(attendance=line, counts=counts(), by=alice)


def test_more_than_there_are_places_needs_a_reason():
    session, alice = record_session(attended={OrganisationType.HEALTH: 25}, capacity=30), make_alice()

    def add(**reason):
        return actions.record_attendance(
            session=session, organisation_type="police", counts=counts(6), by=alice, **reason
        )

    with pytest.raises(WrongState, match="31 attended, and there were 30 places"):
        add()
    assert session.attendances.count() == 1

    add(above_capacity="A larger room.")
    session.refresh_from_db()
    assert (session.above_capacity, session.attendances.count()) == ("A larger room.", 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda session, alice: record_session(session.course, by=alice),
        lambda session, alice: actions.change_session(session=session, version=1, capacity=99, by=alice),
        lambda session, alice: actions.change_session(session=session, version=1, held_on=date(2023, 5, 1), by=alice),
        lambda session, alice: actions.record_attendance(
            session=session, organisation_type="schools", counts=counts(), by=alice
        ),
        lambda session, alice: actions.change_attendance(
            attendance=session.attendances.first(), counts=counts(1), by=alice
        ),
        lambda session, alice: actions.remove_attendance(attendance=session.attendances.first(), by=alice),
    ],
)
def test_what_a_signed_report_counted_stays(change):
    session, alice = record_session(), make_alice()
    close_period(period=make_period(), by=alice)
    before = attendance([make_period()])

    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        change(session, alice)

    assert attendance([make_period()]) == before
    assert Session.objects.count() == 1


def test_the_words_of_a_session_in_a_signed_year_can_change():
    session, alice = record_session(), make_alice()
    close_period(period=make_period(), by=alice)

    actions.change_session(session=session, version=1, venue="Town hall", by=alice)

    session.refresh_from_db()
    assert (session.venue, session.version) == ("Town hall", 2)


def test_licences_are_recorded_and_corrected():
    licence = make_licence()
    assert last_line()[0] == "licences.recorded"

    actions.change_licences(licence=licence, version=1, licensed=31, by=make_alice())

    licence.refresh_from_db()
    assert (licence.licensed, licence.version, AuditEvent.objects.first().detail) == (31, 2, "licensed was “30”")
    with pytest.raises(StaleSave):
        actions.change_licences(licence=licence, version=1, licensed=32, by=make_alice())
