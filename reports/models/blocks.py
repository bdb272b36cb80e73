from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnership.models import ReportingPeriod, User
from priorities.choices import HowKnown
from priorities.models import Measure, QuarterlyUpdate
from reports.choices import Kind, Variant
from reports.models.reports import Section


class StandingBlocks(models.Manager):
    """The blocks that stand in their sections: what was taken out is found by `Block.with_removed` alone."""

    def get_queryset(self):
        return super().get_queryset().filter(removed_at__isnull=True)


class Block(models.Model):
    """A part of a section: prose, a list, a table, a chart. What a kind uses of it says its file in `blocks/`.

    `version` counts the saves of this block, so that two people at two blocks of a section never meet. A block that is
    taken out stays with all that was written, so that it can be put back. It stands in the report, and it can be marked
    to stand in the short version and the children's version too, or in one of these alone.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=20, choices=Kind)
    order = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=0)
    heading = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_in_report = models.BooleanField(default=True)
    is_in_short = models.BooleanField(default=False)
    is_in_childrens = models.BooleanField(default=False)
    is_carried = models.BooleanField(
        default=False, help_text="Carried over from the report before, and not checked by anybody yet."
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = StandingBlocks()
    with_removed = models.Manager()  # noqa: DJ012 (taken for a field)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="block_removed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(is_in_report=True) | Q(is_in_short=True) | Q(is_in_childrens=True),
                name="block_stands_somewhere",
            ),
        ]

    def __str__(self):
        return f"{self.heading or self.get_kind_display()} in {self.section}"

    @property
    def variants(self) -> tuple[Variant, ...]:
        """In which variants of the report it stands."""
        return tuple(variant for variant in Variant if self.stands_in(variant))

    @variants.setter
    def variants(self, variants: Iterable[str]) -> None:
        chosen = set(variants)
        self.is_in_report = Variant.REPORT in chosen
        self.is_in_short = Variant.SHORT in chosen
        self.is_in_childrens = Variant.CHILDRENS in chosen

    def stands_in(self, variant: str) -> bool:
        return {
            Variant.REPORT: self.is_in_report,
            Variant.SHORT: self.is_in_short,
            Variant.CHILDRENS: self.is_in_childrens,
        }[Variant(variant)]


class BlockRevision(models.Model):
    """What stood in a block after one save: kept, so that nothing that was ever acknowledged is lost.

    `sent` is what the person's page held where that was merged with what others had saved meanwhile; null where it is
    the content itself. `key` is the page's own mark of the save: a request that is sent again is answered, not done
    again. Never changed once written.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(help_text="The block's version after this save.")
    key = models.CharField(max_length=36, blank=True)
    content = models.JSONField()
    sent = models.JSONField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["block", "version"], name="revision_once_for_a_version"),
            models.UniqueConstraint(fields=["block", "key"], condition=~Q(key=""), name="revision_once_for_a_key"),
        ]

    def __str__(self):
        return f"{self.block}, save {self.version}"


class ListItem(models.Model):
    """One point of a standing list; where it was brought in from a partner's update, it says which.

    A point on the difference made can say how it is known: by which audit, feedback or evaluation, or by a measure.
    A point of "what we said, what we did" holds what last year's report said it would do, word for word.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    said = models.TextField(blank=True)
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
    """A measure in a period, as a row of a table, a bar of a chart or a key figure.

    A key figure says what of the measure it shows (`priorities.figurebook.SHOWS`), and in which words.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="measures")
    order = models.PositiveIntegerField()
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="on_blocks")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    show = models.CharField(max_length=14, default="value")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.measure}, {self.period}"
