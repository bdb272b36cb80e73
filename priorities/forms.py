from django import forms

from priorities.actions import ReturnedValue
from priorities.choices import Qualifier, Rag, Unit, ValueCode
from priorities.models import QuarterlyUpdate
from priorities.queries import RequestedValue
from priorities.typed import NotANumber, number_typed
from priorities.wording import round_half_up

LONGEST_ANSWER = 20_000
LARGEST = 10**11

HELP = {
    "progress": "What was done this quarter towards this priority?",
    "rag_reason": "Why this rating and not another?",
    "impact": "What changed for children, for which children, and how do you know?",
    "barriers": "What stood in the way?",
    "next_steps": "What will you do next quarter, and by when?",
}


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


class UpdateForm(forms.Form):
    """A partner's answers to one update, without the measure values. `must_be_complete` before submitting."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    progress = forms.CharField(label="Progress this quarter")
    rag = forms.ChoiceField(
        label="How is it going?",
        choices=[(rag.value, f"{rag.name.title()}: {rag.label.lower()}") for rag in Rag],
        widget=forms.RadioSelect,
    )
    rag_reason = forms.CharField(label="Reason for the rating")
    impact = forms.CharField(label="Impact on children")
    barriers = forms.CharField(label="Barriers and challenges")
    next_steps = forms.CharField(label="Next steps")

    def __init__(self, *args, update: QuarterlyUpdate, must_be_complete: bool, **kwargs):
        answers = {name: getattr(update, name) for name in self.ANSWERS}
        super().__init__(*args, initial={"version": update.version, **answers}, **kwargs)
        for name in self.ANSWERS:
            field = self.fields[name]
            field.required = must_be_complete
            field.error_messages["required"] = MISSING[name]
            field.help_text = HELP.get(name, "")
            if name != "rag":
                field.widget = forms.Textarea(attrs={"rows": 3 if name == "rag_reason" else 6, "spellcheck": "true"})
                field.max_length = LONGEST_ANSWER
                field.validators.append(_not_too_long)

    ANSWERS = ("progress", "rag", "rag_reason", "impact", "barriers", "next_steps")

    @property
    def answers(self):
        """The cleaned answers by the name of the update's field."""
        return {name: self.cleaned_data[name] for name in self.ANSWERS}


def _not_too_long(text):
    if len(text) > LONGEST_ANSWER:
        raise forms.ValidationError(f"This answer has {len(text):,} characters; {LONGEST_ANSWER:,} is the most.")


MISSING = {
    "progress": "Enter what was done this quarter",
    "rag": "Choose how it is going",
    "rag_reason": "Enter the reason for the rating",
    "impact": "Enter what changed for children, or that nothing is known to have changed yet",
    "barriers": "Enter what stood in the way, or that nothing did",
    "next_steps": "Enter what you will do next",
}


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
        self.saved_text = row.value_text
        self.in_force_text = row.in_force_text
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
        if number is not None and is_missing:
            self.add_error("number", "Either enter the number or say that you cannot give it, not both")
        if number is None and not is_missing and self.must_be_complete:
            self.add_error("number", f"Enter the number for “{self.requested.measure}”, or say that you cannot give it")
        if is_missing and not data.get("note"):
            self.add_error("note", "Say why you cannot give this number")
        if number is not None and number < 0:
            self.add_error("number", "The number cannot be below zero")
        if number is None and not is_missing and not self.must_be_complete and data.get("note"):
            self.add_error("number", "Enter the number that your note is about, or say that you cannot give it")
        unit = self.requested.measure.unit
        if number is not None and unit == Unit.PERCENT and number > 100:
            self.add_error("number", "A percentage cannot be above 100")
        if number is not None and unit == Unit.FRACTION and number > 1:
            self.add_error("number", "A part of one cannot be above 1")
        return data

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
    return {Unit.PERCENT: "Per cent", Unit.POUNDS: "Pounds", Unit.FRACTION: "As a part of one"}.get(
        unit, f"Number of {Unit(unit).label}"
    )


def _as_typed(number):
    whole = round_half_up(number, 0)
    return f"{whole:f}" if whole == number else f"{number.normalize():f}"


class ReturnForm(forms.Form):
    """Why an update goes back to its agency."""

    reason = forms.CharField(
        label="What needs to change?",
        help_text="The agency reads this and changes its update.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter what needs to change"},
    )
