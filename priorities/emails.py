"""Emails about quarterly updates. They name the update and its dates, never an answer, a figure or a case."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from partnership.models import Partnership
from priorities.choices import Occasion
from priorities.models import QuarterlyUpdate, Reminder


def reminder_email(reminders: Sequence[Reminder], *, connection: BaseEmailBackend) -> EmailMessage:
    """One email to the person of these reminders that lists all their updates."""
    person = reminders[0].person
    updates = [reminder.update for reminder in reminders]
    context = {
        "person": person,
        "partnership": Partnership.objects.first(),
        "updates": [(update, _address("update-edit", update.pk)) for update in updates],
        "is_asked": any(reminder.occasion == Occasion.ASKED for reminder in reminders),
        "choice_address": _address("email-choice"),
    }
    return EmailMessage(
        _subject(updates),
        render_to_string("priorities/emails/reminder.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
        # Asks mail programs not to answer it with "I am away".
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def send_received(update: QuarterlyUpdate) -> None:
    """Tell who submitted an update that the board team has it."""
    _send_about(update, f"Received: update on {update.priority}", "received.txt")


def send_given_back(update: QuarterlyUpdate) -> None:
    """Tell who submitted an update that their agency has it again; why stands in the portal alone."""
    _send_about(update, f"Given back: update on {update.priority}", "given_back.txt")


def _send_about(update: QuarterlyUpdate, subject: str, template: str) -> None:
    """Write to the person who submitted the update, if they still have an account."""
    person = update.submitted_by
    if person is None or not person.is_active:
        return
    context = {
        "person": person,
        "partnership": Partnership.objects.get(),
        "update": update,
        "address": _address("update-detail", update.pk),
    }
    EmailMessage(
        subject,
        render_to_string(f"priorities/emails/{template}", context),
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def _subject(updates: Sequence[QuarterlyUpdate]) -> str:
    first = updates[0]
    if len(updates) > 1:
        return f"Reminder: {len(updates)} quarterly updates to send"
    verb = "was due" if first.round.due_on < timezone.localdate() else "is due"
    return f"Reminder: update on {first.priority} {verb} on {date_format(first.round.due_on, 'j F Y')}"


def _address(name: str, *args: int) -> str:
    return settings.PORTAL_URL + reverse(f"priorities:{name}", args=args)
