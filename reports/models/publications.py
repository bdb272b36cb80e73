from django.db import models
from django.db.models import Q

from partnership.choices import Permission
from partnership.models import User
from partnership.states import Moves
from reports.choices import (
    MENDED_LATER,
    PUBLICATION_TRANSITIONS,
    STAGES,
    Format,
    PublicationStatus,
    Stage,
    Variant,
)
from reports.findings import Finding
from reports.models.editions import Edition
from reports.models.reports import AnnualReport


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.may(Permission.REPORT_READ) else self.none()

    def claimable(self, now):
        """Waiting, or taken by a worker whose lease has run out."""
        return self.filter(
            Q(status=PublicationStatus.QUEUED) | Q(status=PublicationStatus.RENDERING, lease_until__lt=now)
        )


class Publication(Moves, models.Model):
    """A file made of the report: the row is the job (docs/decisions/0003).

    It holds the Document as it was when the file was asked for. A worker claims the row with a lease, renders, and
    keeps the file; a row whose lease runs out is claimed again, until `attempts` are used up.
    """

    TRANSITIONS = PUBLICATION_TRANSITIONS
    MAX_ATTEMPTS = 3

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="publications")
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="files", help_text="Of a published version only."
    )
    format = models.CharField(max_length=4, choices=Format, default=Format.PDF)
    variant = models.CharField(max_length=10, choices=Variant, default=Variant.REPORT)
    content_hash = models.CharField(max_length=64)
    document = models.TextField(help_text="The Document as JSON.")
    status = models.CharField(max_length=10, choices=PublicationStatus, default=PublicationStatus.QUEUED)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True, help_text="Which claim holds the row; a later one takes over.")
    lease_until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="publications/", blank=True)
    file_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file, to know it again by.")
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text="Of the file, in bytes.")
    pages = models.PositiveIntegerField(null=True, blank=True, help_text="Of a PDF.")
    failure = models.TextField(blank=True)
    warnings = models.JSONField(
        default=list, blank=True, help_text="What the gates found, as `Finding.to_json` writes it; shown on its page."
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "format", "content_hash"],
                condition=~Q(status=PublicationStatus.FAILED),
                name="publication_once_for_the_same_content",
            ),
            models.CheckConstraint(
                condition=~Q(status=PublicationStatus.READY) | ~Q(file=""), name="publication_ready_has_a_file"
            ),
            models.CheckConstraint(
                condition=~Q(status=PublicationStatus.FAILED) | ~Q(failure=""), name="publication_failed_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.report}, {self.kind_of_file}"

    @property
    def kind_of_file(self) -> str:
        """What it is in a list of files, such as "PDF" or "PDF of the short version"."""
        made = self.get_format_display()
        return made if self.variant == Variant.REPORT else f"{made} of the {self.get_variant_display().lower()}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.status in (PublicationStatus.READY, PublicationStatus.FAILED)

    @property
    def is_of_draft(self) -> bool:
        """Whether it is of a report still being written, so that faults of its text do not hold the file back."""
        return self.edition_id is None and self.report.status in MENDED_LATER

    @property
    def findings(self) -> list[Finding]:
        """What the gates found wrong with the file, and what its Document could not resolve."""
        return [Finding.from_json(warning) for warning in self.warnings]

    @property
    def has_faults(self) -> bool:
        """Whether the file is not PDF/UA."""
        return not all(finding.is_conforming for finding in self.findings)

    @property
    def is_conforming(self) -> bool:
        """Whether the file went through both gates, which only PDFs do.

        Files from before there were gates have no size in their row.
        """
        return self.format == Format.PDF and self.size is not None and not self.has_faults

    @property
    def is_to_be_mended(self) -> bool:
        """Whether the file was held back for nothing but its text, so that it must be made anew from a mended one."""
        blocking = [finding for finding in self.findings if finding.is_blocking]
        return bool(blocking) and all(finding.is_content for finding in blocking)

    @property
    def steps(self) -> list[dict[str, str]]:
        """What the job goes through, each as done, now or next."""
        places = {stage: place for place, stage in enumerate(Stage)}
        here = places[Stage(self.stage)]
        return [
            {
                "label": stage.label,
                "state": "done" if places[stage] < here else "now" if places[stage] == here else "next",
            }
            for stage in STAGES[Format(self.format)]
        ]

    @property
    def file_name(self) -> str:
        """Its name when downloaded, such as annual-report-2022-23-short.pdf; of a later version with its number."""
        variant = "" if self.variant == Variant.REPORT else f"-{self.variant}"
        version = f"-version-{self.edition.number}" if self.edition and self.edition.number > 1 else ""
        return f"annual-report-{self.report.period.code}{variant}{version}.{self.format}"
