"""What the pages of a section show of the talk beside it."""

from dataclasses import dataclass

from reports.comment_forms import CommentForm
from reports.content import content_of, text_of
from reports.models import Comment
from reports.queries import with_contents


@dataclass(frozen=True)
class Thread:
    """A comment with what is said below it."""

    comment: Comment
    can_settle: bool
    words: str = ""
    """How its passage reads now, with figures by their codes."""


def comments_context(request, section, form=None):
    """The threads in the order of the text, those on the section as a whole first, and the form for a new one."""
    threads = sorted(_threads(request.user, section), key=_place)
    return {
        "open_threads": [thread for thread in threads if thread.comment.resolved_at is None],
        "resolved_threads": [thread for thread in threads if thread.comment.resolved_at],
        "comment_form": form or CommentForm(section=section, by=request.user),
    }


def _threads(user, section):
    comments = list(section.comments.with_talk())
    settled = set(section.comments.settled_by(user).values_list("pk", flat=True))
    placed = {comment.block_id for comment in comments if comment.begins is not None}
    blocks = with_contents(section.blocks.filter(pk__in=placed)) if placed else ()
    texts = {block.pk: text_of(content_of(block)) for block in blocks}
    return [
        Thread(each, each.pk in settled, texts.get(each.block_id, "")[each.begins or 0 : each.ends or 0])
        for each in comments
    ]


def _place(thread):
    comment = thread.comment
    return (comment.block.order, comment.begins or 0, comment.at) if comment.block else (-1, 0, comment.at)
