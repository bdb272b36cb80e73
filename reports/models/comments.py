from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from partnership.choices import Permission
from partnership.models import User
from reports.models.blocks import Block
from reports.models.reports import Section


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        found = self.filter(section__removed_at__isnull=True)
        return found if user.may(Permission.REPORT_READ) else self.none()

    def settled_by(self, user):
        """Those that this person may resolve and assign: of sections they write, their own, and those they settle."""
        sections = Section.objects.editable_by(user)
        own = Q(section__in=sections) | Q(by=user) | Q(assigned_to=user)
        return self.visible_to(user).filter(own) if user.may(Permission.COMMENT_WRITE) else self.none()

    def open(self):
        return self.filter(resolved_at__isnull=True)

    def waiting_for(self, user):
        """Open ones that this person is asked to settle, or that name them and they have not answered since."""
        own = Reply.objects.filter(comment=OuterRef("pk"), by=user)
        later = Reply.objects.filter(comment=OuterRef("comment"), by=user, pk__gt=OuterRef("pk"))
        named = Reply.objects.filter(~Exists(later), comment=OuterRef("pk"), mentions=user)
        named_here = self.model.mentions.through.objects.filter(comment=OuterRef("pk"), user=user)
        asked = Q(assigned_to=user) | Q(Exists(named)) | (Q(Exists(named_here)) & ~Q(Exists(own)))
        found = self.open().visible_to(user).filter(asked).select_related("section__report__period", "by")
        return found.order_by(F("due_on").asc(nulls_last=True), "at", "pk")

    def with_talk(self):
        """With all that a page shows of them."""
        people = ("by", "assigned_to", "resolved_by")
        return self.select_related("section", "block", *people).prefetch_related(
            "mentions", "replies__by", "replies__mentions"
        )


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

    @property
    def has_lost_its_passage(self) -> bool:
        """Whether the words it is about stand nowhere in the section any more."""
        return bool(self.passage) and (self.begins is None or self.block.removed_at is not None)


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
