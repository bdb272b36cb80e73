from django.db import models


class Theme(models.Model):
    """Something that reviews, inspections and audits find again and again, or for the first time.

    The list is managed: a theme can be renamed, or merged into another that means the same.
    """

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
