from django.db import models

from partnership.choices import PeriodKind
from partnership.models.people import User


class ReportingPeriod(models.Model):
    """Dates that a figure, an update or a report is about: a financial year, a quarter, or any others.

    It is closed when its report is signed: from then on, what the report counted cannot change (decision 0010).
    """

    code = models.SlugField(unique=True, help_text="A financial year is written 2022-23.")
    label = models.CharField(max_length=100, help_text="As people say it, such as 2022/23.")
    kind = models.CharField(max_length=20, choices=PeriodKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["starts_on", "ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="period_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="period_closed_at_and_by_together",
            ),
        ]

    def __str__(self):
        return self.label
