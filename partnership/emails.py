"""Emails about accounts. None of them holds anything about a case."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from partnership.models import Partnership, User


def send_invitation(user: User) -> None:
    """Tell a person that they have an account, and how to choose a password."""
    partnership = Partnership.objects.get()
    context = {
        "user": user,
        "partnership": partnership,
        "address": settings.PORTAL_URL + reverse("account_reset_password"),
    }
    send_mail(
        f"Your account for {partnership.name}",
        render_to_string("partnership/emails/invitation.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
