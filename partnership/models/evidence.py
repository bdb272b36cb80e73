from uuid import uuid4

from django.db import models
from django.db.models import Q

from partnership.choices import EVIDENCE_TRANSITIONS, EvidenceStatus, FileKind
from partnership.filetypes import CONTENT_TYPES, download_name
from partnership.models.organisations import Agency
from partnership.models.people import User
from partnership.states import Moves


def random_path(evidence: "Evidence", name: str) -> str:
    """Where a file stands: nothing of its own name is part of it."""
    return f"evidence/{uuid4().hex}"


class EvidenceQuerySet(models.QuerySet):
    def claimable(self, now):
        """Waiting to be checked, and not in the hands of a worker whose lease still runs."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=now), status=EvidenceStatus.WAITING)

    def to_be_thrown_away(self):
        """Decided on, but not emptied yet."""
        return self.exclude(status=EvidenceStatus.WAITING).exclude(held="")


class EvidenceLinkQuerySet(models.QuerySet):
    """What links files, each as `evidence`, to the records that they belong to."""

    def shown(self):
        """Without what its agency has removed."""
        return self.exclude(evidence__status=EvidenceStatus.WITHDRAWN).select_related("evidence")


class Evidence(Moves, models.Model):
    """A file with which an agency shows that something is so: a report of an audit, a photo of a poster, a table.

    It waits until it is checked: the row is the job (docs/decisions/0003). Then it is clean, and can be downloaded, or
    it is refused with a reason. Its agency can withdraw it; the row stays. What it belongs to says the app that uses
    it, in a table of its own.
    """

    TRANSITIONS = EVIDENCE_TRANSITIONS
    MAX_ATTEMPTS = 3

    name = models.CharField(max_length=150, help_text="As it came; never used as a path.")
    title = models.CharField("what it shows", max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=4, choices=FileKind)
    size = models.PositiveIntegerField(help_text="In bytes, of what is kept.")
    sha256 = models.CharField(max_length=64, help_text="Of what is kept.")
    status = models.CharField(max_length=10, choices=EvidenceStatus, default=EvidenceStatus.WAITING)
    held = models.FileField(upload_to=random_path, blank=True)
    """What nobody can download: the file as it came, until it is checked, or until it is thrown away."""
    file = models.FileField(upload_to=random_path, blank=True)
    refusal = models.TextField("why it is not accepted", blank=True)
    note = models.TextField("why it is still being checked", blank=True)

    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True, help_text="Which claim holds the row; a later one takes over.")
    lease_until = models.DateTimeField(null=True, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=EvidenceStatus.CLEAN) & ~Q(file="") | ~Q(status=EvidenceStatus.CLEAN) & Q(file=""),
                name="evidence_downloadable_only_when_clean",
            ),
            models.CheckConstraint(condition=Q(status__in=EvidenceStatus.values), name="evidence_status_known"),
            models.CheckConstraint(
                condition=~Q(status=EvidenceStatus.REFUSED) | ~Q(refusal=""), name="evidence_refused_says_why"
            ),
            models.CheckConstraint(
                condition=Q(status=EvidenceStatus.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | ~Q(status=EvidenceStatus.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True),
                name="evidence_withdrawn_at_and_by_together",
            ),
        ]

    def __str__(self):
        return self.title or self.name

    @property
    def is_clean(self) -> bool:
        """Whether it can be downloaded."""
        return self.status == EvidenceStatus.CLEAN

    @property
    def download_name(self) -> str:
        return download_name(self.name, self.kind)

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[FileKind(self.kind)]
