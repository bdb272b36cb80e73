"""The fields that forms of learning share."""

from datetime import date, timedelta

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone

from partnership.careful_text import CarefulCharField
from partnership.models import Agency, ReportingPeriod
from priorities.forms.agreed import FARTHEST
from reviews.models import Theme

EARLIEST = date(2000, 1, 1)
MOST = 1_000_000


class DayField(forms.DateField):
    """A day from the year 2000 on."""

    default_validators = [MinValueValidator(EARLIEST, "Enter a date from the year 2000 on")]


class PastDayField(DayField):
    """A day on which something happened: not before the year 2000, not after today."""

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


class ThemesField(forms.TypedMultipleChoiceField):
    """Any number of the themes on the list. What is not on it is refused before it comes near the database."""

    def __init__(self, **kwargs):
        super().__init__(
            coerce=int,
            choices=lambda: Theme.objects.values_list("pk", "name"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value):
        return [getattr(each, "pk", each) for each in value or ()]

    def clean(self, value):
        return list(Theme.objects.filter(pk__in=super().clean(value)))


def short_field(label, *, required=None, hint="", longest=200):
    """A line of free text, read for what could tell who a child is."""
    return CarefulCharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=required is not None,
        error_messages={"required": required or ""},
    )


def long_field(label, *, required=None, hint="", rows=4, longest=5000):
    """Lines of free text, read for what could tell who a child is."""
    return CarefulCharField(
        label=label,
        help_text=hint,
        max_length=longest,
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


def link_field(label, *, more="", like="report"):
    """A web address with https; `like` is what the address in the example leads to."""
    return forms.URLField(
        label=label,
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[require_https],
        help_text=f"The web address, beginning with https://{more}",
        error_messages={"invalid": f"Enter a web address like https://www.example.org/{like}"},
    )


def require_https(link):
    if link and not link.startswith("https://"):
        raise forms.ValidationError("The web address must begin with https://")
