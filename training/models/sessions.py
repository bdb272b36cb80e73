from django.db import models
from django.db.models import Q

from training.models.courses import Course
from training.models.sheets import AttendanceSheet


class Session(models.Model):
    """One date of a course. `caveat` says what a reader must know of its figures, wherever they show.

    It is planned, held, and its attendances are recorded from an attendance sheet or by hand.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Places; empty for no limit.")
    venue = models.CharField(max_length=200, blank=True)
    link = models.URLField("where it is held online", max_length=500, blank=True)
    trainer = models.CharField(max_length=100, blank=True, help_text="By role, never by name.")
    cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True, help_text="In pounds.")
    above_capacity = models.TextField("why more attended than there were places", blank=True)
    caveat = models.TextField(blank=True)
    sheet = models.ForeignKey(
        AttendanceSheet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        help_text="Which import added it; empty where it was entered by hand.",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="session_cost_not_negative"),
            models.CheckConstraint(condition=Q(link="") | Q(link__startswith="https://"), name="session_link_is_https"),
        ]

    def __str__(self):
        return f"{self.course}, {self.held_on:%-d %B %Y}"
