from django.db import models
from django.db.models import Q

from partnership.choices import ContributionKind, CostHeading
from partnership.models.organisations import Agency
from partnership.models.periods import ReportingPeriod
from partnership.money import in_pounds


class Contribution(models.Model):
    """What an agency gives towards the arrangements in a financial year: money, or something in kind such as time.

    Working Together 2023 asks the yearly report for it. It can be corrected until the report of the year is signed.
    """

    ONCE = ("period", "agency", "kind", "words")

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ContributionKind)
    amount = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, help_text="In pounds; in kind, what it is worth."
    )
    words = models.CharField("what is given", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["agency__name", "kind", "words"]
        constraints = [
            models.UniqueConstraint(fields=["period", "agency", "kind", "words"], name="contribution_once_a_year"),
            models.CheckConstraint(
                condition=Q(kind=ContributionKind.CASH, amount__isnull=False)
                | (Q(kind=ContributionKind.IN_KIND) & ~Q(words="")),
                name="contribution_is_money_or_words",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="contribution_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.agency}, {self.get_kind_display().lower()}, {self.period}"

    @property
    def pounds(self) -> str:
        return "" if self.amount is None else in_pounds(self.amount)

    @property
    def told(self) -> str:
        """What is given, in words: "£45,000, from the core budget", "The data analyst's time, worth £12,000"."""
        if self.kind == ContributionKind.CASH:
            return ", ".join(filter(None, [self.pounds, self.words]))
        return f"{self.words}, worth {self.pounds}" if self.pounds else self.words


class Cost(models.Model):
    """What the arrangements cost in a financial year under one heading.

    It can be corrected until the report of the year is signed.
    """

    ONCE = ("period", "heading", "words")

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    heading = models.CharField(max_length=10, choices=CostHeading)
    words = models.CharField("what for", max_length=200, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2, help_text="In pounds.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["period", "heading", "words"], name="cost_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cost_not_negative"),
        ]

    def __str__(self):
        return f"{self.get_heading_display()}, {self.period}"

    @property
    def pounds(self) -> str:
        return in_pounds(self.amount)

    @property
    def told(self) -> str:
        return ", ".join(filter(None, [self.pounds, self.words]))
