from django.db import models

from partnership.models import Agency, ReportingPeriod
from training.models.courses import Course


class Licence(models.Model):
    """Licences that a year's training gave to people of one agency, such as those to use Graded Care Profile 2.

    They hold until the day they expire. Whether they have is worked out on a day and never ticked.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="licences")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="licences")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    trained = models.PositiveIntegerField()
    licensed = models.PositiveIntegerField()
    assessments = models.PositiveIntegerField(
        "assessments done", null=True, blank=True, help_text="Empty where another measure counts them already."
    )
    expires_on = models.DateField()
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["course__title", "-period__starts_on", "agency__name"]
        constraints = [models.UniqueConstraint(fields=["course", "agency", "period"], name="licence_once_a_year")]

    def __str__(self):
        return f"{self.course}: {self.agency}, {self.period}"

    def is_expired_on(self, day) -> bool:
        return self.expires_on < day
