from datetime import date, timedelta

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.actions import close_period
from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_alice, make_erin, make_period
from training import importing, tasks
from training.choices import OrganisationType, SheetStatus
from training.import_plan import Source
from training.models import AgencyAlias, Attendance, AttendanceSheet, PeopleCounted, Session, SheetFile
from training.tests.factories import (
    make_attendance,
    make_course,
    make_session,
    make_sheet,
    sheet_file,
    sheet_rows,
)

pytestmark = pytest.mark.django_db


def known(row, by, names=("Police",)):
    sources = {name: Source(make_agency("police"), OrganisationType.POLICE) for name in names}
    importing.name_agencies(row=row, sources=sources, by=by)


def confirmed(rows=None, *, by=None, name="sheet.csv", **reason):
    by = by or make_alice()
    row = make_sheet(rows, by=by, name=name)
    known(row, by)
    return importing.confirm_sheet(row=row, by=by, **reason)


def lines():
    fields = ("agency__code", "organisation_type", "role_group", "booked", "attended")
    return list(Attendance.objects.values_list(*fields, "late_cancelled", "no_show", "unscheduled"))


def test_a_sheet_becomes_counts_by_session_agency_and_role():
    outcomes = ("Attended", "Attended", "No show", "Late cancellation", "Walk-in", "Cancelled")
    rows = [
        ("NEGLECT", "01/05/2022", "Police", f"Person {number}", outcome, "Constable")
        for number, outcome in enumerate(outcomes)
    ]
    row = confirmed([*rows, ("NEGLECT", "01/05/2022", "Police", "Person 9", "Attended", "Inspector")])

    tasks.import_sheet(row.pk)

    assert lines() == [
        ("police", "police", "direct", 4, 3, 1, 1, 1),
        ("police", "police", "manager", 1, 1, 0, 0, 0),
    ]
    assert list(Session.objects.values_list("course__code", "held_on", "capacity")) == [
        ("NEGLECT", date(2022, 5, 1), None)
    ]
    row.refresh_from_db()
    assert (row.status, row.percent, row.lines, row.summary) == (
        "imported",
        100,
        "",
        "4 attendances at 1 session from 1 organisation",
    )
    assert AuditEvent.objects.filter(verb="sheet.imported").values_list("detail", flat=True).get() == row.summary


def test_nobody_s_name_is_ever_stored():
    row = confirmed([("NEGLECT", "01/05/2022", "Police", "Zebedee Quill", "Attended", "")])

    stored = [str(value) for value in AttendanceSheet.objects.values().get(pk=row.pk).values()]
    details = [event.detail + event.target_label for event in AuditEvent.objects.all()]

    assert [text for text in (*stored, *details) if "quill" in text.casefold()] == []


def test_people_and_attendances_are_kept_apart():
    make_course("CE")
    rows = [*sheet_rows(3), *sheet_rows(3, held_on="02/05/2022"), *sheet_rows(2, course="CE")]
    row = confirmed(rows)

    tasks.import_sheet(row.pk)

    assert list(PeopleCounted.objects.order_by("course__code").values_list("course__code", "people")) == [
        ("CE", 2),
        ("NEGLECT", 3),
    ]
    assert sum(line[4] for line in lines()) == 8


def test_several_names_of_one_agency_are_added_up():
    alice = make_alice()
    row = make_sheet([*sheet_rows(3), *sheet_rows(2, organisation="Staffs Police")], by=alice)
    known(row, alice, ("Police", "Staffs Police"))

    tasks.import_sheet(importing.confirm_sheet(row=row, by=alice).pk)

    assert lines() == [("police", "police", "direct", 5, 5, 0, 0, 0)]


def test_a_name_that_was_matched_once_is_known_in_the_next_sheet():
    alice = make_alice()
    make_agency("police")
    make_agency("police")
    first = make_sheet(sheet_rows(organisation="County Polise"), by=alice)
    [unknown] = importing.plan_of(first).unknown
    assert (unknown.name, [agency.code for agency in unknown.suggested][:1]) == ("County Polise", ["police"])

    known(first, alice, ("County Polise",))

    second = make_sheet(sheet_rows(organisation="COUNTY  polise"), by=alice)
    plan = importing.plan_of(second)
    assert (plan.unknown, plan.sources[0].agency.code) == ((), "police")
    assert list(AgencyAlias.objects.values_list("name", "organisation_type")) == [("county polise", "police")]


