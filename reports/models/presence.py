from django.db import models

from partnership.models import User
from reports.models.blocks import Block
from reports.models.reports import Section


class Presence(models.Model):
    """Somebody has a section open in one window of their browser; without a heartbeat it ends by itself.

    It may hold one block, so that others see who writes there: `block` is one to one, so of two the database takes one.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    window = models.CharField(max_length=36, unique=True)
    seen_at = models.DateTimeField()
    block = models.OneToOneField(Block, models.SET_NULL, null=True, blank=True, related_name="held_by")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.user} in {self.section}"
