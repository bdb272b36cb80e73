from datetime import date

from django.db import models
from django.db.models import Q

from partnership.models import Agency, User
from priorities.choices import PriorityKind


class BusinessPlanQuerySet(models.QuerySet):
    def current(self, today: date):
        """The plan in force on this day; between two plans the one that ended last, before the first the next."""
        return self.filter(starts_on__lte=today).first() or self.last()


class BusinessPlan(models.Model):
    """What the partnership promised for some years. Its priorities are reported on until it ends."""

    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = BusinessPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="plan_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.title


class PartOfPlanQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(ended_at=None)

    def ended(self):
        return self.exclude(ended_at=None)


class PartOfPlan(models.Model):
    """What the board can end and take up again, and never delete: reports and updates may speak of it."""

    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    objects = PartOfPlanQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="%(class)s_ended_at_and_by_together",
            )
        ]

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None


class Priority(PartOfPlan):
    """One thing that a business plan puts first; partners report on it each quarter.

    One of kind cross-cutting is a theme, which agreed actions under other priorities serve too.
    """

    plan = models.ForeignKey(BusinessPlan, models.PROTECT, related_name="priorities")
    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=PriorityKind)
    aim = models.TextField(blank=True)
    sponsor = models.ForeignKey(Agency, models.PROTECT, related_name="sponsored_priorities")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(PartOfPlan.Meta):
        ordering = ["order", "title"]
        verbose_name_plural = "priorities"

    def __str__(self):
        return self.title


class Objective(PartOfPlan):
    """What a priority sets out to achieve, with success measures that tell whether it was."""

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="objectives")
    title = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(PartOfPlan.Meta):
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class SuccessMeasure(PartOfPlan):
    """What success looks like for an objective, in words, and the measure that shows it, if something is counted.

    It holds no number: values and targets are the measure's.
    """

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="success_measures")
    looks_like = models.CharField("what success looks like", max_length=500)
    measure = models.ForeignKey("priorities.Measure", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(PartOfPlan.Meta):
        ordering = ["pk"]

    def __str__(self):
        return self.looks_like
