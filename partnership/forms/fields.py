"""The fields that forms of groups and funding share."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_VERSIONS = 1_000_000


class DayField(forms.DateField):
    """A day from the year 2000 to the year 2100."""

    default_validators = [
        MinValueValidator(EARLIEST, "Enter a date from the year 2000 on"),
        MaxValueValidator(LATEST, "Enter a date up to the year 2100"),
    ]


class PoundsField(forms.DecimalField):
    """Money as people write it: 5000, 5,000.50 or £5,000."""

    default_error_messages = {
        "invalid": "Enter the amount in pounds, like 5,000 or 450.50",
        "max_digits": "Enter an amount below £100 million",
        "max_whole_digits": "Enter an amount below £100 million",
        "max_decimal_places": "Enter the amount in pounds and pence, like 450.50",
        "min_value": "Enter an amount of £0 or more",
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"})
        widget.prefix = "£"
        super().__init__(min_value=0, max_digits=10, decimal_places=2, widget=widget, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().removeprefix("£").replace(",", "").replace(" ", "")
        return super().to_python(value)


def version_field():
    """Which version of a record was read by the person who corrects it."""
    messages = dict.fromkeys(("required", "invalid"), "Open this page again, then save")
    return forms.IntegerField(widget=forms.HiddenInput, error_messages=messages, min_value=0, max_value=MOST_VERSIONS)
