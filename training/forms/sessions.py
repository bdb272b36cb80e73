from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day that a session can have been held on, or be planned for."""

    def __init__(self, **kwargs):
        validators = [
            MinValueValidator(EARLIEST, "Enter a date from the year 2000 on"),
            MaxValueValidator(LATEST, "Enter a date up to the year 2100"),
        ]
        super().__init__(validators=validators, **kwargs)


class SessionForm(forms.Form):
    """One date of a course: when, where, by whom, for how many and at what cost."""

    TEXTS = ("held_on", "capacity", "venue", "link", "trainer", "cost", "caveat")

    held_on = DayField(
        label="Date",
        help_text="For e-learning, the last day of the month whose completions it counts.",
        error_messages={"required": "Enter the date"},
    )
    capacity = forms.IntegerField(
        label="Places",
        min_value=0,
        max_value=100_000,
        required=False,
        help_text="Leave empty where there is no limit.",
        error_messages={"invalid": "Enter the places as a whole number, like 30"},
    )
    venue = forms.CharField(label="Venue", max_length=200, required=False)
    link = forms.URLField(
        label="Where it is held online",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="The web address, beginning with https://",
        error_messages={"invalid": "Enter a web address like https://www.example.org/session"},
    )
    trainer = forms.CharField(
        label="Who trains?",
        max_length=100,
        required=False,
        help_text="A role, such as “board trainer”. Never a name.",
    )
    cost = forms.DecimalField(
        label="What did it cost?",
        min_value=0,
        max_digits=9,
        decimal_places=2,
        required=False,
        help_text="In pounds, with the trainer, the venue and materials.",
        error_messages={"invalid": "Enter the cost in pounds, like 450 or 450.50"},
    )
    caveat = forms.CharField(
        label="What should a reader know of its figures?",
        max_length=1000,
        required=False,
        help_text="Shown wherever they are.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, session=None, **kwargs):
        names = (*self.TEXTS, "version")
        initial = {name: getattr(session, name) for name in names} if session else None
        super().__init__(*args, initial=initial, **kwargs)
        if session is None:
            del self.fields["version"]

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError("The web address must begin with https://")
        return link
