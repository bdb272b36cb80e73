from django.db import models
from django.db.models import F, Q

from partnership.choices import Permission
from partnership.models import ReportingPeriod, User
from priorities.choices import Rag
from reviews.choices import AuditKind


class AuditRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A round in preparation is the board team's; from its opening on, everybody who reads the records."""
        if user.may(Permission.AUDIT_MANAGE):
            return self.all()
        return self.exclude(opened_at=None) if user.may(Permission.REPORT_READ) else self.none()


class AuditRound(models.Model):
    """A round in which agencies assess themselves against standards, such as a Section 11 audit.

    The board team prepares it, mostly from the round before, and opens it for the agencies it asks. Its due date locks
    nothing. Its grades and standards can change until the first answer.
    """

    kind = models.CharField(max_length=16, choices=AuditKind)
    title = models.CharField(max_length=150, unique=True)
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    opens_on = models.DateField()
    due_on = models.DateField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AuditRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="audit_due_after_it_opens"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="audit_opened_at_and_by_together",
            ),
        ]

    def __str__(self):
        return self.title


class Grade(models.Model):
    """One of the grades of a round, with what it means; rank 1 is the best."""

    round = models.ForeignKey(AuditRound, models.CASCADE, related_name="grades")
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    meaning = models.CharField(max_length=300, blank=True)
    rag = models.CharField("colour", max_length=6, choices=Rag)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "rank"], name="grade_rank_once"),
            models.UniqueConstraint(fields=["round", "name"], name="grade_name_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_gap(self) -> bool:
        """Below the best: something is left to do."""
        return self.rank > 1


class Standard(models.Model):
    """What a round asks of every agency, with guidance and a link to it; carried forward it knows the one before."""

    round = models.ForeignKey(AuditRound, models.CASCADE, related_name="standards")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_to")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="standard_code_once"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="standard_link_is_https"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class Descriptor(models.Model):
    """What an agency looks like that has a grade in a standard, in words: so that all grade alike (domain.md 3.3)."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="descriptors")
    grade = models.ForeignKey(Grade, models.CASCADE, related_name="descriptors")
    text = models.TextField()

    class Meta:
        ordering = ["grade__rank"]
        constraints = [models.UniqueConstraint(fields=["standard", "grade"], name="descriptor_once")]

    def __str__(self):
        return f"{self.grade}: {self.text}"
