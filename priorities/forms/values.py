from django import forms

from priorities.actions import ReturnedValue
from priorities.choices import Qualifier, Unit, ValueCode
from priorities.queries import RequestedValue
from priorities.typed import NotANumber, number_typed
from priorities.wording import round_half_up

LARGEST = 10**11


class TypedNumberField(forms.CharField):
    """A number typed as people type numbers."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10"}
            ),
            **kwargs,
        )

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            number = number_typed(text)
        except NotANumber as error:
            raise forms.ValidationError(str(error)) from error
        if abs(number) > LARGEST:
            raise forms.ValidationError("This number is too large to be right.")
        return number


class ValueForm(forms.Form):
    """A partner's answer to one requested measure."""

    number = TypedNumberField(label="Number", required=False, max_length=40)
    qualifier = forms.ChoiceField(label="How exact is it?", choices=Qualifier, initial=Qualifier.EXACT)
    is_missing = forms.BooleanField(label="We cannot give this number", required=False)
    note = forms.CharField(
        label="Anything a reader should know of it",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example, how it was counted, or why you cannot give it.",
    )

    def __init__(self, *args, row: RequestedValue, must_be_complete: bool, **kwargs):
        self.requested = row.requested
        self.value = row.value
        self.saved_text = row.value_text
        self.in_force_text = row.in_force_text
        self.before_text = row.before_text
        self.must_be_complete = must_be_complete
        super().__init__(*args, prefix=f"value-{row.requested.pk}", initial=self._initial(row.value), **kwargs)
        self.fields["number"].label = number_label(row.requested)

    @staticmethod
    def _initial(value):
        if value is None:
            return {}
        number = "" if value.number is None else _as_typed(value.number)
        return {
            "number": number,
            "qualifier": value.qualifier,
            "is_missing": value.code == ValueCode.NOT_AVAILABLE,
            "note": value.note,
        }

    def clean(self):
        data = super().clean()
        if "number" not in data:
            return data
        number, is_missing = data["number"], data.get("is_missing")
        measure = self.requested.measure
        if number is not None and is_missing:
            self.add_error("number", "Either enter the number or say that you cannot give it, not both")
        if number is None and not is_missing and self.must_be_complete:
            self.add_error("number", f"Enter the number for “{measure}”, or say that you cannot give it")
        if is_missing and not data.get("note"):
            self.add_error("note", f"Say why you cannot give the number for “{measure}”")
        if number is not None and number < 0:
            self.add_error("number", f"The number for “{measure}” cannot be below zero")
        if number is None and not is_missing and not self.must_be_complete and data.get("note"):
            self.add_error("number", "Enter the number that your note is about, or say that you cannot give it")
        unit = measure.unit
        if number is not None and unit == Unit.PERCENT and number > 100:
            self.add_error("number", f"“{measure}” is a percentage and cannot be above 100")
        if number is not None and unit == Unit.FRACTION and number > 1:
            self.add_error("number", "A part of one cannot be above 1")
        if (
            number is not None
            and not self.errors
            and unit != Unit.FRACTION
            and round_half_up(number, measure.decimals) != number
        ):
            self.add_error("number", f"Give “{measure}” {_precision(measure)}: the report shows no more")
        return data

    @property
    def kept(self) -> ReturnedValue | None:
        """What a draft keeps: the answer, or where it has an error, the answer that was kept before."""
        if self.is_valid():
            return self.returned
        value = self.value
        return value and ReturnedValue(
            requested=self.requested,
            number=value.number,
            code=value.code,
            qualifier=value.qualifier,
            note=value.note,
        )

    @property
    def returned(self) -> ReturnedValue | None:
        """What was answered, or None while there is no answer."""
        data = self.cleaned_data
        if data["number"] is None and not data["is_missing"]:
            return None
        return ReturnedValue(
            requested=self.requested,
            number=data["number"],
            code=ValueCode.NOT_AVAILABLE if data["is_missing"] else "",
            qualifier=data["qualifier"] if data["number"] is not None else Qualifier.EXACT,
            note=data["note"],
        )


def number_label(requested):
    """What the number field is called: with the unit, where a unit helps."""
    unit = requested.measure.unit
    return {Unit.PERCENT: "Per cent", Unit.POUNDS: "Pounds", Unit.FRACTION: "As a part of one", Unit.RATE: "Rate"}.get(
        unit, f"Number of {Unit(unit).label}"
    )


def _precision(measure):
    if measure.decimals == 0:
        return "as a whole number"
    return f"with {measure.decimals} decimal{'s' if measure.decimals > 1 else ''} at the most"


def _as_typed(number):
    whole = round_half_up(number, 0)
    return f"{whole:f}" if whole == number else f"{number.normalize():f}"
