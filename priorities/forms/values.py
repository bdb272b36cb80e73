from django import forms
from django.utils import timezone

from priorities.actions import ReturnedValue
from priorities.choices import DisclosureRule, Qualifier, Unit, ValueCode
from priorities.concerns import Answer, questions_about
from priorities.counts import agrees, worked_out
from priorities.queries import RequestedValue
from priorities.typed import NotANumber, answer_typed, number_typed
from priorities.wording import number_in_words, round_half_up

LARGEST = 10**11
TOO_LARGE = "This number is too large to be right."
DECIMALS_OF_COUNTS = 2
"""Of what is counted in a share of money or hours; people are whole."""
NOTHING_TO_COUNT = (
    "Nothing can be a share of 0. If there was nothing to count, leave both empty and enter z as the number"
)


class TypedNumberField(forms.CharField):
    """A number typed as people type numbers."""

    read = staticmethod(number_typed)

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10"}
            ),
            required=False,
            max_length=40,
            **kwargs,
        )

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            answer = self.read(text)
        except NotANumber as error:
            raise forms.ValidationError(str(error)) from error
        if not isinstance(answer, ValueCode) and abs(answer) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return answer


class TypedAnswerField(TypedNumberField):
    """A number, or the code that stands in its place."""

    read = staticmethod(answer_typed)


