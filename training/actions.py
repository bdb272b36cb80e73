"""Changes to the training programme and its attendance."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from partnership import audit
from partnership.models import User
from priorities.models import Priority
from training.models import Attendance, Course, Session


@transaction.atomic
def add_course(*, code: str, title: str, mode: str, kind: str, priority: Priority | None = None, by: User) -> Course:
    """Add a course to the programme."""
    course = Course.objects.create(code=code, title=title, mode=mode, kind=kind, priority=priority)
    audit.record("course.added", target=course, by=by)
    return course


@transaction.atomic
def record_session(
    *,
    course: Course,
    held_on: date,
    capacity: int | None,
    attended: Mapping[str, int],
    caveat: str = "",
    by: User,
) -> Session:
    """Add a session with its attendances by organisation type; `capacity` None means no limit."""
    session = Session.objects.create(course=course, held_on=held_on, capacity=capacity, caveat=caveat)
    Attendance.objects.bulk_create(
        Attendance(session=session, organisation_type=organisation_type, attended=count)
        for organisation_type, count in attended.items()
    )
    audit.record("session.recorded", target=session, by=by)
    return session
