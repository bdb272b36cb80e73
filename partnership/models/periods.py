from django.db import models

from partnership.choices import PeriodKind


class ReportingPeriod(models.Model):
    """Dates that a figure, an update or a report is about: a financial year, a quarter, or any others."""

    code = models.SlugField(unique=True, help_text="A financial year is written 2022-23.")
    label = models.CharField(max_length=100, help_text="As people say it, such as 2022/23.")
    kind = models.CharField(max_length=20, choices=PeriodKind)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on", "ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="period_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.label
