"""What is due about quarterly updates: reminders by email."""

import logging
import time
from contextlib import suppress

from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from priorities import emails, reminding

log = logging.getLogger(__name__)

SECONDS_FOR_SENDING = 60
"""What is left after this is sent a minute later: Celery must not end the task in the middle of an email."""


class NotTaken(Exception):
    """The mail server took the connection but not the email."""


@shared_task
def send_reminders() -> int:
    """Decide the reminders that are due and send what waits, one email to a person; gives how many were sent."""
    reminding.decide_reminders()
    now = timezone.now()
    if lost := reminding.end_unclear(now):
        log.warning("%s reminders were being sent when a scheduler disappeared; they are not sent again", lost)
    until = time.monotonic() + SECONDS_FOR_SENDING
    sent = 0
    for person_id in reminding.waiting_people(now):
        if time.monotonic() > until:
            break
        claim = reminding.claim_reminders(person_id, now=now)
        if claim and _send(claim):
            reminding.keep_as_sent(claim)
            sent += 1
    return sent


def _send(claim: str) -> bool:
    """Send the email of a claim; False where there is none to send any more, or it has to wait for another try."""
    connection = get_connection()
    try:
        connection.open()  # may take long, and fail: before anything is handed over
        reminders = reminding.hand_over(claim)
        if not reminders:
            return False
        if not emails.reminder_email(reminders, connection=connection).send():
            raise NotTaken
    except Exception:
        # Whatever a mail server or its library raises, the rows wait for the next try.
        log.exception("A reminder could not be sent; it is tried again later")
        reminding.put_back(claim)
        return False
    finally:
        with suppress(Exception):
            connection.close()
    return True