def test_with_an_unknown_agency_nothing_is_confirmed():
    alice = make_alice()
    row = make_sheet(by=alice)

    with pytest.raises(WrongState, match="Say first which agencies are meant"):
        importing.confirm_sheet(row=row, by=alice)

    row.refresh_from_db()
    assert row.status == SheetStatus.READ


def test_more_than_there_are_places_needs_a_reason_which_is_kept():
    session = make_session(make_course(), capacity=2)
    alice = make_alice()
    with pytest.raises(WrongState, match="Say why more attended than there were places"):
        confirmed(by=alice)

    row = confirmed(by=alice, above_capacity="A larger room.")
    tasks.import_sheet(row.pk)

    session.refresh_from_db()
    assert (session.above_capacity, session.attendances.get().attended) == ("A larger room.", 3)


def test_the_same_sheet_is_not_taken_twice():
    tasks.import_sheet(confirmed().pk)
    Attendance.objects.all().delete()
    alice = make_alice()
    again = make_sheet(by=alice)

    plan = importing.plan_of(again)

    assert plan.faults == (f"The same sheet was sent before, on {timezone.localdate():%-d %B %Y}.",)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceSheet.objects.filter(pk=again.pk).update(status=SheetStatus.QUEUED)


def test_a_session_that_has_attendances_is_not_counted_again():
    make_attendance(make_session(make_course()))

    plan = importing.plan_of(make_sheet())

    assert plan.faults == (
        "Attendances at “Recognising neglect” on 1 May 2022 are recorded already. "
        "Take them out of the sheet, or off the session's page.",
    )


def test_two_sessions_on_a_day_cannot_be_told_apart():
    for _ in range(2):
        make_session(make_course())

    assert importing.plan_of(make_sheet()).faults == (
        "There are 2 sessions of “Recognising neglect” on 1 May 2022, and the sheet does not say which. "
        "Enter them by hand.",
    )


def test_a_signed_year_keeps_its_attendances():
    alice = make_alice()
    row = make_sheet(by=alice)
    known(row, alice)
    close_period(period=make_period(), by=make_erin())

    with pytest.raises(WrongState, match="The report of 2022/23 is signed, so its attendances stay as they are"):
        importing.confirm_sheet(row=row, by=alice)


def test_what_changed_since_the_look_stops_the_whole_sheet():
    row = confirmed([*sheet_rows(3), *sheet_rows(3, held_on="02/05/2022")])
    make_attendance(make_session(make_course(), held_on=date(2022, 5, 2)))

    tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert row.status == SheetStatus.FAILED
    assert row.failure.startswith("Since this sheet was confirmed, something has changed: Attendances at")
    assert (Attendance.objects.count(), Session.objects.count(), row.lines) == (1, 1, "")


def test_a_fault_in_the_middle_leaves_nothing(monkeypatch):
    row = confirmed([*sheet_rows(3), *sheet_rows(3, held_on="02/05/2022")])
    AttendanceSheet.objects.filter(pk=row.pk).update(period=make_period("2021-22"))
    Attendance.objects.all().delete()
    monkeypatch.setattr(PeopleCounted._meta.get_field("people"), "get_db_prep_save", lambda *args, **kwargs: -1)

    with pytest.raises(IntegrityError):
        tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert (row.status, row.failure, row.lines) == ("failed", tasks.UNEXPECTED, "")
    assert (Attendance.objects.count(), Session.objects.count(), PeopleCounted.objects.count()) == (0, 0, 0)


def test_an_import_is_cancelled_between_two_parts(monkeypatch):
    monkeypatch.setattr(tasks, "PART", 2)
    row = confirmed(sheet_rows(6))
    erin = make_erin()
    report = importing.report_counted

    def cancel_after_the_first_part(held, counted):
        if counted == 2:
            importing.cancel_sheet(row=row, by=erin)
        report(held, counted)

    monkeypatch.setattr(importing, "report_counted", cancel_after_the_first_part)

    tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert (row.status, row.counted, row.lines) == ("cancelled", 0, "")
    assert (Attendance.objects.count(), Session.objects.count()) == (0, 0)


