"""Changes to the sessions of courses."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.actions.changing import before, change
from partnership.models import User
from partnership.states import WrongState, require_version
from training.choices import Moment
from training.models import Attendance, Course, Session
from training.queries import closed_period_of

COUNTED = frozenset({"held_on", "capacity"})
"""What the figures of a year stand on: a signed report keeps it."""


@transaction.atomic
def record_session(
    *,
    course: Course,
    held_on: date,
    capacity: int | None,
    attended: Mapping[str, int] | None = None,
    venue: str = "",
    link: str = "",
    trainer: str = "",
    cost: Decimal | None = None,
    caveat: str = "",
    by: User,
) -> Session:
    """Add a session, planned or held; `capacity` None means no limit.

    `attended` gives attendances by organisation type where no more is known of them. Raises `WrongState` in a year
    whose report is signed.
    """
    session = Session.objects.create(
        course=course,
        held_on=held_on,
        capacity=capacity,
        venue=venue,
        link=link,
        trainer=trainer,
        cost=cost,
        caveat=caveat,
    )
    require_open(held_on)
    Attendance.objects.bulk_create(
        Attendance(session=session, organisation_type=organisation_type, attended=count)
        for organisation_type, count in (attended or {}).items()
    )
    audit.record("session.recorded", target=session, by=by)
    return session


@transaction.atomic
def change_session(*, session: Session, version: int, by: User, **fields: Any) -> Session:
    """Change what is said of a session.

    Raises `StaleSave` if it was changed since `version`, and `WrongState` where a signed report counts what changes, or
    people have said what came of it on its day.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    require_version(session, version)
    if COUNTED.intersection(before(session, fields)):
        require_open(session.held_on)
        require_open(fields.get("held_on", session.held_on))
    if fields.get("held_on", session.held_on) != session.held_on and _is_answered(session):
        raise WrongState("People have answered after this session, so its date stays as it is.")
    change(session, fields, verb="session.changed", by=by)
    return session


def _is_answered(session: Session) -> bool:
    """Whether anybody has answered after it: when answers count goes by its day (`training.steps`)."""
    return session.invitations.filter(answers__moment__in=[Moment.AFTER, Moment.FOLLOW_UP]).exists()


def require_open(held_on: date) -> None:
    """Raises `WrongState` where a signed report counts what was held on this day (decision 0010)."""
    if period := closed_period_of(held_on):
        raise WrongState(f"The report of {period} is signed, so its sessions and attendances stay as they are.")
