from django.db import models

from priorities.models import Priority
from training.choices import CourseKind, CourseMode


class Course(models.Model):
    """Something the partnership teaches, held as sessions over the years.

    It stays when it is no longer offered, since its years go on counting.
    """

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    mode = models.CharField(max_length=20, choices=CourseMode)
    kind = models.CharField(max_length=20, choices=CourseKind)
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="courses")
    learning_outcomes = models.TextField(blank=True)
    is_offered = models.BooleanField("part of the programme now", default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title