def test_how_far_it_is_can_be_seen_from_outside(monkeypatch):
    monkeypatch.setattr(tasks, "PART", 2)
    row = confirmed(sheet_rows(6))
    seen = []
    report = importing.report_counted

    def look(held, counted):
        report(held, counted)
        seen.append(AttendanceSheet.objects.get(pk=row.pk).percent)

    monkeypatch.setattr(importing, "report_counted", look)

    tasks.import_sheet(row.pk)

    assert seen == [0, 33, 66, 99]


def test_importing_twice_counts_once():
    row = confirmed()

    tasks.import_sheet(row.pk)
    tasks.import_sheet(row.pk)

    assert lines() == [("police", "police", "direct", 3, 3, 0, 0, 0)]


def test_a_sheet_whose_worker_is_gone_is_taken_over_and_given_up_after_three():
    row = confirmed()
    for _ in range(3):
        assert importing.claim(row.pk) is not None
        assert importing.claim(row.pk) is None  # another worker has it
        AttendanceSheet.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(minutes=1))

    assert importing.claim(row.pk) is None

    row.refresh_from_db()
    assert (row.status, row.failure, row.lines) == ("failed", importing.GAVE_UP.format(attempts=3), "")


def test_the_slower_of_two_workers_stores_nothing():
    row = confirmed()
    slow = importing.claim(row.pk)
    AttendanceSheet.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
    tasks.import_sheet(row.pk)

    with pytest.raises(importing.LostClaim):
        importing.give_up(slow, "Too slow.")

    row.refresh_from_db()
    assert (row.status, row.failure) == ("imported", "")


def test_what_was_left_without_a_word_is_thrown_away():
    left = make_sheet()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        make_sheet(sheet_rows(2))

    left.refresh_from_db()
    assert (left.status, left.lines) == ("cancelled", "")


@pytest.mark.parametrize("status", [SheetStatus.IMPORTED, SheetStatus.CANCELLED])
def test_a_sheet_that_is_over_cannot_be_cancelled(status):
    row = confirmed()
    if status == SheetStatus.IMPORTED:
        tasks.import_sheet(row.pk)
    else:
        importing.cancel_sheet(row=row, by=make_alice())

    with pytest.raises(WrongState):
        importing.cancel_sheet(row=row, by=make_alice())


def test_the_sweep_rings_for_what_waits_only(monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.import_sheet, "delay", rung.append)
    row = confirmed()
    make_sheet(sheet_rows(2), by=make_alice())

    assert (tasks.ring_for_waiting_sheets(), rung) == (1, [row.pk])


def test_the_plan_takes_as_many_queries_for_one_session_as_for_many(django_assert_num_queries):
    small = make_sheet(sheet_rows(1))
    large = make_sheet([row for day in range(1, 20) for row in sheet_rows(2, held_on=f"{day:02}/05/2022")])

    for row in (small, large):
        row.refresh_from_db()
        if row.lines:
            with django_assert_num_queries(7):
                importing.plan_of(row)


def imported(rows=None, **reason):
    row = confirmed(rows, **reason)
    tasks.import_sheet(row.pk)
    row.refresh_from_db()
    return row


def test_an_import_is_taken_back_as_a_whole_and_can_be_sent_again():
    by_hand = make_attendance(make_session(held_on=date(2022, 6, 1)))
    row, alice = imported(), make_alice()

    importing.take_back_sheet(row=row, reason="The wrong year.", by=alice)

    row.refresh_from_db()
    assert (row.status, row.taken_back_by, row.taken_back_reason) == ("taken-back", alice, "The wrong year.")
    assert list(Attendance.objects.all()) == [by_hand]
    assert (list(Session.objects.all()), PeopleCounted.objects.count()) == ([by_hand.session], 0)
    assert AuditEvent.objects.get(verb="sheet.taken-back").detail == "The wrong year."
    assert imported().status == SheetStatus.IMPORTED


def test_a_session_that_stood_there_before_the_import_stays():
    session = make_session(capacity=None)
    row = imported()

    importing.take_back_sheet(row=row, reason="Twice.", by=make_alice())

    assert (list(Session.objects.all()), Attendance.objects.count()) == ([session], 0)


