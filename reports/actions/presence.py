"""Who is in a section, and in which block they write: a help to people, which keeps nobody from saving."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from reports.models import Block, Presence, Section

GONE_AFTER = timedelta(seconds=30)
"""Whoever was not heard of for so long is no longer there: three heartbeats were missed."""


class SomebodyElsesWindow(Exception):
    """The window's mark is that of a window in which somebody else is there."""


@transaction.atomic
def be_present(
    *, section: Section, window: str, block: Block | None = None, is_taking_over: bool = False, by: User
) -> Presence:
    """Note that somebody has the section open in a window of their browser, and writes in a block of it.

    A block that somebody else who is there holds stays theirs, unless it is taken over. Gives the presence: it holds
    the block, or none. Raises `SomebodyElsesWindow`.
    """
    _free_window(window, by=by)
    seen = {"section": section, "user": by, "seen_at": timezone.now()}
    try:
        here, _ = Presence.objects.update_or_create(window=window, user=by, defaults=seen)
    except IntegrityError as error:
        raise SomebodyElsesWindow from error
    if block is not None:
        _let_go(here, block, is_taking_over=is_taking_over, by=by)
    _hold(here, block)
    return here


@transaction.atomic
def leave_section(*, section: Section, window: str, by: User) -> None:
    """Note that a window was closed."""
    Presence.objects.filter(section=section, window=window, user=by).delete()


def forget_who_left() -> None:
    """Delete the presences of windows that were closed without a word."""
    Presence.objects.filter(seen_at__lt=timezone.now() - GONE_AFTER).delete()


def _free_window(window: str, *, by: User) -> None:
    """On a shared computer the next person has the same window, once the one before is gone."""
    since = timezone.now() - GONE_AFTER
    Presence.objects.filter(window=window, seen_at__lt=since).exclude(user=by).delete()


def _let_go(here: Presence, block: Block, *, is_taking_over: bool, by: User) -> None:
    """Free the block from a window that is gone, or from which it is taken over."""
    holder = Presence.objects.filter(block=block).exclude(pk=here.pk).select_related("user").first()
    if holder is None:
        return
    is_there = holder.seen_at >= timezone.now() - GONE_AFTER
    if is_taking_over or not is_there:
        Presence.objects.filter(pk=holder.pk, block=block).update(block=None)
    if is_taking_over and is_there:
        audit.record("block.taken-over", target=block, by=by, detail=f"From {holder.user}")


def _hold(here: Presence, block: Block | None) -> None:
    """Of two windows that ask at the same moment the database takes one."""
    if here.block == block:
        return
    try:
        with transaction.atomic():
            Presence.objects.filter(pk=here.pk).update(block=block)
    except IntegrityError:
        block = None
        Presence.objects.filter(pk=here.pk).update(block=None)
    here.block = block
