"""Emails about the report. They name a report, a section and dates, never what is said of it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from partnership.choices import Permission, roles_that_may
from partnership.models import Membership, Partnership, User
from reports.choices import PlaceKind
from reports.models import Comment, Edition, Receipt, Signature


def send_named(comment: Comment, people: Iterable[User], *, by: User) -> None:
    """Tell people that somebody asks them to read what is said on a section."""
    for person in people:
        _send(comment, person, by, f"Please read a comment on {comment.section}", "comment_named.txt")


def send_assigned(comment: Comment, *, by: User) -> None:
    """Tell whoever is asked to settle a comment, until when."""
    person = comment.assigned_to
    if person:
        _send(comment, person, by, f"A comment on {comment.section} for you to settle", "comment_assigned.txt")


def send_asked(edition: Edition) -> None:
    """Ask those for their signature or comment whose turn it is."""
    _ask(edition, edition.signatures.in_turn())


def send_next(edition: Edition) -> None:
    """Ask the partner whose turn has come now that another has signed."""
    _ask(edition, edition.signatures.in_turn().filter(kind=PlaceKind.PARTNER))


def _ask(edition: Edition, signatures: Iterable[Signature]) -> None:
    for signature in signatures:
        for person in _people_of(signature):
            subject = f"Please sign: {edition.report}"
            address = _sign_off_address(edition)
            _send_about(edition, person.email, person.name, subject, "signature_asked.txt", address=address)


def send_voided(edition: Edition) -> None:
    """Tell those who signed that their signature no longer holds; why stands in the portal alone."""
    for signature in edition.signatures.given():
        for person in _people_of(signature):
            subject = f"Your signature no longer holds: {edition.report}"
            address = _sign_off_address(edition)
            _send_about(edition, person.email, person.name, subject, "signature_voided.txt", address=address)


def send_published(receipt: Receipt) -> None:
    """Send a recipient the address of the published report."""
    edition = receipt.edition
    address = settings.PORTAL_URL + reverse("reports:edition-public", args=[edition.report.period.code, edition.number])
    subject = f"Published: {edition.report}"
    _send_about(edition, receipt.email, receipt.name, subject, "edition_published.txt", address=address)


def _people_of(signature: Signature) -> list[User]:
    """Who may sign there, each once; who signed electronically is the one to be told."""
    if signature.acted_by and not signature.is_on_paper:
        return [signature.acted_by] if signature.acted_by.is_active else []
    needed = Permission.SIGNATURE_GIVE if signature.kind == PlaceKind.PARTNER else Permission.STATEMENT_MAKE
    memberships = Membership.objects.filter(
        agency=signature.agency_id, role__in=roles_that_may(needed), user__is_active=True
    )
    return list(dict.fromkeys(each.user for each in memberships.select_related("user").order_by("user__name")))


def _sign_off_address(edition: Edition) -> str:
    return settings.PORTAL_URL + reverse("reports:sign-off-detail", args=[edition.report.period.code])


def _send_about(edition: Edition, email: str, name: str, subject: str, template: str, *, address: str) -> None:
    context = {"name": name, "edition": edition, "partnership": Partnership.objects.first(), "address": address}
    _hand_over(subject, template, context, email)


def _send(comment: Comment, person: User, by: User, subject: str, template: str) -> None:
    if person == by or not person.is_active:
        return
    context = {
        "person": person,
        "by": by,
        "comment": comment,
        "partnership": Partnership.objects.first(),
        "address": settings.PORTAL_URL + reverse("reports:comment-detail", args=[comment.pk]),
    }
    _hand_over(subject, template, context, person.email)


def _hand_over(subject: str, template: str, context: dict[str, Any], email: str) -> None:
    EmailMessage(
        " ".join(subject.split()),
        render_to_string(f"reports/emails/{template}", context),
        settings.DEFAULT_FROM_EMAIL,
        [email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
