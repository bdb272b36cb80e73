from django.db import models
from django.db.models import Q

from partnership.choices import Permission
from partnership.models import Agency, ReportingPeriod
from priorities.models import Measure, Priority
from reviews.choices import FeedbackMethod, FeedbackSource
from reviews.models.withdrawals import Withdrawable, WithdrawableQuerySet


class FeedbackQuerySet(WithdrawableQuerySet):
    def quotable(self):
        """What may leave the portal: consent was given, and somebody checked that no one can be told from it."""
        return self.in_force().filter(consent_at__isnull=False, anonymity_at__isnull=False)

    def visible_to(self, user):
        """The board and the chair read all; everybody else what was checked and may be quoted."""
        if user.may(Permission.REVIEW_READ_ALL):
            return self
        return self.quotable() if user.may(Permission.REPORT_READ) else self.none()


class Feedback(Withdrawable):
    """What children, families or practitioners said, how many took part, and what changed because of it.

    Before any of it is quoted somebody confirms consent and somebody checks anonymity; new words need both again.
    """

    source = models.CharField("whose voice", max_length=20, choices=FeedbackSource)
    method = models.CharField("how it was heard", max_length=20, choices=FeedbackMethod)
    title = models.CharField("what it was about", max_length=200)
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="feedback")
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="feedback")
    took_part = models.PositiveIntegerField("number taking part", null=True, blank=True)
    counted_by = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="measure that counts them"
    )
    summary = models.TextField("what they said")
    changed = models.TextField("what changed because of it", blank=True)
    consent_by = models.CharField("consent confirmed by", max_length=150, blank=True, help_text="The post.")
    consent_at = models.DateTimeField(null=True, blank=True)
    anonymity_by = models.CharField("anonymity checked by", max_length=150, blank=True, help_text="The post.")
    anonymity_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta(Withdrawable.Meta):
        ordering = ["-period__starts_on", "title", "pk"]
        verbose_name_plural = "feedback"
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(took_part__isnull=True) | Q(counted_by__isnull=True),
                name="feedback_counts_those_who_took_part_once",
            ),
            models.CheckConstraint(
                condition=Q(consent_at__isnull=True, consent_by="") | (Q(consent_at__isnull=False) & ~Q(consent_by="")),
                name="feedback_consent_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(anonymity_at__isnull=True, anonymity_by="")
                | (Q(anonymity_at__isnull=False) & ~Q(anonymity_by="")),
                name="feedback_anonymity_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.get_source_display()}: {self.title}"

    @property
    def is_quotable(self) -> bool:
        return not self.withdrawn_at and self.consent_at is not None and self.anonymity_at is not None


class FeedbackQuote(models.Model):
    """Somebody's own words, said by nobody who can be told from them."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="quotes")
    words = models.TextField()
    said_by = models.CharField(max_length=100, blank=True, help_text="Such as: a parent. Never a name.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.words[:80]
