from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from training.models import Attendance, Session
from training.tests.factories import make_attendance, make_licence, make_session

pytestmark = pytest.mark.django_db

BOOKED = {"attended": 20, "booked": 24, "late_cancelled": 3, "no_show": 2, "unscheduled": 1}


def test_bookings_add_up():
    attendance = make_attendance(**BOOKED)

    assert attendance.booked == attendance.attended - attendance.unscheduled + attendance.late_cancelled + (
        attendance.no_show
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"booked": 25},
        {"attended": 21},
        {"late_cancelled": 4},
        {"no_show": 0},
        {"unscheduled": 0},
        {"booked": None},
        {"unscheduled": None},
        {"attended": 0, "booked": 4, "unscheduled": 1},  # one came without a booking, but nobody was there
    ],
)
def test_bookings_that_do_not_add_up_are_refused_by_the_database(wrong):
    attendance = make_attendance(**BOOKED)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=attendance.pk).update(**wrong)

    attendance.refresh_from_db()
    assert {name: getattr(attendance, name) for name in BOOKED} == BOOKED


def test_an_agency_and_role_stand_in_a_session_once():
    session = make_session()
    make_attendance(session)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_attendance(session)

    assert session.attendances.count() == 1


@pytest.mark.parametrize("wrong", [{"cost": -1}, {"link": "http://example.org"}, {"link": "javascript:alert(1)"}])
def test_a_session_that_cannot_be_is_refused_by_the_database(wrong):
    session = make_session()

    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**wrong)


def test_licences_expire_by_themselves_on_a_day():
    licence = make_licence(expires_on=date(2025, 3, 31))

    assert (licence.is_expired_on(date(2025, 3, 31)), licence.is_expired_on(date(2025, 4, 1))) == (False, True)


def test_an_agency_has_one_record_of_licences_a_year():
    make_licence()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_licence()


def test_a_course_that_was_held_cannot_be_deleted():
    attendance = make_attendance()

    with pytest.raises(ProtectedError):
        attendance.session.course.delete()
