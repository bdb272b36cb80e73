from django.db import models
from django.db.models import F, Q

from partnership.models import Agency, Area, ReportingPeriod
from reviews.choices import ReviewKind, ReviewStage


class Theme(models.Model):
    """Something that reviews find again and again, or for the first time."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class PracticeReview(models.Model):
    """A review of what agencies did in a case or theme, under a pseudonymous reference: never a child's details."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=ReviewKind)
    stage = models.CharField(max_length=24, choices=ReviewStage)
    started_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(
        null=True,
        blank=True,
        help_text="When a rapid review ended with its decision, or another review was commissioned.",
    )
    outcome = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    awaiting_reason = models.TextField("why publication waits", blank=True)
    published_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="led_to")
    themes = models.ManyToManyField(Theme, related_name="reviews", blank=True)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ReviewKind.RAPID_REVIEW)
                | Q(decided_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(decided_on__gte=F("started_on")),
                name="rapid_review_decided_after_it_started",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(published_on__gte=F("started_on")),
                name="review_published_after_it_started",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.reference}"


class Inspection(models.Model):
    """What an inspectorate looked at and found; a re-inspection follows on from an earlier one."""

    body = models.CharField(max_length=200)
    subject = models.CharField(max_length=200, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="inspections")
    started_on = models.DateField()
    outcome = models.TextField(blank=True)
    follows_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")

    class Meta:
        ordering = ["started_on"]

    def __str__(self):
        return f"{self.subject} ({self.body})"


class ChildDeathSummary(models.Model):
    """A year's child death notifications and reviews in an area, as counts: no case is recorded here."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    notified = models.PositiveIntegerField()
    unexpected = models.PositiveIntegerField(null=True, blank=True)
    reviewed = models.PositiveIntegerField(null=True, blank=True)
    modifiable = models.PositiveIntegerField("reviewed, with modifiable factors", null=True, blank=True)
    themes = models.ManyToManyField(Theme, related_name="child_death_summaries", blank=True)

    class Meta:
        ordering = ["period__starts_on"]
        verbose_name_plural = "child death summaries"
        constraints = [
            models.UniqueConstraint(fields=["period", "area"], name="child_deaths_once_a_period"),
            models.CheckConstraint(
                condition=Q(unexpected__isnull=True) | Q(unexpected__lte=F("notified")),
                name="unexpected_deaths_are_among_those_notified",
            ),
            models.CheckConstraint(
                condition=Q(modifiable__isnull=True) | Q(reviewed__isnull=False, modifiable__lte=F("reviewed")),
                name="modifiable_deaths_are_among_those_reviewed",
            ),
        ]

    def __str__(self):
        return f"Child deaths, {self.area}, {self.period}"
