from django.core.validators import RegexValidator
from django.db import models

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
    members = models.ManyToManyField(Agency, related_name="groups", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
