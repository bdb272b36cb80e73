from django.db import models
from django.db.models import Q

from reviews.models.recommendations import Recommendation
from reviews.models.themes import Theme


class CaseAudit(models.Model):
    """A multi-agency audit: agencies looked at cases together, under one topic. Counts and findings, never a case."""

    topic = models.CharField(max_length=200)
    month = models.DateField(help_text="The first day of the month in which it was held.")
    cases = models.PositiveSmallIntegerField("cases audited")
    good_practice = models.TextField(blank=True)
    themes = models.ManyToManyField(Theme, related_name="case_audits", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-month", "topic"]
        verbose_name = "multi-agency audit"
        constraints = [
            models.UniqueConstraint(fields=["topic", "month"], name="case_audit_once"),
            models.CheckConstraint(condition=Q(cases__gt=0), name="case_audit_has_cases"),
        ]

    def __str__(self):
        return f"{self.topic}, {self.month:%B %Y}"


class AuditFinding(models.Model):
    """One thing that a multi-agency audit found; recommendations follow from it."""

    audit = models.ForeignKey(CaseAudit, models.CASCADE, related_name="findings")
    text = models.TextField()
    recommendations = models.ManyToManyField(Recommendation, related_name="audit_findings", blank=True)
    """What was recommended because of it."""

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text if len(self.text) <= 100 else f"{self.text[:99].rstrip()}…"
