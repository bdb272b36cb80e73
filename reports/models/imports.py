from django.db import models

from partnership.models import User


class ReportImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was read waits for the person who sent the file, and for nobody else."""
        return self.filter(uploaded_by=user)


class ReportImport(models.Model):
    """What was read from a Word report that a person has sent and looks at before it becomes a report.

    The file itself is not kept. This is kept until it is confirmed or taken away, and a day at the longest.
    """

    name = models.CharField(max_length=200)
    outline = models.BinaryField(help_text="The Outline as JSON.")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")

    objects = ReportImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.name
