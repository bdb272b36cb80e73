from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnership.models import ReportingPeriod, User
from priorities.choices import ComparatorKind, Qualifier, Rag, Tolerance
from priorities.models.measures import Comparator, Measure


class Target(models.Model):
    """What a measure is meant to reach in a period.

    The board sets it, before or after there is a value, and may change or remove it; the record of changes keeps what
    it was. It holds whatever value comes into force.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="targets")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    number = models.DecimalField(max_digits=18, decimal_places=6)
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    tolerance = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    tolerance_kind = models.CharField(max_length=10, choices=Tolerance, default=Tolerance.UNIT)
    label = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["measure", "period__starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "period"], name="target_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="target_not_below_zero"),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0), name="target_tolerance_not_below_zero"
            ),
        ]

    def __str__(self):
        return f"Target for {self.measure}, {self.period}"

    @property
    def margin(self) -> Decimal:
        """How far a value may miss the target and still be at risk only, in the measure's unit."""
        tolerance = self.tolerance or Decimal(0)
        return self.number * tolerance / 100 if self.tolerance_kind == Tolerance.PERCENT else tolerance

    @property
    def as_comparator(self) -> Comparator:
        """The target as one of the numbers that a value is held against, as the report prints them. Not stored."""
        return Comparator(kind=ComparatorKind.TARGET, label=self.label, number=self.number, qualifier=self.qualifier)


class MeasureRating(models.Model):
    """The board's own judgement of a measure in a period, beside what the target says. It stands until removed."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="ratings")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    rag = models.CharField(max_length=10, choices=Rag)
    reason = models.TextField()
    rated_at = models.DateTimeField(default=timezone.now)
    rated_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["measure", "period__starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "period"], name="measure_rating_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="measure_rating_says_why"),
            models.CheckConstraint(condition=Q(rag__in=Rag.values), name="measure_rating_known"),
        ]

    def __str__(self):
        return f"{self.measure}, {self.period}: {self.get_rag_display()}"
