"""Talk about a section beside its text: remarks, answers, who is to settle one until when."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import WrongState
from reports import emails
from reports.content import content_of, text_of
from reports.models import Block, Comment, Reply, Section
from reports.passages import find
from reports.queries import with_contents


class NoSuchPassage(Exception):
    """The words that a remark is about stand nowhere in the section; the message is for the user."""


@transaction.atomic
def add_comment(
    *,
    section: Section,
    text: str,
    passage: str = "",
    before: str = "",
    block: Block | None = None,
    mentions: Iterable[User] = (),
    kept: Iterable[str] = (),
    by: User,
) -> Comment:
    """Remark on a section, or on a passage of it, given in the words of the page that shows it.

    The passage is looked for in `block`, or where none is given in each; `before` is what the page shows before it.
    Raises `NoSuchPassage`.
    """
    place = _place_of(section, block, passage, before) if passage else None
    comment = Comment(section=section, text=text, by=by)
    if place:
        comment.block, (comment.begins, comment.ends) = place
        comment.passage = passage.replace("[", "").replace("]", "")
    comment.save()
    named = list(mentions)
    comment.mentions.set(named)
    transaction.on_commit(lambda: emails.send_named(comment, named, by=by), robust=True)
    audit.record("comment.added", target=comment, by=by, detail="\n".join(kept))
    return comment


def _place_of(section: Section, block: Block | None, passage: str, before: str) -> tuple[Block, tuple[int, int]]:
    """Where the words stand, held until the transaction ends: a save of the block waits, and lets the remark follow."""
    Section.objects.select_for_update().get(pk=section.pk)
    blocks = with_contents(section.blocks.all())
    for each in blocks.filter(pk=block.pk) if block else blocks:
        if place := find(text_of(content_of(each)), passage, before=before):
            return each, place
    raise NoSuchPassage(
        "These words are not in the text of this section. Copy them from it again, or leave them out to comment on the "
        "section as a whole. Tables and charts made from records cannot be commented on in part."
    )


@transaction.atomic
def reply_to_comment(
    *, comment: Comment, text: str, mentions: Iterable[User] = (), kept: Iterable[str] = (), by: User
) -> Reply:
    """Answer in the talk below a comment. One that was resolved is open again: there is more to say."""
    comment = _locked(comment)
    reply = Reply.objects.create(comment=comment, text=text, by=by)
    named = list(mentions)
    reply.mentions.set(named)
    transaction.on_commit(lambda: emails.send_named(comment, named, by=by), robust=True)
    audit.record("comment.replied", target=comment, by=by, detail="\n".join(kept))
    if comment.resolved_at:
        _open(comment, by)
    return reply


@transaction.atomic
def resolve_comment(*, comment: Comment, by: User) -> Comment:
    """Say that nothing more is to be done about a comment."""
    comment = _locked(comment)
    if comment.resolved_at:
        raise WrongState(f"{comment.resolved_by} has resolved this comment already.")
    comment.resolved_at, comment.resolved_by = timezone.now(), by
    comment.save()
    audit.record("comment.resolved", target=comment, by=by)
    return comment


@transaction.atomic
def reopen_comment(*, comment: Comment, by: User) -> Comment:
    """Say that there is more to be done about a comment after all."""
    comment = _locked(comment)
    if comment.resolved_at is None:
        raise WrongState("This comment is open already.")
    return _open(comment, by)


@transaction.atomic
def assign_comment(*, comment: Comment, to: User | None, due_on: date | None = None, by: User) -> Comment:
    """Ask somebody to settle a comment, until a day if one is given; without anybody, take it from them.

    Who is asked anew gets an email.
    """
    comment = _locked(comment)
    if comment.resolved_at:
        raise WrongState(f"{comment.resolved_by} has resolved this comment. Open it again to assign it.")
    is_new = to != comment.assigned_to
    comment.assigned_to, comment.due_on = to, due_on if to else None
    comment.save()
    if is_new:
        transaction.on_commit(lambda: emails.send_assigned(comment, by=by), robust=True)
    until = f" until {due_on:%-d %B %Y}" if to and due_on else ""
    audit.record("comment.assigned", target=comment, by=by, detail=f"To {to}{until}" if to else "To nobody")
    return comment


def _open(comment: Comment, by: User) -> Comment:
    comment.resolved_at = comment.resolved_by = None
    comment.save()
    audit.record("comment.reopened", target=comment, by=by)
    return comment


def _locked(comment: Comment) -> Comment:
    return Comment.objects.select_for_update(of=("self",)).select_related("resolved_by", "section").get(pk=comment.pk)
