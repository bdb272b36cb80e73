from django.db import models

from partnership.choices import Attendance
from partnership.models.organisations import Agency, Group


class Meeting(models.Model):
    """A day on which a group met, or was to meet: with a reason, it was cancelled.

    It is recorded once it is over, with who was there for each agency, and can be corrected until the report of its
    year is signed.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    cancelled_reason = models.CharField("why it was cancelled", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on"]
        constraints = [models.UniqueConstraint(fields=["group", "held_on"], name="meeting_once_a_day")]

    def __str__(self):
        return f"{self.group}, {self.held_on:%-d %B %Y}"


class MeetingAttendance(models.Model):
    """Whether somebody was at a meeting for an agency that had a seat that day."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    attendance = models.CharField(max_length=10, choices=Attendance)

    class Meta:
        ordering = ["agency__name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "agency"], name="meeting_attendance_once_an_agency")]

    def __str__(self):
        return f"{self.agency}, {self.meeting}"