def test_a_session_that_somebody_has_changed_since_the_import_stays():
    row = imported()
    Session.objects.update(version=2)

    importing.take_back_sheet(row=row, reason="Twice.", by=make_alice())

    assert (Session.objects.count(), Attendance.objects.count()) == (1, 0)


def test_nothing_is_taken_back_twice_nor_before_it_is_imported():
    row = imported()
    importing.take_back_sheet(row=row, reason="Twice.", by=make_alice())

    for each in (row, make_sheet(name="other.csv")):
        with pytest.raises(WrongState):
            importing.take_back_sheet(row=each, reason="Again.", by=make_alice())


def test_nothing_is_taken_back_in_a_signed_year():
    row = imported()
    close_period(period=row.period, by=make_erin())

    with pytest.raises(WrongState, match="is signed"):
        importing.take_back_sheet(row=row, reason="Too late.", by=make_alice())

    assert (AttendanceSheet.objects.get().status, Attendance.objects.count()) == (SheetStatus.IMPORTED, 1)


def test_the_lines_of_a_sheet_that_nobody_confirms_go_within_a_day():
    left = make_sheet()
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        tasks.tidy_training()
        left.refresh_from_db()
        assert (left.status, left.lines != "") == (SheetStatus.READ, True)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        tasks.tidy_training()
        tasks.tidy_training()

    left.refresh_from_db()
    assert (left.status, left.lines) == (SheetStatus.CANCELLED, "")
    assert AuditEvent.objects.filter(verb="sheet.cancelled").count() == 1


def sent(content=None, name="sheet.csv", by=None):
    """A large sheet that waits to be read."""
    make_course()
    content = content or sheet_file([("NEGLECT", "01/05/2022", "Police", "Zebedee Quill", "Attended", "")])
    return importing.send_sheet(name=name, content=content, period=make_period(), by=by or make_alice())


@time_machine.travel("2023-04-01", tick=False)
def test_a_file_is_kept_no_longer_than_it_takes_to_read_it():
    row = sent()
    assert b"Quill" in bytes(row.file.content)

    tasks.import_sheet(row.pk)

    stored = [str(value) for value in AttendanceSheet.objects.values().get(pk=row.pk).values()]
    assert [text for text in stored if "quill" in text.casefold()] == []
    assert (SheetFile.objects.count(), AttendanceSheet.objects.get().status) == (0, SheetStatus.READ)


def test_a_file_that_nobody_read_is_deleted_after_a_day():
    sent()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert importing.end_left_sheets() == 1

    assert (SheetFile.objects.count(), AttendanceSheet.objects.get().status) == (0, SheetStatus.CANCELLED)


def test_a_new_sheet_takes_the_place_of_one_that_waits_to_be_read():
    alice = make_alice()
    first = sent(by=alice)

    second = sent(by=alice)

    first.refresh_from_db()
    assert (first.status, list(SheetFile.objects.values_list("sheet", flat=True))) == ("cancelled", [second.pk])


@time_machine.travel("2023-04-01", tick=False)
def test_when_a_worker_dies_while_reading_another_reads_and_then_counts():
    row = sent()
    dead = importing.claim(row.pk)
    assert (dead.status, importing.claim(row.pk)) == (SheetStatus.READING, None)

    AttendanceSheet.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    tasks.import_sheet(row.pk)
    with pytest.raises(importing.LostClaim):
        importing.report_counted(dead, 500)

    row.refresh_from_db()
    assert (row.status, row.attempts, row.line_count) == (SheetStatus.READ, 0, 1)


def test_a_sheet_that_kills_its_reader_three_times_is_given_up_and_its_file_deleted():
    row = sent()
    for _ in range(AttendanceSheet.MAX_ATTEMPTS):
        importing.claim(row.pk)
        AttendanceSheet.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert (row.status, "stopped 3 times" in row.failure, SheetFile.objects.count()) == ("failed", True, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_reading_that_takes_too_long_is_not_said_to_be_a_damaged_file(monkeypatch, kind):
    row = sent(sheet_file(sheet_rows(3), kind=kind), name=f"sheet.{kind}")

    def too_long(*args):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(importing, "report_counted", too_long)
    tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert (row.status, row.failure) == (SheetStatus.FAILED, tasks.TOO_SLOW)
