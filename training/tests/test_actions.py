from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.tests.factories import make_alice
from priorities.tests.factories import make_priority
from training import actions
from training.choices import CourseKind, CourseMode, OrganisationType
from training.models import Attendance, Course, Session

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
