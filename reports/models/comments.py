from django.db import models
from django.db.models import F, Q

from partnership.models import User
from reports.models.blocks import Block
from reports.models.reports import Section


class CommentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(resolved_at__isnull=True)


class Comment(models.Model):
    """A remark on a section, or on a passage of one of its blocks, with the talk below it; it ends by being resolved.

    `passage` is what the text read when the remark was made. `begins` and `ends` say where it stands now, in characters
    of the block's words; the passage was changed or taken out where they are null.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="comments")
    block = models.ForeignKey(Block, models.CASCADE, null=True, blank=True, related_name="comments")
    passage = models.TextField(blank=True)
    begins = models.PositiveIntegerField(null=True, blank=True)
    ends = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    mentions = models.ManyToManyField(User, blank=True, related_name="mentioned_in_comments")
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="comments_to_settle")
    due_on = models.DateField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True, ends__isnull=True)
                | Q(block__isnull=False, begins__isnull=False, ends__gt=F("begins")) & ~Q(passage=""),
                name="comment_passage_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(assigned_to__isnull=False), name="comment_due_is_somebodys"
            ),
        ]

    def __str__(self):
        return f"Comment on {self.section}"


class Reply(models.Model):
    """An answer in the talk below a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="replies")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    mentions = models.ManyToManyField(User, blank=True, related_name="mentioned_in_replies")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Answer to: {self.comment}"
