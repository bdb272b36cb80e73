"""Changes to the attendances of a session."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Sum

from partnership import audit
from partnership.models import Agency, User
from partnership.states import WrongState
from training.actions.sessions import require_open
from training.counting import Counts
from training.models import Attendance, Session


@transaction.atomic
def record_attendance(
    *,
    session: Session,
    agency: Agency | None = None,
    organisation_type: str,
    role_group: str = "",
    counts: Counts,
    above_capacity: str = "",
    by: User,
) -> Attendance:
    """Add how many of an agency and role group came to a session; the database refuses a second line for them.

    Raises `WrongState` in a year whose report is signed, and where more attend than there are places without a reason.
    """
    session = _locked(session)
    attendance = Attendance.objects.create(
        session=session,
        agency=agency,
        organisation_type=organisation_type,
        role_group=role_group,
        **asdict(counts),
    )
    _require_reason(session, above_capacity)
    audit.record("attendance.recorded", target=session, by=by, detail=f"{attendance.source}: {counts}")
    return attendance


@transaction.atomic
def change_attendance(*, attendance: Attendance, counts: Counts, above_capacity: str = "", by: User) -> Attendance:
    """Correct the counts of a line; raises `WrongState` as `record_attendance` does, and where the line is gone."""
    session = _locked(attendance.session)
    line = session.attendances.select_related("agency").filter(pk=attendance.pk).first()
    if line is None:
        raise WrongState("Somebody has taken this line out meanwhile.")
    for name, count in asdict(counts).items():
        setattr(line, name, count)
    line.save()
    _require_reason(session, above_capacity)
    audit.record("attendance.changed", target=session, by=by, detail=f"{line.source}: {counts}")
    return line


@transaction.atomic
def remove_attendance(*, attendance: Attendance, by: User) -> None:
    """Take a line out that should not be there; raises `WrongState` in a year whose report is signed."""
    session = _locked(attendance.session)
    audit.record("attendance.removed", target=session, by=by, detail=str(attendance))
    session.attendances.filter(pk=attendance.pk).delete()


def _locked(session: Session) -> Session:
    session = Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    require_open(session.held_on)
    return session


def _require_reason(session: Session, reason: str) -> None:
    if reason:
        session.above_capacity = reason
        session.save(update_fields=["above_capacity"])
    attended = session.attendances.aggregate(all=Sum("attended"))["all"] or 0
    if session.capacity is not None and attended > session.capacity and not session.above_capacity:
        raise WrongState(f"{attended} attended, and there were {session.capacity} places. Say why.")
