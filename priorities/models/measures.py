from decimal import Decimal

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from partnership.models import Agency, Area, ReportingPeriod, User
from priorities.choices import (
    ComparatorKind,
    DisclosureRule,
    MeasureKind,
    Polarity,
    Qualifier,
    Unit,
    ValueCode,
    ValueStatus,
)
from priorities.models.plan import Priority

NUMBER_OR_CODE = Q(number__isnull=False, code="") | Q(number__isnull=True, code__in=ValueCode.values)


class Measure(models.Model):
    """Something the partnership counts. Defined once; its values are returned by an agency or computed from records."""

    code = models.CharField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9_]*$", "Use capital letters, digits and underscores.")],
    )
    name = models.CharField(max_length=200)
    definition = models.TextField()
    unit = models.CharField(max_length=20, choices=Unit)
    polarity = models.CharField(max_length=10, choices=Polarity)
    kind = models.CharField(max_length=20, choices=MeasureKind)
    area = models.ForeignKey(Area, models.PROTECT)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="measures")
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="measures")
    decimals = models.PositiveSmallIntegerField(default=0)
    rounding = models.PositiveIntegerField(default=1, help_text="Shown to the nearest 1, 10, 100 …")
    denominator = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="numerators")
    numerator_words = models.CharField(
        max_length=120, blank=True, help_text="What the first count of a share counts: children seen within 5 days."
    )
    denominator_words = models.CharField(
        max_length=120, blank=True, help_text="What it is a share of: children who were referred."
    )
    rate_per = models.PositiveIntegerField(null=True, blank=True, help_text="A rate is per so many: 10,000 …")
    calculation = models.CharField(
        max_length=60,
        blank=True,
        help_text="The function over records that gives the values; empty: they are returned.",
    )
    calculation_of = models.CharField(max_length=60, blank=True, help_text="What the calculation is about.")
    disclosure = models.CharField(max_length=20, choices=DisclosureRule, default=DisclosureRule.SUPPRESS_SMALL)
    disclosure_reason = models.TextField(blank=True)
    disclosure_proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    disclosure_agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(denominator=F("pk")), name="measure_not_a_share_of_itself"),
            models.CheckConstraint(condition=Q(rounding__gte=1), name="measure_rounding_positive"),
            models.CheckConstraint(
                condition=Q(rate_per__isnull=True) | Q(rate_per__gte=1, unit=Unit.RATE),
                name="measure_rate_per_of_a_rate",
            ),
            # domain.md 5: showing a small number by agreement needs a reason and a second person.
            models.CheckConstraint(
                condition=~Q(disclosure=DisclosureRule.AGREED_EXCEPTION)
                | (
                    ~Q(disclosure_reason="")
                    & Q(disclosure_proposed_by__isnull=False, disclosure_agreed_by__isnull=False)
                    & ~Q(disclosure_proposed_by=F("disclosure_agreed_by"))
                ),
                name="measure_exception_has_reason_and_two_people",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def scale(self) -> int | None:
        """What one of its values is per: 100 for a percentage; None where it is not made of two counts."""
        return {Unit.PERCENT.value: 100, Unit.FRACTION.value: 1, Unit.RATE.value: self.rate_per}.get(self.unit)

    @property
    def is_exception_proposed(self) -> bool:
        """Whether somebody asks for its small numbers to be shown, and nobody has agreed yet."""
        return self.disclosure == DisclosureRule.SUPPRESS_SMALL and self.disclosure_proposed_by_id is not None


class MeasureValueQuerySet(models.QuerySet):
    def in_force(self):
        """The values that reports are made from."""
        return self.filter(status=ValueStatus.AGREED)

    def settled(self):
        """Accepted at some time: in force today, or history."""
        return self.filter(status__in=[ValueStatus.AGREED, ValueStatus.SUPERSEDED])

    def superseded(self):
        return self.filter(status=ValueStatus.SUPERSEDED)

    def unexplained(self):
        """Those that look like a slip and do not yet say why they are right."""
        return self.exclude(concern="").filter(concern_reason="")


class MeasureValue(models.Model):
    """A measure's number (or the code that stands for it) in one period.

    It is born in a partner's draft update or entered by the board team, becomes provisional when the update is
    submitted and agreed when it is accepted; a later agreed value supersedes it, and it stays as history.
    A share can be told by its two counts, from which the number is worked out. What looked like a slip keeps the
    question that was asked (`concern`) with its answer. `change_reason` says why it took the place of the one before.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="values")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    code = models.CharField(max_length=4, choices=ValueCode, blank=True)
    numerator = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    status = models.CharField(max_length=12, choices=ValueStatus)
    update = models.ForeignKey(
        "priorities.QuarterlyUpdate", models.PROTECT, null=True, blank=True, related_name="values"
    )
    source = models.CharField(max_length=300)
    as_at = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    entered_at = models.DateTimeField(auto_now=True)
    concern = models.TextField(blank=True)
    concern_reason = models.TextField(blank=True)
    change_reason = models.TextField(blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MeasureValueQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "period__starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=NUMBER_OR_CODE, name="value_is_a_number_or_a_code"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(number__isnull=False, numerator__gte=0, denominator__gt=0),
                name="value_counts_together_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(concern="") | Q(concern_reason=""), name="value_reason_answers_a_concern"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="value_agreed_at_and_by_together",
            ),
            models.UniqueConstraint(
                fields=["measure", "period", "area"],
                condition=Q(status=ValueStatus.AGREED),
                name="value_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["update", "measure", "period"],
                condition=Q(update__isnull=False),
                name="value_once_in_an_update",
            ),
        ]

    def __str__(self):
        return f"{self.measure}, {self.period}"

    @property
    def counts(self) -> tuple[Decimal, Decimal] | None:
        """How many, and out of how many, where the number was worked out from them."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator, self.denominator


class Comparator(models.Model):
    """What a value is held against: England, the region, neighbours. A target is a record of its own."""

    value = models.ForeignKey(MeasureValue, models.CASCADE, related_name="comparators")
    kind = models.CharField(max_length=12, choices=ComparatorKind)
    label = models.CharField(max_length=120, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    code = models.CharField(max_length=4, choices=ValueCode, blank=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=NUMBER_OR_CODE, name="comparator_is_a_number_or_a_code"),
            models.CheckConstraint(condition=~Q(kind=ComparatorKind.TARGET), name="comparator_is_no_target"),
        ]

    def __str__(self):
        return self.label or self.get_kind_display()
