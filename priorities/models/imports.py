from django.db import models

from partnership.models import Agency, User


class MeasureImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A file waits for the person who sent it, and for nobody else."""
        return self.filter(uploaded_by=user)


class MeasureImport(models.Model):
    """A file of figures that a person has sent and looks at before it is imported.

    It is kept from the preview until it is confirmed or taken away, and a day at the longest.
    """

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    authority = models.CharField("local authority", max_length=200, blank=True)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")

    objects = MeasureImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.name
