"""The fields that forms of learning share."""

from datetime import date, timedelta

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone

from partnership.careful_text import CarefulCharField
from partnership.models import Agency, ReportingPeriod
from reviews.models import Theme

EARLIEST = date(2000, 1, 1)
MOST = 1_000_000
FARTHEST = 10
"""Years from today in which something can be due."""


class PastDayField(forms.DateField):
    """A day on which something happened: not before the year 2000, not after today."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args, validators=[MinValueValidator(EARLIEST, "Enter a date from the year 2000 on")], **kwargs
        )

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError("The date cannot be in the future")


class DueDayField(forms.DateField):
    """A day by which something is to be done."""

    def validate(self, value):
        super().validate(value)
        today = timezone.localdate()
        if value and not today <= value <= today + timedelta(days=366 * FARTHEST):
            raise forms.ValidationError(f"Enter a date from today on, within {FARTHEST} years")


def short_field(label, *, required=None, hint="", longest=200):
    """A line of free text, read for what could tell who a child is."""
    return CarefulCharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=required is not None,
        error_messages={"required": required or ""},
    )


def long_field(label, *, required=None, hint="", rows=4):
    """Lines of free text, read for what could tell who a child is."""
    return CarefulCharField(
        label=label,
        help_text=hint,
        max_length=5000,
        required=required is not None,
        error_messages={"required": required or ""},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def count_field(label, *, required=None, hint=""):
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=MOST,
        required=required is not None,
        error_messages={
            "required": required or "",
            "invalid": "Enter a whole number",
            "min_value": "Enter 0 or more",
            "max_value": f"Enter {MOST:,} or less",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )


def choice_field(label, choices, *, required, empty="Choose one", hint=""):
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[("", empty), *choices.choices],
        error_messages={"required": required},
    )


def agency_field(label, *, required, hint=""):
    return forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label=label,
        help_text=hint,
        empty_label="Choose an agency",
        error_messages={"required": required},
    )


def period_field(label="Period", *, kinds=()):
    periods = ReportingPeriod.objects.order_by("-starts_on", "ends_on")
    return forms.ModelChoiceField(
        periods.filter(kind__in=kinds) if kinds else periods,
        label=label,
        empty_label="Choose a period",
        error_messages={"required": "Choose the period"},
    )


def themes_field(hint=""):
    return forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        label="Themes",
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def link_field(label):
    return forms.URLField(
        label=label,
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[require_https],
        help_text="The web address, beginning with https://",
        error_messages={"invalid": "Enter a web address like https://www.example.org/report"},
    )


def version_field():
    """Which version of a record was read by the person who changes it."""
    messages = dict.fromkeys(("required", "invalid"), "Open this page again, then save")
    return forms.IntegerField(widget=forms.HiddenInput, error_messages=messages, min_value=0, max_value=MOST)


def require_https(link):
    if link and not link.startswith("https://"):
        raise forms.ValidationError("The web address must begin with https://")
