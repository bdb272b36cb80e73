from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format

from partnership.models import Agency
from reviews.choices import RecommendationStatus
from reviews.models.themes import Theme
from reviews.models.withdrawals import Withdrawable, WithdrawableQuerySet


class InspectionQuerySet(WithdrawableQuerySet):
    def with_tally(self):
        """With the recommendations each made, and how many of them were signed off, counted from their records."""
        made = ~Q(recommendations__status=RecommendationStatus.WITHDRAWN) & Q(recommendations__isnull=False)
        signed_off = Q(recommendations__signed_off_on__isnull=False)
        return self.annotate(
            made=models.Count("recommendations", filter=made),
            signed_off=models.Count("recommendations", filter=made & signed_off),
        )


class Inspection(Withdrawable):
    """What an inspectorate looked at and found. A re-inspection follows on from an earlier one, with one date.

    Where sources give different dates the record holds one of them, and `about_dates` says which and why.
    """

    body = models.CharField("inspectorate", max_length=200)
    subject = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="inspections")
    started_on = models.DateField("began on")
    is_month_only = models.BooleanField("only the month is known", default=False)
    ended_on = models.DateField(null=True, blank=True)
    published_on = models.DateField("report published on", null=True, blank=True)
    about_dates = models.TextField("about the dates", blank=True)
    judgement = models.CharField(max_length=100, blank=True, help_text="In the words of the inspectorate's scale.")
    outcome = models.TextField("what was found", blank=True)
    link = models.URLField("where the report is", max_length=500, blank=True)
    follows_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    themes = models.ManyToManyField(Theme, related_name="inspections", blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta(Withdrawable.Meta):
        ordering = ["started_on", "pk"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["subject", "started_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="inspection_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="inspection_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("started_on")),
                name="inspection_published_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="inspection_link_is_https"
            ),
            models.CheckConstraint(condition=~Q(follows_on=F("pk")), name="inspection_follows_another"),
        ]

    def __str__(self):
        return f"{self.subject} ({self.body})"

    @property
    def began(self) -> str:
        """When it began, as far as that is known: 3 May 2022, or May 2022."""
        return date_format(self.started_on, "F Y" if self.is_month_only else "j F Y")
