from django.db import models

from partnership.models import Agency
from priorities.choices import PriorityKind


class BusinessPlan(models.Model):
    """What the partnership promised for some years. Its priorities are reported on until it ends."""

    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="plan_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.title


class Priority(models.Model):
    """One thing that a business plan puts first; partners report on it each quarter."""

    plan = models.ForeignKey(BusinessPlan, models.PROTECT, related_name="priorities")
    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=PriorityKind)
    aim = models.TextField(blank=True)
    sponsor = models.ForeignKey(Agency, models.PROTECT, related_name="sponsored_priorities")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "title"]
        verbose_name_plural = "priorities"

    def __str__(self):
        return self.title
