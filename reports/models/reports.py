from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from partnership.choices import Permission
from partnership.models import Agency, Group, ReportingPeriod, User
from partnership.states import Moves
from priorities.models import Priority
from reports.choices import (
    REPORT_TRANSITIONS,
    SECTION_TRANSITIONS,
    ReportStatus,
    SectionStatus,
    VersionAct,
)


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.may(Permission.REPORT_READ) else self.none()


class AnnualReport(Moves, models.Model):
    """What the partnership says of one year. It is drafted section by section, then signed and published."""

    TRANSITIONS = REPORT_TRANSITIONS

    period = models.OneToOneField(ReportingPeriod, models.PROTECT, related_name="report")
    title = models.CharField(max_length=200, default="Annual report")
    status = models.CharField(max_length=12, choices=ReportStatus, default=ReportStatus.DRAFTING)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period__starts_on"]

    def __str__(self):
        return f"{self.title} {self.period.label}"


class SectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.may(Permission.REPORT_READ) else self.none()


class Section(Moves, models.Model):
    """A part of the report with a number as free as the partnership likes, or none; sub-sections have a parent."""

    TRANSITIONS = SECTION_TRANSITIONS

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="sections")
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="sections")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="sections")
    status = models.CharField(max_length=12, choices=SectionStatus, default=SectionStatus.NOT_STARTED)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "order"], name="section_order_once_below_a_parent"),
            models.UniqueConstraint(
                fields=["report", "order"], condition=Q(parent__isnull=True), name="chapter_order_once"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    @property
    def anchor(self) -> str:
        """The section's address within the report."""
        name = f"section-{self.number.replace('.', '-')}" if self.number else self.title
        return slugify(name) or f"section-{self.pk}"


class SectionVersion(models.Model):
    """How a section's blocks stood after a save, for history and for bringing back. Never changed once written."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=VersionAct)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    blocks = models.JSONField(help_text="The blocks' contents, only ever read whole.")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="version_number_once")]

    def __str__(self):
        return f"{self.section}, version {self.number}"


class Signature(models.Model):
    """A place for a safeguarding partner or the chair to sign the report: a typed name, a post and a date."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="signatures")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    post = models.CharField(max_length=150)
    name = models.CharField(max_length=150, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="signature_order_once"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, name="") | (Q(signed_on__isnull=False) & ~Q(name="")),
                name="signature_name_and_date_together",
            ),
        ]

    def __str__(self):
        return f"{self.post}, {self.agency}"
