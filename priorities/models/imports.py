from django.db import models

from partnership.models import Agency, User


class MeasureImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A file waits for the person who sent it, and for nobody else."""
        return self.filter(uploaded_by=user)


class MeasureImport(models.Model):
    """A file of figures that a person has sent and looks at before it is imported.

    From a file of the Department somebody chooses what comes in. It is kept until it is confirmed or taken away, and a
    day at the longest.
    """

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    authority = models.CharField("local authority", max_length=200, blank=True)
    columns = models.JSONField(default=list, help_text="The columns that come in, only ever read whole; none: all.")
    categories = models.JSONField(default=dict, help_text="The kinds of lines that come in, by column; none: all.")
    is_from_the_department = models.BooleanField(default=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")

    objects = MeasureImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.name

    @property
    def is_to_be_chosen_from(self) -> bool:
        """Whether nobody has said yet what of it comes in."""
        return self.is_from_the_department and not self.authority
