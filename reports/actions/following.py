"""Comments follow the passage they are about through every edit of its block."""

from reports.models import Block, Comment
from reports.passages import find, follow


def follow_passages(block: Block, *, old: str, new: str) -> None:
    """Let the comments on a block stand where their passages stand in its new text; in the caller's transaction.

    A passage that has gone is looked for at each later edit: it may come back, as when an earlier version is restored.
    """
    if old == new:
        return
    moved = [comment for comment in block.comments.exclude(passage="") if _follows(comment, old, new)]
    Comment.objects.bulk_update(moved, ["begins", "ends"])


def _follows(comment: Comment, old: str, new: str) -> bool:
    """Whether the comment stands elsewhere now."""
    begins, ends = comment.begins, comment.ends
    place = find(new, comment.passage) if begins is None or ends is None else follow(old, new, begins, ends)
    comment.begins, comment.ends = place or (None, None)
    return (begins, ends) != (comment.begins, comment.ends)
