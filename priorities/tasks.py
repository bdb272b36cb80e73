"""What is due about quarterly updates: reminders by email."""

from celery import shared_task

from partnership.sending import Post, send_waiting
from priorities import emails, reminding

REMINDERS = Post(
    noun="reminder",
    waiting=reminding.waiting_people,
    claim=lambda person_id, now: reminding.claim_reminders(person_id, now=now),
    hand_over=reminding.hand_over,
    email=lambda reminders, connection: emails.reminder_email(reminders, connection=connection),
    keep_as_sent=reminding.keep_as_sent,
    put_back=reminding.put_back,
    end_unclear=reminding.end_unclear,
)


@shared_task
def send_reminders() -> int:
    """Decide the reminders that are due and send what waits, one email to a person; gives how many were sent."""
    reminding.decide_reminders()
    return send_waiting(REMINDERS)
