from django.db import models
from django.db.models import Q

from partnership.models import ReportingPeriod
from priorities.choices import HowKnown
from priorities.models import Measure, QuarterlyUpdate
from reports.choices import Kind
from reports.models.reports import Section


class Block(models.Model):
    """A part of a section: prose, a list, a table, a chart. What a kind uses of it says its file in `blocks/`.

    `version` counts the saves of this block, so that two people at two blocks of a section never meet.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=20, choices=Kind)
    order = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=0)
    heading = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.heading or self.get_kind_display()} in {self.section}"


class ListItem(models.Model):
    """One point of a standing list; where it was brought in from a partner's update, it says which.

    A point on the difference made can say how it is known: by which audit, feedback or evaluation, or by a measure.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    text = models.TextField()
    update = models.ForeignKey(QuarterlyUpdate, models.PROTECT, null=True, blank=True, related_name="used_in")
    how_known = models.CharField(max_length=12, choices=HowKnown, blank=True)
    known_from = models.CharField(max_length=200, blank=True)
    known_measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="shows_impact_in")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how_known="", known_from="", known_measure__isnull=True)
                | Q(how_known=HowKnown.MEASURE, known_from="", known_measure__isnull=False)
                | (
                    Q(how_known__in=[HowKnown.AUDIT, HowKnown.FEEDBACK, HowKnown.EVALUATION])
                    & ~Q(known_from="")
                    & Q(known_measure__isnull=True)
                ),
                name="point_known_says_by_what",
            ),
        ]

    def __str__(self):
        return f"Point {self.order + 1} of {self.block}"


class Quotation(models.Model):
    """Somebody's words, with who said them as far as it may be told."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="quotations")
    order = models.PositiveIntegerField()
    text = models.TextField()
    attribution = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return f"Quote {self.order + 1} of {self.block}"


class MeasureOnBlock(models.Model):
    """A measure in a period, as a row of a table or a bar of a chart."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="measures")
    order = models.PositiveIntegerField()
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="on_blocks")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.measure}, {self.period}"
