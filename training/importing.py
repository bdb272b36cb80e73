"""Importing attendance sheets: keeping one, reading it, confirming it, claiming it, storing its counts, ending it.

The row is the job (docs/decisions/0003): a large sheet is read by a worker, and every sheet is counted by one. Until
the last step nothing but the row changes, so a sheet that is cancelled or fails leaves no trace but its end; the last
step stores everything in one transaction.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from partnership import audit, jobs
from partnership.models import ReportingPeriod, User
from partnership.spreadsheets import Table
from partnership.states import WrongState
from training.choices import SheetStatus
from training.counting import Count, counts_of
from training.import_plan import SheetPlan, Source, plan_sheet
from training.imports import Sheet, from_json, read_sheet, to_json
from training.matching import folded
from training.models import AgencyAlias, Attendance, AttendanceSheet, Course, PeopleCounted, Session, SheetFile
from training.queries import closed_period_of, courses_by_name

LARGEST_SHEET = 15 * 1024 * 1024
"""A line for each attendance of a large partnership's year; figures come in smaller files."""

KEPT_FOR = timedelta(days=1)
UNREAD = (SheetStatus.SENT, SheetStatus.READING)
GAVE_UP = "The program that imports sheets stopped {attempts} times without finishing. Send the sheet again."
TOO_LATE = "Since this sheet was confirmed, something has changed: {faults}"


LostClaim = jobs.LostClaim


@transaction.atomic
def keep_sheet(*, name: str, content: bytes, sheet: Sheet, period: ReportingPeriod, by: User) -> AttendanceSheet:
    """Keep what was read of a file, without the file and without names, until its sender confirms it.

    It takes the place of an earlier one that its sender has left; what anybody left a day ago goes too.
    """
    row = _new_row(name, content, period, by)
    row.lines, row.line_count = to_json(sheet), len(sheet.lines)
    row.save()
    return row


@transaction.atomic
def send_sheet(*, name: str, content: bytes, period: ReportingPeriod, by: User) -> AttendanceSheet:
    """Keep a large file until a worker has read it: ring for one with `tasks.ring`.

    It takes the place of what was left, as `keep_sheet` does.
    """
    row = _new_row(name, content, period, by)
    row.status = SheetStatus.SENT
    row.save()
    SheetFile.objects.create(sheet=row, content=content)
    return row


def _new_row(name: str, content: bytes, period: ReportingPeriod, by: User) -> AttendanceSheet:
    for left in AttendanceSheet.objects.unconfirmed().filter(uploaded_by=by).select_for_update(of=("self",)):
        _end(left, SheetStatus.CANCELLED)
    end_left_sheets()
    sha = sha256(content).hexdigest()
    row = AttendanceSheet.objects.create(name=name, sha256=sha, period=period, uploaded_by=by)
    audit.record("sheet.sent", target=row, by=by)
    return row


def sheet_in(table: Table, *, period: ReportingPeriod) -> Sheet:
    """What a table holds, read against the programme and the year that it is said to be of."""
    return read_sheet(
        table,
        courses=courses_by_name(Course.objects.all()),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        today=timezone.localdate(),
    )


@transaction.atomic
def keep_lines(row: AttendanceSheet, sheet: Sheet) -> AttendanceSheet:
    """Keep what a worker has read instead of the file; its sender looks at it now. Raises `LostClaim`."""
    row = _held(row)
    row.move_to(SheetStatus.READ)
    row.lines, row.line_count, row.counted = to_json(sheet), len(sheet.lines), 0
    row.attempts, row.claim, row.lease_until = 0, "", None
    row.save()
    SheetFile.objects.filter(sheet=row).delete()
    audit.record("sheet.read", target=row, by=None)
    return row


@transaction.atomic
def end_left_sheets() -> int:
    """End sheets that nobody confirmed within a day, since their lines hold digests of people; gives how many."""
    left = AttendanceSheet.objects.unconfirmed().filter(uploaded_at__lt=timezone.now() - KEPT_FOR)
    rows = list(left.select_for_update(of=("self",)))
    for row in rows:
        _end(row, SheetStatus.CANCELLED)
        audit.record("sheet.cancelled", target=row, by=None)
    return len(rows)


def plan_of(row: AttendanceSheet) -> SheetPlan:
    """What importing the sheet would do now."""
    sheet = from_json(row.lines)
    count = Count()
    count.add(sheet, sheet.lines)
    return plan_sheet(row, sheet, count)


@transaction.atomic
def name_agencies(*, row: AttendanceSheet, sources: Mapping[str, Source], by: User) -> None:
    """Remember which agency each name means, for this sheet and for those to come."""
    for name, source in sources.items():
        AgencyAlias.objects.update_or_create(
            name=folded(name), defaults={"agency": source.agency, "organisation_type": source.organisation_type}
        )
    said = (f"{name}: {source.agency or 'not in the portal'}" for name, source in sources.items())
    audit.record("sheet.agencies-named", target=row, by=by, detail="\n".join(said))


@transaction.atomic
def confirm_sheet(*, row: AttendanceSheet, above_capacity: str = "", by: User) -> AttendanceSheet:
    """Hand the sheet to a worker. Ring for it with `tasks.ring`.

    Raises `WrongState` where it cannot be imported, or more attended than there were places and no reason is given.
    """
    row = AttendanceSheet.objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.move_to(SheetStatus.QUEUED)
    plan = plan_of(row)
    if not plan.is_ready:
        raise WrongState(" ".join(plan.faults) or "Say first which agencies are meant.")
    if plan.above_capacity and not above_capacity:
        raise WrongState("Say why more attended than there were places.")
    row.above_capacity = above_capacity
    row.save()
    audit.record("sheet.confirmed", target=row, by=by, detail=plan.summary)
    return row


