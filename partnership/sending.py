"""Handing emails to the mail server, each at most once, whatever happens to it or to us (docs/decisions/0007)."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

log = logging.getLogger(__name__)

SECONDS_FOR_SENDING = 60
"""What is left after this is sent a minute later: Celery must not end the task in the middle of an email."""

Handed = TypeVar("Handed")


class NotTaken(Exception):
    """The mail server took the connection but not the email."""


@dataclass(frozen=True, kw_only=True)
class Post(Generic[Handed]):
    """The verbs of one kind of email, whose rows are its jobs."""

    noun: str
    waiting: Callable[[datetime], Iterable[int]]
    """The keys of what there is to send now, that first which has waited longest."""
    claim: Callable[[int, datetime], str | None]
    """Takes what a key stands for; None where another scheduler was quicker."""
    hand_over: Callable[[str], Handed | None]
    """What of a claim is to be sent at once, never to be claimed again; nothing where it is not needed any more."""
    email: Callable[[Handed, BaseEmailBackend], EmailMessage]
    keep_as_sent: Callable[[str], None]
    put_back: Callable[[str], None]
    end_unclear: Callable[[datetime], int]


def send_waiting(post: Post) -> int:
    """Send what waits, each email once; gives how many were sent."""
    now = timezone.now()
    if lost := post.end_unclear(now):
        log.warning("%s %ss were being sent when a scheduler disappeared; they are not sent again", lost, post.noun)
    until = time.monotonic() + SECONDS_FOR_SENDING
    sent = 0
    for key in post.waiting(now):
        if time.monotonic() > until:
            break
        claim = post.claim(key, now)
        if claim and _send(post, claim):
            post.keep_as_sent(claim)
            sent += 1
    return sent


def _send(post: Post, claim: str) -> bool:
    """Send the email of a claim; False where there is none to send any more, or it has to wait for another try."""
    connection = get_connection()
    try:
        connection.open()  # may take long, and fail: before anything is handed over
        handed = post.hand_over(claim)
        if not handed:
            return False
        if not post.email(handed, connection).send():
            raise NotTaken
    except Exception:
        # Whatever a mail server or its library raises, the rows wait for the next try.
        log.exception("A %s could not be sent; it is tried again later", post.noun)
        post.put_back(claim)
        return False
    finally:
        with suppress(Exception):
            connection.close()
    return True
