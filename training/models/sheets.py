from django.db import models
from django.db.models import Q

from partnership.models import Agency, ReportingPeriod, User
from partnership.states import Moves
from training.choices import (
    SHEET_OVER,
    SHEET_TAKEN,
    SHEET_TRANSITIONS,
    SHEET_UNCONFIRMED,
    OrganisationType,
    SheetStatus,
)
from training.models.courses import Course


class AgencyAlias(models.Model):
    """A name by which attendance sheets call an agency, kept once somebody has said which one is meant.

    Without an agency it names an organisation that has no place in the portal, such as a school: its type is known.
    """

    name = models.CharField(max_length=200, unique=True, help_text="In small letters, with single spaces.")
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="aliases")
    organisation_type = models.CharField(max_length=20, choices=OrganisationType)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agency aliases"

    def __str__(self):
        return self.name


class SheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A sheet is the business of the person who sent it, and of nobody else."""
        return self.filter(uploaded_by=user)

    def taken(self):
        """Imported, or on the way to it."""
        return self.filter(status__in=SHEET_TAKEN)

    def unconfirmed(self):
        """On the way to be looked at, or waiting for it."""
        return self.filter(status__in=SHEET_UNCONFIRMED)

    def claimable(self, now):
        """Waiting for a worker, or taken by one whose lease has run out."""
        waiting = Q(status__in=[SheetStatus.SENT, SheetStatus.QUEUED])
        taken = Q(status__in=[SheetStatus.READING, SheetStatus.COUNTING], lease_until__lt=now)
        return self.filter(waiting | taken)


class AttendanceSheet(Moves, models.Model):
    """An attendance sheet on its way into counts. The row is the job (docs/decisions/0003), twice: read, then counted.

    `lines` hold no names: people are replaced by keyed digests as the file is read, with a key that is kept nowhere.
    They are emptied when the sheet is imported, has failed or is cancelled; then only counts remain.
    """

    TRANSITIONS = SHEET_TRANSITIONS
    MAX_ATTEMPTS = 3

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, help_text="Of the file, which is kept no longer than it takes to read it.")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    lines = models.TextField(blank=True, help_text="The file's lines as JSON without names, only ever read whole.")
    line_count = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0, help_text="How many lines the worker has read or counted.")
    above_capacity = models.TextField("why more attended than there were places", blank=True)
    status = models.CharField(max_length=12, choices=SheetStatus, default=SheetStatus.READ)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True, help_text="Which claim holds the row; a later one takes over.")
    lease_until = models.DateTimeField(null=True, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField("what was done", blank=True)
    failure = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_reason = models.TextField("why it was taken back", blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(status__in=SHEET_TAKEN),
                name="sheet_imported_once",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=SHEET_OVER) | Q(lines="", finished_at__isnull=False),
                name="sheet_over_keeps_no_lines",
            ),
            models.CheckConstraint(
                condition=~Q(status=SheetStatus.FAILED) | ~Q(failure=""), name="sheet_failed_says_why"
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=SheetStatus.TAKEN_BACK, taken_back_at__isnull=False, taken_back_by__isnull=False)
                    & ~Q(taken_back_reason="")
                )
                | (
                    ~Q(status=SheetStatus.TAKEN_BACK)
                    & Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason="")
                ),
                name="sheet_taken_back_says_why",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_being_read(self) -> bool:
        """Whether nobody knows yet what it holds."""
        return self.status in (SheetStatus.SENT, SheetStatus.READING)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in SHEET_OVER

    @property
    def percent(self) -> int:
        """How much of it is counted; 100 only once it is imported."""
        if self.status == SheetStatus.IMPORTED:
            return 100
        return min(99, self.counted * 100 // self.line_count) if self.line_count else 0


class SheetFile(models.Model):
    """The file of a large sheet as it came, names and all, until a worker has read it.

    Nobody can open or download it. It is deleted as soon as it is read, refused or cancelled, and after a day at most.
    """

    sheet = models.OneToOneField(AttendanceSheet, models.CASCADE, related_name="file")
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"File of {self.sheet}"


class PeopleCounted(models.Model):
    """How many different people one sheet has for a course in a year: people, where everything else is attendances.

    Sheets cannot be added up, since somebody may be in two of them: of several, the largest says how many at least.
    """

    sheet = models.ForeignKey(AttendanceSheet, models.PROTECT, related_name="people")
    course = models.ForeignKey(Course, models.PROTECT, related_name="people_counted")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["course", "period", "pk"]
        verbose_name_plural = "people counted"
        constraints = [models.UniqueConstraint(fields=["sheet", "course"], name="people_counted_once_by_a_sheet")]

    def __str__(self):
        return f"{self.people} people at {self.course}, {self.period}"
