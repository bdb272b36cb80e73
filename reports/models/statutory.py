from django.db import models
from django.db.models import Q

from partnership.models import User
from partnership.years import label_of, year_of
from reports.choices import Duty
from reports.models.reports import Section


class Guidance(models.Model):
    """An edition of the statutory guidance, such as Working Together 2018, with what it asks of a yearly report.

    A report answers the edition in force for its year. One that nobody has confirmed says so wherever it is shown.
    """

    title = models.CharField(max_length=100, unique=True)
    starts_on = models.DateField(unique=True, help_text="The first day of the first year whose report answers it.")
    is_confirmed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on"]
        verbose_name_plural = "guidance"

    def __str__(self):
        return self.title

    @property
    def first_year(self) -> str:
        """The first year whose report answers it, as people write it."""
        return label_of(year_of(self.starts_on))


class StatutoryItemQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None)


class StatutoryItem(models.Model):
    """One thing that an edition of the guidance says a yearly report must or should contain.

    Once a report has answered it, it is withdrawn instead of removed, so that the answer keeps its question.
    """

    guidance = models.ForeignKey(Guidance, models.PROTECT, related_name="items")
    order = models.PositiveIntegerField()
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=150)
    text = models.TextField()
    duty = models.CharField(max_length=6, choices=Duty)
    source = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = StatutoryItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["guidance", "code"], name="statutory_item_code_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="statutory_item_withdrawn_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class ItemAnswerQuerySet(models.QuerySet):
    def standing(self):
        """Those of sections that stand in their reports."""
        return self.filter(section__removed_at=None)

    def with_names(self):
        return self.select_related("item__guidance", "section__report__period", "section__parent")


class ItemAnswer(models.Model):
    """That a section answers a statutory item, and what in it is the evidence."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="item_answers")
    item = models.ForeignKey(StatutoryItem, models.PROTECT, related_name="answers")
    evidence = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ItemAnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "item"], name="item_answered_once_by_a_section")]

    def __str__(self):
        return f"{self.item.code} in {self.section}"
