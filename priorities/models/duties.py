from django.db import models
from django.db.models import Q

from partnership.models import Agency, ReportingPeriod, User
from priorities.models.measures import Measure
from priorities.models.plan import Priority


class ReportingDutyQuerySet(models.QuerySet):
    def in_force(self):
        """What rounds that open now ask for."""
        return self.filter(ended_at=None)

    def ended(self):
        return self.exclude(ended_at=None)

    def with_names(self):
        return self.select_related("agency", "priority", "ended_by").prefetch_related(
            models.Prefetch("duty_measures", DutyMeasure.objects.select_related("measure", "period"))
        )


class ReportingDuty(models.Model):
    """That an agency reports on a priority, with which measures.

    The board says it once; every round that opens asks for it until the board ends it. What was asked for already
    stays as it is.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="duties")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="duties")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReportingDutyQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "priority__order", "pk"]
        verbose_name_plural = "reporting duties"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "priority"], condition=Q(ended_at__isnull=True), name="duty_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="duty_ended_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.agency.short_name} on {self.priority.title.lower()}"


class DutyMeasure(models.Model):
    """A measure that a duty asks for, in the round's own period unless another is named."""

    duty = models.ForeignKey(ReportingDuty, models.CASCADE, related_name="duty_measures")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "measure", "period"], name="duty_measure_once"),
            models.UniqueConstraint(
                fields=["duty", "measure"], condition=Q(period__isnull=True), name="duty_measure_once_in_own_period"
            ),
        ]

    def __str__(self):
        return f"{self.measure}, {self.period or 'the period of the round'}"
