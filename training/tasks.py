"""What is due about training: attendance sheets that wait, and letters that ask what came of a course."""

import logging

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from partnership import jobs
from partnership.sending import Post, send_waiting
from partnership.spreadsheets import UnreadableFile, read_table
from training import emails, importing, inviting
from training.choices import SheetStatus
from training.counting import Count
from training.imports import from_json
from training.models import AttendanceSheet

log = logging.getLogger(__name__)

PART = 500
"""So many lines are counted before the worker says how far it is, and looks whether it was cancelled."""

TOO_SLOW = "Importing this sheet took longer than it may. Split it in two and send each part."
UNEXPECTED = (
    "The sheet could not be imported because of a fault in the portal. Your administrator finds it in the worker's log."
)


def ring(row: AttendanceSheet) -> None:
    """Tell the workers of a sheet once its row is committed; a lost message is made good by the sweep."""
    transaction.on_commit(lambda: import_sheet.delay(row.pk), robust=True)


@shared_task
def import_sheet(sheet_id: int) -> None:
    """Read one sheet or import it, whichever it waits for, unless it is over or another worker has it."""
    row = importing.claim(sheet_id)
    if row is None:
        return
    try:
        if row.status == SheetStatus.READING:
            _read(row)
        else:
            _count(row)
    except importing.LostClaim:
        log.info("Sheet %s was cancelled or taken over", row.pk)
    except SoftTimeLimitExceeded:
        importing.give_up(row, TOO_SLOW)
    except Exception:
        importing.give_up(row, UNEXPECTED)
        raise


def _read(row: AttendanceSheet) -> None:
    """From the file to lines without names, or to the faults that its sender must put right."""
    try:
        table = read_table(
            bytes(row.file.content),
            name=row.name,
            largest=importing.LARGEST_SHEET,
            may_have_merged_cells=False,
            seen=lambda count: importing.report_counted(row, count),
        )
    except UnreadableFile as refusal:
        is_too_slow = isinstance(refusal.__cause__, SoftTimeLimitExceeded)
        importing.give_up(row, TOO_SLOW if is_too_slow else str(refusal))
        return
    sheet = importing.sheet_in(table, period=row.period)
    if sheet.faults:
        importing.give_up(row, "\n".join(str(fault) for fault in sheet.faults))
    else:
        importing.keep_lines(row, sheet)


def _count(row: AttendanceSheet) -> None:
    sheet, count = from_json(row.lines), Count()
    for start in range(0, len(sheet.lines), PART):
        importing.report_counted(row, start)
        count.add(sheet, sheet.lines[start : start + PART])
    importing.report_counted(row, len(sheet.lines))
    importing.keep_counts(row, sheet, count)


def ring_for_waiting_sheets() -> int:
    """Send every sheet that waits, or whose worker is gone, to the workers again; gives how many."""
    return jobs.ring_again(AttendanceSheet, import_sheet)


def tidy_training() -> None:
    """Delete what the portal need not hold any longer: lines of sheets that were left, and addresses."""
    importing.end_left_sheets()
    inviting.forget_addresses()


LETTERS = Post(
    noun="letter",
    waiting=inviting.waiting_letters,
    claim=lambda letter_id, now: inviting.claim_letter(letter_id, now=now),
    hand_over=inviting.hand_over,
    email=lambda sending, connection: emails.evaluation_email(sending.letter, sending.token, connection=connection),
    keep_as_sent=inviting.keep_as_sent,
    put_back=inviting.put_back,
    end_unclear=inviting.end_unclear,
)


@shared_task
def send_letters() -> int:
    """Decide the letters that are due and send what waits, each once; gives how many were sent."""
    inviting.decide_letters()
    return send_waiting(LETTERS)