class ValueForm(forms.Form):
    """A partner's answer to one requested measure.

    A share can be given by its two counts or as a number. What looks like a slip is asked about: a draft is kept
    without an answer to that, a complete update is not.
    """

    numerator = TypedNumberField(label="How many")
    denominator = TypedNumberField(label="Out of how many")
    number = TypedAnswerField(label="Number")
    concern_reason = forms.CharField(
        label="It is right because", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_missing = forms.BooleanField(label="We cannot give this number", required=False)
    note = forms.CharField(
        label="Anything a reader should know of it",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example, how it was counted, or why you cannot give it.",
    )
    qualifier = forms.ChoiceField(label="How exact is it?", choices=Qualifier, initial=Qualifier.EXACT)
    as_at = forms.DateField(label="Counted on", required=False)

    def __init__(self, *args, row: RequestedValue, must_be_complete: bool, **kwargs):
        self.requested = row.requested
        self.value = row.value
        self.saved_text = row.value_text
        self.in_force_text = row.in_force_text
        self.before_text = row.before_text
        self.earlier = row.earlier
        self.must_be_complete = must_be_complete
        self.questions = row.value.concern.splitlines() if row.value else []
        self.measure = row.requested.measure
        super().__init__(*args, prefix=f"value-{row.requested.pk}", initial=self._initial(row), **kwargs)
        self._name_fields()

    def _name_fields(self):
        measure = self.measure
        self.fields["number"].label = number_label(self.requested)
        self.fields["as_at"].help_text = f"If not on {_written(self.requested.period.ends_on)}, the period's last day."
        if measure.scale is None:
            del self.fields["numerator"], self.fields["denominator"]
            return
        self.fields["number"].help_text = "Only if you do not know the two counts: the portal works it out from them."
        if measure.numerator_words:
            self.fields["numerator"].label = f"Number of {measure.numerator_words}"
        if measure.denominator_words:
            self.fields["denominator"].label = f"Out of how many {measure.denominator_words}"

    @staticmethod
    def _initial(row):
        value = row.value
        if value is None:
            return {}
        is_day_typed = value.as_at != row.requested.period.ends_on
        return {
            "numerator": _as_typed(value.numerator),
            "denominator": _as_typed(value.denominator),
            "number": _number_as_typed(value),
            "qualifier": value.qualifier,
            "is_missing": value.code == ValueCode.NOT_AVAILABLE,
            "as_at": value.as_at if is_day_typed else None,
            "note": value.note,
            "concern_reason": value.concern_reason,
        }

    def clean(self):
        data = super().clean()
        self.questions = []
        if {"numerator", "denominator", "number"} & self.errors.keys():
            return data
        typed = data["number"]
        is_code = isinstance(typed, ValueCode)
        data["code"] = typed if is_code else ValueCode.NOT_AVAILABLE if data.get("is_missing") else ""
        data["number"] = None if is_code else typed
        self._check_presence(data, is_code=is_code)
        self._check_bounds(data.get("number"))
        self._check_counts(data)
        self._check_day(data)
        if not self.errors and data["number"] is not None:
            self._ask(data)
        return data

    def _check_presence(self, data, *, is_code):
        """That there is one answer: two counts or a number, or a code."""
        is_counted = data.get("numerator") is not None or data.get("denominator") is not None
        is_answered = is_counted or data["number"] is not None
        if is_answered and data.get("is_missing"):
            self.add_error("number", "Either enter the number or say that you cannot give it, not both")
        elif is_code and (is_counted or (data.get("is_missing") and data["code"] != ValueCode.NOT_AVAILABLE)):
            self.add_error("number", f"Either enter the code “{data['code']}” or another answer, not both")
        if not is_answered and not data["code"]:
            if self.must_be_complete:
                self.add_error("number", f"Enter the number for “{self.measure}”, or say that you cannot give it")
            elif data.get("note"):
                self.add_error("number", "Enter the number that your note is about, or say that you cannot give it")
            elif data.get("as_at"):
                self.add_error("number", "Enter the number that was counted on that day")
        if data["code"] == ValueCode.NOT_AVAILABLE and "note" in data and not data["note"]:
            self.add_error("note", f"Say why you cannot give the number for “{self.measure}”")

    def _check_bounds(self, number):
        """That a number that was typed is one that the measure can have."""
        if number is None:
            return
        measure = self.measure
        if number < 0:
            self.add_error("number", f"The number for “{measure}” cannot be below zero")
        if measure.unit == Unit.PERCENT and number > 100:
            self.add_error("number", f"“{measure}” is a percentage and cannot be above 100")
        if measure.unit == Unit.FRACTION and number > 1:
            self.add_error("number", "A part of one cannot be above 1")
        is_too_fine = measure.unit != Unit.FRACTION and round_half_up(number, measure.decimals) != number
        if is_too_fine and not self.errors:
            self.add_error("number", f"Give “{measure}” {_precision(measure.decimals)}: the report shows no more")

    def _check_counts(self, data):
        """That the two counts go together and with the number, which is then worked out from them."""
        numerator, denominator = data.get("numerator"), data.get("denominator")
        if numerator is None and denominator is None:
            return
        if numerator is None or denominator is None:
            missing = "numerator" if numerator is None else "denominator"
            self.add_error(missing, f"Enter “{self.fields[missing].label}” too, or the number alone")
            return
        self._check_count("numerator", numerator)
        self._check_count("denominator", denominator)
        if denominator == 0:
            self.add_error("denominator", NOTHING_TO_COUNT)
        elif numerator > denominator > 0 and self.measure.unit != Unit.RATE:
            self.add_error("numerator", f"{numerator:,f} cannot be more than the {denominator:,f} it is out of")
        elif numerator * self.measure.scale > LARGEST * denominator > 0:
            self.add_error("numerator", TOO_LARGE)
        if not self.errors:
            self._work_out(data, numerator, denominator)

    def _check_count(self, name, count):
        decimals = DECIMALS_OF_COUNTS if self.measure.disclosure == DisclosureRule.NOT_PEOPLE else 0
        if count < 0:
            self.add_error(name, "This cannot be below zero")
        elif round_half_up(count, decimals) != count:
            self.add_error(name, f"Give this {_precision(decimals)}")

    def _work_out(self, data, numerator, denominator):
        measure = self.measure
        given = {"unit": measure.unit, "decimals": measure.decimals}
        number = worked_out(numerator, denominator, scale=measure.scale, **given)
        if data["number"] is not None and not agrees(data["number"], number, **given):
            words = number_in_words(number, **given)
            said = f"{numerator:,f} of {denominator:,f} is {words}. Correct the counts, or leave this empty"
            self.add_error("number", said)
        data["number"] = number

    def _check_day(self, data):
        if data.get("as_at") and data["as_at"] > timezone.localdate():
            self.add_error("as_at", "The day on which it was counted cannot be in the future")

    def _ask(self, data):
        """Ask about what looks like a slip; an answer to another question does not count."""
        period, round = self.requested.period, self.requested.update.round
        self.questions = questions_about(
            Answer(
                number=data["number"],
                numerator=data.get("numerator"),
                qualifier=data["qualifier"],
                counted_on=data["as_at"],
            ),
            self.earlier and _as_answer(self.earlier),
            unit=self.measure.unit,
            decimals=self.measure.decimals,
            first_day=min(period.starts_on, round.period.starts_on),
            last_day=max(period.ends_on, round.period.ends_on, round.due_on),
        )
        if self.questions and self.must_be_complete and not (data["concern_reason"] and self._was_asked):
            self.add_error("concern_reason", f"Say why the number for “{self.measure}” is right, or correct it")

    @property
    def concern(self):
        """What is asked about the answer, a question in each line."""
        return "\n".join(self.questions)

    @property
    def _was_asked(self):
        """Whether the reason answers what is asked now: on the page that was sent, or when it was saved."""
        asked = [self.data.get(self.add_prefix("concern"), "")]
        if self.value and self.value.concern_reason == self.cleaned_data["concern_reason"]:
            asked.append(self.value.concern)
        return bool(self.questions) and self.concern.split() in [each.split() for each in asked]

    @property
    def is_refined(self):
        """Whether the answer says more than the rule: another day, or that it is not exact."""
        is_exact = self["qualifier"].value() == Qualifier.EXACT
        return bool(not is_exact or self["as_at"].value() or {"qualifier", "as_at"} & self.errors.keys())

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
            numerator=value.numerator,
            denominator=value.denominator,
            qualifier=value.qualifier,
            as_at=value.as_at,
            note=value.note,
            concern=value.concern,
            concern_reason=value.concern_reason,
        )

    @property
    def returned(self) -> ReturnedValue | None:
        """What was answered, or None while there is no answer."""
        data = self.cleaned_data
        if data["number"] is None and not data["code"]:
            return None
        is_number = data["number"] is not None
        return ReturnedValue(
            requested=self.requested,
            number=data["number"],
            code=data["code"],
            numerator=data.get("numerator"),
            denominator=data.get("denominator"),
            qualifier=data["qualifier"] if is_number else Qualifier.EXACT,
            as_at=data["as_at"],
            note=data["note"],
            concern=self.concern,
            concern_reason=data["concern_reason"] if self._was_asked else "",
        )


def number_label(requested):
    """What the number field is called: with the unit, where a unit helps."""
    measure = requested.measure
    rate = f"Rate per {measure.rate_per:,}" if measure.rate_per else "Rate"
    return {Unit.PERCENT: "Per cent", Unit.POUNDS: "Pounds", Unit.FRACTION: "As a part of one", Unit.RATE: rate}.get(
        measure.unit, f"Number of {Unit(measure.unit).label}"
    )


def _precision(decimals):
    if decimals == 0:
        return "as a whole number"
    return f"with {decimals} decimal{'s' if decimals > 1 else ''} at the most"


def _number_as_typed(value):
    """What was typed as the number: nothing where it was worked out from counts, or is not available."""
    if value.counts or value.code == ValueCode.NOT_AVAILABLE:
        return ""
    return value.code or _as_typed(value.number)


def _as_typed(number):
    if number is None:
        return ""
    whole = round_half_up(number, 0)
    return f"{whole:f}" if whole == number else f"{number.normalize():f}"


def _as_answer(value):
    return Answer(number=value.number, numerator=value.numerator, period=value.period.label)


def _written(day):
    return f"{day:%-d %B %Y}"