@transaction.atomic
def cancel_sheet(*, row: AttendanceSheet, by: User) -> AttendanceSheet:
    """Stop an import before its counts are stored: nothing is kept of it. Raises `WrongState` where it is over."""
    row = AttendanceSheet.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _end(row, SheetStatus.CANCELLED)
    audit.record("sheet.cancelled", target=row, by=by)
    return row


@transaction.atomic
def take_back_sheet(*, row: AttendanceSheet, reason: str, by: User) -> AttendanceSheet:
    """Take everything out again that an import has counted, also what was corrected since, and say why.

    The sessions it added go with it, unless something else hangs on them by now. The same sheet can be sent again.
    Raises `WrongState` in a year whose report is signed, and where the sheet is not imported.
    """
    row = AttendanceSheet.objects.select_for_update(of=("self",)).select_related("period").get(pk=row.pk)
    row.move_to(SheetStatus.TAKEN_BACK)
    if closed := closed_period_of(row.period.ends_on):
        raise WrongState(f"The report of {closed} is signed, so its attendances stay as they are.")
    row.attendances.all().delete()
    row.people.all().delete()
    row.sessions.filter(attendances=None, invitations=None, version=1).delete()
    row.taken_back_at, row.taken_back_by, row.taken_back_reason = timezone.now(), by, reason
    row.save()
    audit.record("sheet.taken-back", target=row, by=by, detail=reason)
    return row


def claim(sheet_id: int) -> AttendanceSheet | None:
    """Take the row for this worker, to read it or to count it, as `jobs.claim`; used-up attempts end it as failed."""
    return jobs.claim(
        AttendanceSheet,
        sheet_id,
        give_up=lambda row: _fail(row, GAVE_UP.format(attempts=row.attempts)),
        status=Case(When(status__in=UNREAD, then=Value(SheetStatus.READING)), default=Value(SheetStatus.COUNTING)),
        counted=0,
    )


def report_counted(row: AttendanceSheet, counted: int) -> None:
    """Let the sheet's page say how far its worker is; raises `LostClaim` where it was cancelled meanwhile."""
    held = AttendanceSheet.objects.filter(pk=row.pk, claim=row.claim, status=row.status)
    if not held.update(counted=counted):
        raise LostClaim(str(row))


@transaction.atomic
def keep_counts(row: AttendanceSheet, sheet: Sheet, count: Count) -> AttendanceSheet:
    """Store all counts of the sheet, or none and the reason; raises `LostClaim`."""
    row = _held(row)
    plan = plan_sheet(row, sheet, count)
    if not plan.is_ready or (plan.above_capacity and not row.above_capacity):
        return _fail(row, TOO_LATE.format(faults=" ".join(plan.faults) or "look at it again and send it again."))
    _store_attendances(plan, row)
    courses = {each.course.code: each.course for each in plan.sessions}
    PeopleCounted.objects.bulk_create(
        PeopleCounted(sheet=row, course=courses[code], period=row.period, people=len(people))
        for code, people in count.people.items()
    )
    row.summary = plan.summary
    _end(row, SheetStatus.IMPORTED)
    audit.record("sheet.imported", target=row, by=row.uploaded_by, detail=row.summary)
    return row


@transaction.atomic
def give_up(row: AttendanceSheet, reason: str) -> AttendanceSheet:
    """End the row as failed, with a reason that says what to do; raises `LostClaim`."""
    return _fail(_held(row), reason)


def _stored(plan: SheetPlan, row: AttendanceSheet) -> list[Session]:
    """The session of each one in the sheet, in its order: those that are missing are added."""
    sessions = [each.stored or Session(course=each.course, held_on=each.held_on, sheet=row) for each in plan.sessions]
    Session.objects.bulk_create([session for session in sessions if session.pk is None], batch_size=500)
    for planned, session in zip(plan.sessions, sessions, strict=True):
        if planned.is_above_capacity and not planned.reason:
            session.above_capacity = row.above_capacity
            session.save(update_fields=["above_capacity"])
    return sessions


def _store_attendances(plan: SheetPlan, row: AttendanceSheet) -> None:
    """A line for each session, source and role group, however many names of the sheet mean the same source."""
    sessions = _stored(plan, row)
    totals: dict[tuple[Session, Source, str], Counter[str]] = defaultdict(Counter)
    for (session, organisation, role_group), outcomes in plan.count.outcomes.items():
        totals[sessions[session], plan.sources[organisation], role_group].update(outcomes)
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=session,
                agency=source.agency,
                organisation_type=source.organisation_type,
                role_group=role_group,
                sheet=row,
                **asdict(counts_of(outcomes, has_bookings=plan.sheet.has_bookings)),
            )
            for (session, source, role_group), outcomes in totals.items()
        ),
        batch_size=500,
    )


def _held(row: AttendanceSheet) -> AttendanceSheet:
    rows = AttendanceSheet.objects.select_related("period", "uploaded_by")
    return jobs.held(rows, row, status=row.status)


def _fail(row: AttendanceSheet, reason: str) -> AttendanceSheet:
    row.failure = reason
    _end(row, SheetStatus.FAILED)
    audit.record("sheet.failed", target=row, by=None, detail=reason)
    return row


def _end(row: AttendanceSheet, status: str) -> None:
    """End the row; the file goes with it, and what was read of it."""
    row.move_to(status)
    SheetFile.objects.filter(sheet=row).delete()
    row.lines, row.lease_until, row.finished_at = "", None, timezone.now()
    row.save()
