from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from partnership.choices import AgencyKind, GroupKind


class Area(models.Model):
    """A part of the country that a figure covers, such as a county, a force area or one establishment."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Partnership(models.Model):
    """The safeguarding children partnership that this portal belongs to. There is exactly one."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=20)
    area = models.ForeignKey(Area, models.PROTECT)
    accent = models.CharField(
        "colour",
        max_length=7,
        default="#1d4f76",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "Write the colour as # and six digits, such as #1d4f76.")],
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="partnership_is_only_one")]

    def __str__(self):
        return self.name


class Agency(models.Model):
    """An organisation that works with the partnership; people belong to it, updates and figures come from it."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=AgencyKind)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    has_approver = models.BooleanField(
        "somebody else approves its updates", default=False, help_text="Asked for whenever an update is submitted."
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name


class Group(models.Model):
    """The board, one of its sub-groups, or a partnership it is linked to."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=GroupKind)
    purpose = models.TextField(blank=True)
    cadence = models.CharField("meets", max_length=60, blank=True)
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sub_groups")
    members = models.ManyToManyField(Agency, through="Seat", related_name="groups", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class SeatQuerySet(models.QuerySet):
    def between(self, first: date, last: date):
        """Those that an agency had on any day from the first to the last."""
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=last), Q(until_on__isnull=True) | Q(until_on__gte=first)
        )

    def on(self, day: date):
        return self.between(day, day)


class Seat(models.Model):
    """An agency's place on a group, with the post of whoever sits there for it, never a name.

    It begins and may end on a day; without a day it was always there, or goes on. What has ended stays, because earlier
    reports tell of it.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="seats")
    post = models.CharField(max_length=150, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["group", "agency"], name="seat_once_an_agency"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="seat_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.agency}, {self.group}"

    @property
    def is_always_held(self) -> bool:
        return self.from_on is None and self.until_on is None

    def is_held_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day <= self.until_on)
