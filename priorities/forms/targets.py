from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.models import ReportingPeriod
from priorities.choices import Rag, Tolerance, Unit
from priorities.forms.values import TypedNumberField
from priorities.models import Measure
from priorities.wording import round_half_up

LARGEST_TOLERANCE = 100


def period_field():
    return forms.ModelChoiceField(
        ReportingPeriod.objects.order_by("-ends_on", "starts_on"),
        label="Period",
        empty_label="Choose a period",
        error_messages={"required": "Choose a period"},
    )


class TargetForm(CarefulForm):
    """What a measure is meant to reach in a period."""

    period = period_field()
    number = TypedNumberField(label="Target")
    tolerance = TypedNumberField(
        label="How far may it be missed and still be “At risk” only?",
        help_text="Leave it empty if anything short of the target is “Off track”.",
    )
    tolerance_kind = forms.ChoiceField(
        label="That is meant", choices=Tolerance, initial=Tolerance.UNIT, widget=forms.RadioSelect
    )
    note = CarefulCharField(
        label="Where the target comes from",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, measure: Measure, **kwargs):
        self.measure = measure
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = unit_hint(measure)

    def clean_number(self):
        if self.cleaned_data["number"] is None:
            raise forms.ValidationError("Enter the target")
        return checked_number(self.cleaned_data["number"], self.measure, "The target")

    def clean_tolerance(self):
        tolerance = self.cleaned_data["tolerance"]
        if tolerance is not None and tolerance < 0:
            raise forms.ValidationError("This cannot be below zero")
        return tolerance

    def clean(self):
        data = super().clean()
        tolerance = data.get("tolerance")
        if tolerance and data.get("tolerance_kind") == Tolerance.PERCENT and tolerance > LARGEST_TOLERANCE:
            self.add_error("tolerance", "A percentage of the target cannot be above 100")
        return data


class RatingForm(CarefulForm):
    """The board's own judgement of a measure in a period."""

    period = period_field()
    rag = forms.ChoiceField(
        label="How does it stand?",
        choices=Rag,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it stands"},
    )
    reason = CarefulCharField(
        label="Why?",
        help_text="It is shown beside the rating, and what the target says stays beside both.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why you judge it so"},
    )


def unit_hint(measure):
    return {
        Unit.PERCENT: "In per cent, such as 60.",
        Unit.FRACTION: "As a part of one: 0.5 is half.",
        Unit.POUNDS: "In pounds.",
        Unit.RATE: "As a rate.",
    }.get(measure.unit, f"The number of {Unit(measure.unit).label}.")


def checked_number(number, measure, subject):
    """A number of this measure's unit and precision, or a `ValidationError` that says what is wrong."""
    if number is None:
        return None
    if number < 0:
        raise forms.ValidationError(f"{subject} cannot be below zero")
    if measure.unit == Unit.PERCENT and number > 100:
        raise forms.ValidationError("A percentage cannot be above 100")
    if measure.unit == Unit.FRACTION and number > 1:
        raise forms.ValidationError("A part of one cannot be above 1")
    if measure.unit != Unit.FRACTION and round_half_up(number, measure.decimals) != number:
        exact = (
            "as a whole number"
            if measure.decimals == 0
            else f"with {measure.decimals} decimal{'s' if measure.decimals > 1 else ''} at the most"
        )
        raise forms.ValidationError(f"Give it {exact}: the report shows no more")
    return number
