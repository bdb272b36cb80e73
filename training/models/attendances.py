from django.db import models
from django.db.models import F, Q

from partnership.models import Agency
from training.choices import OrganisationType, RoleGroup
from training.models.sessions import Session
from training.models.sheets import AttendanceSheet


class Attendance(models.Model):
    """How many attended a session from one agency and role group: attendances, not people, and never names.

    Where bookings are known, they add up: booked = attended - unscheduled + late_cancelled + no_show. A place that was
    cancelled in good time is no booking. Where only attendances are known, the other counts are empty. Without an
    agency it counts a type of organisation, as older records do, and schools that are no agency here.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    organisation_type = models.CharField(max_length=20, choices=OrganisationType)
    role_group = models.CharField(max_length=20, choices=RoleGroup, blank=True)
    booked = models.PositiveIntegerField(null=True, blank=True)
    attended = models.PositiveIntegerField(help_text="Everybody who was there, with or without a booking.")
    late_cancelled = models.PositiveIntegerField("late cancellations", null=True, blank=True)
    no_show = models.PositiveIntegerField("no-shows", null=True, blank=True)
    unscheduled = models.PositiveIntegerField("came without a booking", null=True, blank=True)
    sheet = models.ForeignKey(
        AttendanceSheet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        help_text="Which import counted it; empty where it was entered by hand.",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation_type", "role_group"],
                condition=Q(agency=None),
                name="attendance_once_for_a_type",
            ),
            models.UniqueConstraint(
                fields=["session", "agency", "organisation_type", "role_group"], name="attendance_once_for_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(
                    booked__isnull=True, late_cancelled__isnull=True, no_show__isnull=True, unscheduled__isnull=True
                )
                | Q(
                    booked__isnull=False,
                    late_cancelled__isnull=False,
                    no_show__isnull=False,
                    unscheduled__isnull=False,
                    attended=F("booked") + F("unscheduled") - F("late_cancelled") - F("no_show"),
                ),
                name="attendance_bookings_add_up",
            ),
            models.CheckConstraint(
                condition=Q(unscheduled__isnull=True) | Q(unscheduled__lte=F("attended")),
                name="attendance_unscheduled_were_there",
            ),
        ]

    def __str__(self):
        return f"{self.attended} from {self.source.lower() if self.agency is None else self.source}"

    @property
    def source(self) -> str:
        """Where they came from: the agency, or the type of organisation where none is recorded."""
        return str(self.agency) if self.agency else str(self.get_organisation_type_display())
