from django.db import models
from django.db.models import F, Q

from partnership.models import Area, ReportingPeriod
from reviews.models.themes import Theme
from reviews.models.withdrawals import Withdrawable


class ChildDeathSummary(Withdrawable):
    """A year's child death notifications and reviews in an area, as counts: no case is recorded here.

    The Child Death Overview Panel gives them once a year. They may be corrected, with a reason, until the report of
    the year is signed. Shares are worked out, never typed.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    notified = models.PositiveIntegerField()
    unexpected = models.PositiveIntegerField(null=True, blank=True)
    reviewed = models.PositiveIntegerField(null=True, blank=True)
    modifiable = models.PositiveIntegerField("reviewed, with modifiable factors", null=True, blank=True)
    themes = models.ManyToManyField(Theme, related_name="child_death_summaries", blank=True)
    priorities = models.TextField("what the panel put first", blank=True, help_text="One on each line.")

    class Meta(Withdrawable.Meta):
        ordering = ["-period__starts_on", "area__name"]
        verbose_name_plural = "child death summaries"
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["period", "area"], condition=Q(withdrawn_at__isnull=True), name="child_deaths_once_a_period"
            ),
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

    @property
    def priority_lines(self) -> list[str]:
        return [line.strip() for line in self.priorities.splitlines() if line.strip()]
