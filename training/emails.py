"""Emails that ask about a course. They name the course and its day, never a case or an answer."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from partnership.models import Partnership
from training.choices import Moment
from training.models import Letter
from training.moments import window

SUBJECTS = {
    Moment.BASELINE: "Before your training: two short questions",
    Moment.AFTER: "After your training: a few short questions",
    Moment.FOLLOW_UP: "Your training some weeks ago: what came of it?",
}


def evaluation_email(letter: Letter, token: str, *, connection: BaseEmailBackend) -> EmailMessage:
    """The email of a letter, with the link of this token."""
    session = letter.invitation.session
    subject = SUBJECTS[Moment(letter.moment)]
    context = {
        "partnership": Partnership.objects.first(),
        "session": session,
        "moment": letter.moment,
        "is_reminder": letter.is_reminder,
        "closes_on": window(letter.moment, session.held_on).closes_on,
        "email_until": letter.invitation.email_until,
        "address": settings.PORTAL_URL + reverse("training:evaluation-answer", args=[token]),
    }
    return EmailMessage(
        f"Reminder: {subject}" if letter.is_reminder else subject,
        render_to_string("training/emails/evaluation.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [letter.invitation.email],
        # Asks mail programs not to answer it with "I am away".
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
