from django.db import models

from priorities.models import Priority
from training.choices import CourseKind, CourseMode, OrganisationType


class Course(models.Model):
    """Something the partnership teaches, held as sessions over the years."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    mode = models.CharField(max_length=20, choices=CourseMode)
    kind = models.CharField(max_length=20, choices=CourseKind)
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="courses")

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title


class Session(models.Model):
    """One date of a course. `caveat` says what a reader must know of its figures, wherever they show."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Places; empty for no limit.")
    caveat = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self):
        return f"{self.course}, {self.held_on:%-d %B %Y}"


class Attendance(models.Model):
    """How many attended a session from one type of organisation: attendances, not people."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    organisation_type = models.CharField(max_length=20, choices=OrganisationType)
    attended = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "organisation_type"], name="attendance_once")]

    def __str__(self):
        return f"{self.attended} from {self.get_organisation_type_display().lower()}"
