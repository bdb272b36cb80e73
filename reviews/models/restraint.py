from django.db import models
from django.db.models import F, Q

from partnership.models import Agency, ReportingPeriod
from priorities.models import Measure
from reviews.models.withdrawals import Withdrawable


class RestraintScrutiny(Withdrawable):
    """What a group of members saw when it viewed incidents of restraint at an establishment in a period.

    The group's numbers stand here; those that the establishment counts itself, such as how many of its staff are
    trained, are values of measures, and this only names the measures.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    establishment = models.ForeignKey(Agency, models.PROTECT, related_name="restraint_scrutinies")
    covers = models.CharField("dates it covers, if not the period's", max_length=200, blank=True)
    incidents = models.PositiveIntegerField("incidents viewed")
    unacceptable = models.PositiveIntegerField(
        "of those, not within the expected standard", null=True, blank=True, help_text="0 if all were acceptable."
    )
    findings = models.TextField(blank=True)
    training_measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    paperwork_measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Withdrawable.Meta):
        ordering = ["-period__starts_on", "establishment__name"]
        verbose_name_plural = "restraint scrutinies"
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["period", "establishment"],
                condition=Q(withdrawn_at__isnull=True),
                name="restraint_scrutiny_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(unacceptable__isnull=True) | Q(unacceptable__lte=F("incidents")),
                name="unacceptable_restraints_are_among_those_viewed",
            ),
        ]

    def __str__(self):
        return f"Review of restraint, {self.establishment.short_name}, {self.period}"

    @property
    def acceptable(self) -> int | None:
        return None if self.unacceptable is None else self.incidents - self.unacceptable


class RestraintType(models.Model):
    """One type of restraint that was looked at, with how many incidents of it where that is known."""

    scrutiny = models.ForeignKey(RestraintScrutiny, models.CASCADE, related_name="types")
    name = models.CharField(max_length=100)
    incidents = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["scrutiny", "name"], name="restraint_type_once")]

    def __str__(self):
        return self.name


class RestraintQuestion(models.Model):
    """Something that what was seen made the group ask the establishment, and what it answered."""

    scrutiny = models.ForeignKey(RestraintScrutiny, models.CASCADE, related_name="questions")
    text = models.TextField()
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="restraint_answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="restraint_answered_after_it_was_asked",
            ),
        ]

    def __str__(self):
        return f"Question to {self.scrutiny.establishment.short_name}, {self.asked_on:%-d %B %Y}"
