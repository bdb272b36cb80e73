"""Letters of evaluations: deciding them, claiming and handing them over; forgetting addresses (docs/decisions/0007).

The row is the job. Whatever happens to a scheduler, a person gets each letter at most once.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from partnership import audit
from priorities.reminders import wait_after
from training.actions.evaluation import hash_of
from training.choices import LetterStatus, Moment
from training.models import EvaluationAnswer, Invitation, Letter, Session
from training.moments import BETWEEN_LETTERS, held_while_open, held_while_reminded, open_moment

LEASE = timedelta(minutes=5)
"""After this a scheduler that took a letter counts as gone. Longer than a mail server may take to answer."""


@dataclass(frozen=True)
class Sending:
    """A letter that is handed to the mail server now, with the link that is kept nowhere."""

    letter: Letter
    token: str


@transaction.atomic
def decide_letters() -> None:
    """Write down every letter whose day has come: for each moment the first one, and one reminder."""
    today, now = timezone.localdate(), timezone.now()
    for moment in Moment:
        letters = Letter.objects.filter(invitation=OuterRef("pk"), moment=moment)
        first = letters.filter(is_reminder=False)
        sent_long_ago = first.filter(status=LetterStatus.SENT, sent_at__lte=now - BETWEEN_LETTERS)
        open_now, reminded_now = held_while_open(moment, today), held_while_reminded(moment, today)
        _decide(_unanswered(moment, open_now).exclude(Exists(first)), moment)
        to_remind = _unanswered(moment, reminded_now).filter(Exists(sent_long_ago))
        _decide(to_remind.exclude(Exists(letters.filter(is_reminder=True))), moment, is_reminder=True)


def _unanswered(moment: Moment, held: tuple[date, date]) -> QuerySet[Invitation]:
    answers = EvaluationAnswer.objects.filter(invitation=OuterRef("pk"), moment=moment)
    return Invitation.objects.exclude(email="").filter(session__held_on__range=held).exclude(Exists(answers))


def _decide(invitations: Iterable[Invitation], moment: Moment, *, is_reminder: bool = False) -> None:
    Letter.objects.bulk_create(
        [Letter(invitation=each, moment=moment, is_reminder=is_reminder) for each in invitations],
        ignore_conflicts=True,  # another scheduler was quicker
    )


def waiting_letters(now: datetime) -> list[int]:
    """The keys of the letters to be sent, those first that have waited longest."""
    return list(Letter.objects.claimable(now).order_by("pk").values_list("pk", flat=True))


def claim_letter(letter_id: int, *, now: datetime) -> str | None:
    """Take a letter until the lease runs out; gives the claim, None where another scheduler was quicker."""
    token = uuid4().hex
    taken = (
        Letter.objects.claimable(now)
        .filter(pk=letter_id)
        .update(status=LetterStatus.CLAIMED, claim=token, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return token if taken else None


@transaction.atomic
def hand_over(claim: str) -> Sending | None:
    """The letter of a claim with a new link; from here on it is never claimed again.

    None where it is not needed any more: the person has answered, asked not to be written to, or the moment is over.
    """
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .filter(claim=claim, status=LetterStatus.CLAIMED)
        .select_related("invitation__session__course__evaluation_form")
        .first()
    )
    if letter is None:
        return None
    invitation = letter.invitation
    is_open = open_moment(invitation.session.held_on, timezone.localdate()) == letter.moment
    if not is_open or not invitation.email or invitation.answers.filter(moment=letter.moment).exists():
        letter.status = LetterStatus.DROPPED
        letter.save()
        return None
    token = secrets.token_urlsafe(32)
    letter.status, letter.token_hash, letter.lease_until = LetterStatus.SENDING, hash_of(token), timezone.now() + LEASE
    letter.save()
    return Sending(letter, token)


def keep_as_sent(claim: str) -> None:
    """The mail server took the email."""
    Letter.objects.filter(claim=claim, status=LetterStatus.SENDING).update(
        status=LetterStatus.SENT, sent_at=timezone.now()
    )


@transaction.atomic
def put_back(claim: str) -> None:
    """The mail server did not take the email: try again later, each time after a longer while."""
    held = Letter.objects.filter(claim=claim, status__in=[LetterStatus.CLAIMED, LetterStatus.SENDING])
    for letter in held.select_for_update():
        later = timezone.now() + wait_after(letter.attempts)
        held.update(status=LetterStatus.WAITING, not_before=later, claim="", lease_until=None)


def end_unclear(now: datetime) -> int:
    """End what a scheduler was sending when it disappeared: perhaps it was sent, and nobody gets it twice."""
    return Letter.objects.unclear(now).update(status=LetterStatus.UNCLEAR)


@transaction.atomic
def forget_addresses() -> int:
    """Delete the addresses whose time is over; gives how many."""
    over = Invitation.objects.exclude(email="").filter(email_until__lt=timezone.localdate())
    sessions = list(Session.objects.filter(invitations__in=over).select_related("course").distinct())
    if not sessions:
        return 0
    Letter.objects.filter(invitation__in=over, status=LetterStatus.WAITING).update(status=LetterStatus.DROPPED)
    forgotten = over.update(email="")
    audit.record_each("evaluation.addresses-deleted", targets=((session, "") for session in sessions), by=None)
    return forgotten
