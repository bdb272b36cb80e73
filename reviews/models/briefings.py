from django.db import models
from django.db.models import Q

from partnership.choices import Permission
from partnership.models import User
from reviews.models.practice_reviews import PracticeReview


class BriefingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A briefing is read by those who may read its review, wherever that stands."""
        found = self.filter(review__in=PracticeReview.objects.readable_by(user))
        return found if user.may(Permission.REVIEW_MANAGE) else found.exclude(cleared_at=None)


class Briefing(models.Model):
    """A 7-minute briefing: one page from a review that a team reads together, in words that are fit to publish.

    The board writes it. It can be taken out of the portal once somebody has cleared it; `cleared_hash` is of all that
    the page said then, so that any change of it waits for another look.
    """

    review = models.OneToOneField(PracticeReview, models.PROTECT, related_name="briefing")
    title = models.CharField(max_length=90)
    what_happened = models.TextField()
    learned = models.TextField("what was learned", help_text="One point a line.")
    questions = models.TextField("questions for your team", help_text="One question a line.")
    version = models.PositiveIntegerField(default=1)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cleared_hash = models.CharField(max_length=64, blank=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        ordering = ["review__reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, cleared_by__isnull=True, cleared_hash="")
                | (Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(cleared_hash="")),
                name="briefing_cleared_at_by_and_of_what_together",
            )
        ]

    def __str__(self):
        return f"Briefing on {self.review.reference}"
