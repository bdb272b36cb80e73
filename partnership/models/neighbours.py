from django.db import models


class StatisticalNeighbour(models.Model):
    """A local authority that the Department for Education counts among those most like the partnership's own.

    The board keeps the list; a file of the Department is compared with it on import. What was imported before stays.
    """

    name = models.CharField(max_length=120)
    ons_code = models.CharField("ONS code", max_length=9, unique=True)
    order = models.PositiveSmallIntegerField(help_text="The most like it comes first.")

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name
