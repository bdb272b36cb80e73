from django import forms

from training.forms.sessions import DayField


class CoverageForm(forms.Form):
    """Up to which day the twelve months of coverage go."""

    until = DayField(label="Twelve months up to", error_messages={"required": "Enter a date"})
