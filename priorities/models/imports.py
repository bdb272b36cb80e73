from django.db import models

from partnership.models import Agency, Upload


class MeasureImport(Upload):
    """A file of figures, before it is imported. From a file of the Department somebody chooses what comes in."""

    content = models.BinaryField()
    authority = models.CharField("local authority", max_length=200, blank=True)
    columns = models.JSONField(default=list, help_text="The columns that come in, only ever read whole; none: all.")
    categories = models.JSONField(default=dict, help_text="The kinds of lines that come in, by column; none: all.")
    is_from_the_department = models.BooleanField(default=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    @property
    def is_to_be_chosen_from(self) -> bool:
        """Whether nobody has said yet what of it comes in."""
        return self.is_from_the_department and not self.authority
