"""A file's way from waiting to clean or refused: the actions and the job."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from partnership import evidence, tasks
from partnership.choices import EVIDENCE_TRANSITIONS, EvidenceStatus, FileKind
from partnership.models import AuditEvent, Evidence
from partnership.states import WrongState
from partnership.tests import sample_files as sample
from partnership.tests.factories import make_bob, make_evidence
from partnership.tests.fake_clamd import VIRUS, scanner
from sscb_portal.tasks import run_due


def files_kept():
    return sorted(default_storage.listdir("evidence")[1]) if default_storage.exists("evidence") else []


def check(row, capture):
    """Do the job as a worker does, with what happens after the commit."""
    with capture(execute=True):
        tasks.check_evidence(row.pk)
    row.refresh_from_db()
    return row


def test_file_waits_under_a_name_that_is_not_its_own(db):
    row = make_evidence(name="passwd.pdf")

    assert (row.status, row.file.name, "passwd" in row.held.name) == (EvidenceStatus.WAITING, "", False)
    assert row.held.read() == sample.pdf()


def test_checked_file_is_clean_and_stands_once(db, django_capture_on_commit_callbacks):
    row = check(make_evidence(), django_capture_on_commit_callbacks)

    assert (row.status, row.file.read(), row.held.name) == (EvidenceStatus.CLEAN, sample.pdf(), "")
    assert len(files_kept()) == 1


def test_checking_twice_checks_once(db, django_capture_on_commit_callbacks):
    row = check(make_evidence(), django_capture_on_commit_callbacks)
    first = (row.file.name, row.checked_at, row.attempts)

    row = check(row, django_capture_on_commit_callbacks)

    assert (row.file.name, row.checked_at, row.attempts) == first
    assert AuditEvent.objects.filter(verb="evidence.cleared").count() == 1


def test_photo_is_kept_without_the_place_it_was_taken(db, django_capture_on_commit_callbacks):
    taken = sample.photo()
    row = check(make_evidence(taken, name="poster.jpg", kind=FileKind.JPEG), django_capture_on_commit_callbacks)

    kept = row.file.read()
    assert (row.size, b"SECRET-CAMERA" in taken, b"SECRET-CAMERA" in kept) == (len(kept), True, False)
    assert len(files_kept()) == 1


def test_refused_file_says_why_and_is_deleted(db, django_capture_on_commit_callbacks):
    row = check(make_evidence(sample.pdf_with_script()), django_capture_on_commit_callbacks)

    assert (row.status, row.file.name, row.held.name) == (EvidenceStatus.REFUSED, "", "")
    assert row.refusal.startswith("This PDF holds a program")
    assert files_kept() == []
    assert AuditEvent.objects.get(verb="evidence.refused").detail == row.refusal


def test_infected_file_is_deleted_and_the_virus_named(db, settings, tmp_path, django_capture_on_commit_callbacks):
    row = make_evidence(b"words " + VIRUS, name="notes.txt", kind=FileKind.TEXT)
    with scanner(tmp_path) as (_, settings.CLAMAV_URL):
        check(row, django_capture_on_commit_callbacks)

    assert (row.status, row.refusal) == (
        EvidenceStatus.REFUSED,
        evidence.INFECTED.format(virus="Eicar-Signature"),
    )
    assert files_kept() == []


def test_file_waits_while_the_scanner_is_away_and_is_clean_when_it_is_back(
    db, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.CLAMAV_URL = f"unix:{tmp_path}/nobody.sock"
    row = make_evidence()
    for _ in range(Evidence.MAX_ATTEMPTS + 2):
        check(row, django_capture_on_commit_callbacks)
    assert (row.status, row.attempts, row.note, row.file.name) == (
        EvidenceStatus.WAITING,
        0,
        tasks.SCANNER_AWAY,
        "",
    )

    with scanner(tmp_path) as (running, settings.CLAMAV_URL):
        check(row, django_capture_on_commit_callbacks)

    assert (row.status, row.note, running.seen) == (EvidenceStatus.CLEAN, "", [sample.pdf()])


def test_file_is_never_clean_when_the_scanner_dies_in_the_middle(
    db, settings, tmp_path, django_capture_on_commit_callbacks
):
    row = make_evidence(b"word " * 1_000_000, name="notes.txt", kind=FileKind.TEXT)
    with scanner(tmp_path, hangs_up_after=1000) as (_, settings.CLAMAV_URL):
        check(row, django_capture_on_commit_callbacks)

    assert (row.status, row.note) == (EvidenceStatus.WAITING, tasks.SCANNER_AWAY)


def test_of_two_workers_one_gets_the_file(db):
    row = make_evidence()

    claims = [evidence.claim(row.pk), evidence.claim(row.pk)]

    assert [each and each.attempts for each in claims] == [1, None]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="The test database of SQLite is in one connection")
@pytest.mark.django_db(transaction=True)
def test_workers_that_begin_at_the_same_moment_check_the_file_once():
    row = make_evidence()
    together, failures = Barrier(6), []

    def worker():
        try:
            together.wait()
            tasks.check_evidence(row.pk)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=worker) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    row.refresh_from_db()
    assert failures == []
    assert (row.status, row.attempts, len(files_kept())) == (EvidenceStatus.CLEAN, 1, 1)


def test_file_of_a_dead_worker_is_taken_over_and_ends_once(db):
    row = make_evidence()
    dead = evidence.claim(row.pk)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        living = evidence.claim(row.pk)

    evidence.clear(living, b"content")

    for late in (lambda: evidence.clear(dead, b"late"), lambda: evidence.refuse(dead, "late")):
        with pytest.raises(evidence.LostClaim):
            late()
    row.refresh_from_db()
    assert (row.status, row.file.read()) == (EvidenceStatus.CLEAN, b"content")


def test_file_that_kills_every_worker_ends_as_refused(db):
    row = make_evidence()
    for hours in range(1, Evidence.MAX_ATTEMPTS + 1):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            assert evidence.claim(row.pk)

    with time_machine.travel(timezone.now() + timedelta(hours=9)):
        assert evidence.claim(row.pk) is None

    row.refresh_from_db()
    assert (row.status, row.refusal) == (EvidenceStatus.REFUSED, evidence.GAVE_UP.format(attempts=3))


def test_withdrawn_file_loses_its_bytes_and_keeps_its_row(db, django_capture_on_commit_callbacks):
    bob = make_bob()
    row = check(make_evidence(by=bob), django_capture_on_commit_callbacks)

    with django_capture_on_commit_callbacks(execute=True):
        evidence.withdraw_evidence(evidence=row, by=bob)

    row.refresh_from_db()
    assert (row.status, row.name, row.withdrawn_by, row.file.name) == (EvidenceStatus.WITHDRAWN, "report.pdf", bob, "")
    assert files_kept() == []
    with pytest.raises(WrongState):
        evidence.withdraw_evidence(evidence=row, by=bob)


def test_file_withdrawn_while_it_is_checked_stays_withdrawn(db, django_capture_on_commit_callbacks):
    row = make_evidence()
    claimed = evidence.claim(row.pk)
    with django_capture_on_commit_callbacks(execute=True):
        evidence.withdraw_evidence(evidence=row, by=row.uploaded_by)

    with pytest.raises(evidence.LostClaim):
        evidence.clear(claimed, b"content")
    assert Evidence.objects.get().status == EvidenceStatus.WITHDRAWN


def test_bytes_left_behind_are_deleted_by_the_sweep(db):
    row = make_evidence()
    evidence.refuse(evidence.claim(row.pk), "Too old.")  # and the portal ends before the bytes are deleted
    assert len(files_kept()) == 1

    run_due()

    assert files_kept() == []
    run_due()


def test_sweep_rings_for_files_that_wait_and_for_no_others(db, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.check_evidence, "delay", rung.append)
    waiting, held = make_evidence(), make_evidence()
    evidence.claim(held.pk)
    evidence.clear(evidence.claim(make_evidence().pk), b"content")

    assert (tasks.ring_for_waiting(), rung) == (1, [waiting.pk])


def test_bell_is_rung_only_once_the_row_is_committed(db, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(tasks.check_evidence, "delay", rung.append)
    row = make_evidence()

    with django_capture_on_commit_callbacks() as callbacks:
        tasks.ring(row)

    assert rung == []
    for callback in callbacks:
        callback()
    assert rung == [row.pk]


@pytest.mark.parametrize("status", [EvidenceStatus.WAITING, EvidenceStatus.REFUSED])
def test_database_refuses_a_download_that_is_not_clean(db, status):
    row = make_evidence()

    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=row.pk).update(status=status, refusal="No.", file="evidence/x")


@pytest.mark.parametrize("status", EvidenceStatus)
@pytest.mark.parametrize("wanted", EvidenceStatus)
def test_every_move(status, wanted):
    row = Evidence(name="report.pdf", status=status)
    if wanted in EVIDENCE_TRANSITIONS[status]:
        row.move_to(wanted)
        assert row.status == wanted
    else:
        with pytest.raises(WrongState):
            row.move_to(wanted)
