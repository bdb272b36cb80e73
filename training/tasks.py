"""What is due about training: attendance sheets that wait, and letters that ask what came of a course."""

import logging
import time
from contextlib import suppress

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from partnership import jobs
from training import emails, importing, inviting
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
    """Import one sheet, unless it is over or another worker has it."""
    row = importing.claim(sheet_id)
    if row is None:
        return
    try:
        sheet, count = from_json(row.lines), Count()
        for start in range(0, len(sheet.lines), PART):
            importing.report_counted(row, start)
            count.add(sheet, sheet.lines[start : start + PART])
        importing.report_counted(row, len(sheet.lines))
        importing.keep_counts(row, sheet, count)
    except importing.LostClaim:
        log.info("Sheet %s was cancelled or taken over", row.pk)
    except SoftTimeLimitExceeded:
        importing.give_up(row, TOO_SLOW)
    except Exception:
        importing.give_up(row, UNEXPECTED)
        raise


def ring_for_waiting_sheets() -> int:
    """Send every sheet that waits, or whose worker is gone, to the workers again; gives how many."""
    return jobs.ring_again(AttendanceSheet, import_sheet)


def tidy_training() -> None:
    """Delete what the portal need not hold any longer: lines of sheets that were left, and addresses."""
    importing.end_left_sheets()
    inviting.forget_addresses()


SECONDS_FOR_SENDING = 60
"""What is left after this is sent a minute later: Celery must not end the task in the middle of an email."""


class NotTaken(Exception):
    """The mail server took the connection but not the email."""


@shared_task
def send_letters() -> int:
    """Decide the letters that are due and send what waits, each once; gives how many were sent."""
    inviting.decide_letters()
    now = timezone.now()
    if lost := inviting.end_unclear(now):
        log.warning("%s letters were being sent when a scheduler disappeared; they are not sent again", lost)
    until = time.monotonic() + SECONDS_FOR_SENDING
    sent = 0
    for letter_id in inviting.waiting_letters(now):
        if time.monotonic() > until:
            break
        claim = inviting.claim_letter(letter_id, now=now)
        if claim and _send(claim):
            inviting.keep_as_sent(claim)
            sent += 1
    return sent


def _send(claim: str) -> bool:
    """Send the letter of a claim; False where it is not needed any more, or has to wait for another try."""
    connection = get_connection()
    try:
        connection.open()  # may take long, and fail: before anything is handed over
        sending = inviting.hand_over(claim)
        if sending is None:
            return False
        if not emails.evaluation_email(sending.letter, sending.token, connection=connection).send():
            raise NotTaken
    except Exception:
        # Whatever a mail server or its library raises, the row waits for the next try.
        log.exception("A letter could not be sent; it is tried again later")
        inviting.put_back(claim)
        return False
    finally:
        with suppress(Exception):
            connection.close()
    return True
