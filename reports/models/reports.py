from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify

from partnership.choices import Permission
from partnership.models import Agency, Group, ReportingPeriod, User
from partnership.states import Moves
from priorities.models import Priority
from reports.choices import (
    REPORT_TRANSITIONS,
    SECTION_TRANSITIONS,
    TO_BE_WRITTEN,
    Numbering,
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
    numbering = models.CharField(max_length=10, choices=Numbering, default=Numbering.FREE)
    guidance = models.ForeignKey(
        "Guidance", models.PROTECT, null=True, blank=True, related_name="reports", help_text="What it answers."
    )
    rolled_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="rolled_into", help_text="The report before it."
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period__starts_on"]

    def __str__(self):
        return f"{self.title} {self.period.label}"


class SectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.may(Permission.REPORT_READ) else self.none()

    def editable_by(self, user):
        """All for those who edit the report; for others the sections that they were asked to write."""
        if user.may(Permission.SECTION_EDIT):
            return self
        return self.filter(writer=user) if user.may(Permission.SECTION_EDIT_ASSIGNED) else self.none()

    def awaiting(self, writer):
        """What this person was asked to write and has not handed in, the most pressing first."""
        found = self.editable_by(writer).filter(writer=writer, status__in=TO_BE_WRITTEN)
        return found.select_related("report__period", "owner").order_by(F("due_on").asc(nulls_last=True), "order", "pk")

    def awaiting_board(self):
        """What was handed in and waits for a decision."""
        found = self.filter(status=SectionStatus.SUBMITTED)
        return found.select_related("report__period", "owner", "writer").order_by("due_on", "order", "pk")


class StandingSections(models.Manager.from_queryset(SectionQuerySet)):
    """The sections that stand in their reports: what was taken out is found by `Section.with_removed` alone."""

    def get_queryset(self):
        return super().get_queryset().filter(removed_at__isnull=True)


class Section(Moves, models.Model):
    """A part of the report with a number as free as the partnership likes, or none; sub-sections have a parent.

    It belongs to an agency and may have a person who writes it until a day. It is written, submitted, and approved or
    returned with a reason; an edit makes approval lapse. One that is taken out stays, so that it can be put back.
    """

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
    writer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="sections_to_write")
    due_on = models.DateField(null=True, blank=True)
    words_wished = models.PositiveIntegerField(null=True, blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_into")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = StandingSections()
    with_removed = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "order"],
                condition=Q(removed_at__isnull=True),
                name="section_order_once_below_a_parent",
            ),
            models.UniqueConstraint(
                fields=["report", "order"],
                condition=Q(parent__isnull=True, removed_at__isnull=True),
                name="chapter_order_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="section_removed_at_and_by_together",
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
    """How a section's blocks stood after a sitting or an act, for history, comparing and bringing back.

    A sitting is what one person writes without a long break: its version follows it to the last save, at `at`. That of
    an act (submitted, approved, returned, restored) never changes, and approval belongs to it: it also holds the
    figures as they were shown then.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=VersionAct)
    began_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    blocks = models.JSONField(help_text="The blocks' contents, only ever read whole.")
    figures = models.JSONField(default=list, help_text="Of an approval: each figure's code, period, show and text.")

    class Meta:
        ordering = ["-at", "-number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="version_number_once")]

    def __str__(self):
        return f"{self.section}, version {self.number}"
