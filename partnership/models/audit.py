from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One line of the record of changes. Labels are copied at writing, so it reads the same when things are renamed."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    target_model = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    target_label = models.CharField(max_length=300)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_model", "target_id"])]

    def __str__(self):
        return f"{self.by_label}: {self.verb} {self.target_label}"
