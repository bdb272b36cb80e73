from django.db import models

from partnership.models import User
from reports.models.reports import AnnualReport


class ReportImage(models.Model):
    """A picture of the report, drawn anew when it came in; a text names it by its key. `digest` is of the file kept."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="images")
    file = models.FileField(upload_to="report-images/")
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "digest"], name="image_once_in_a_report")]

    def __str__(self):
        return f"Picture {self.pk} of {self.report}"
