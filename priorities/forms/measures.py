from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.models import Agency, Area
from priorities.choices import DisclosureRule, MeasureKind, Polarity, Qualifier, Unit, ValueCode
from priorities.counts import agrees, worked_out
from priorities.forms.targets import checked_number, period_field, unit_hint
from priorities.forms.values import TypedAnswerField, TypedNumberField
from priorities.models import Measure, MeasureValue, Priority

COUNTED_PEOPLE = {Unit.CHILDREN, Unit.FAMILIES, Unit.PEOPLE, Unit.PRACTITIONERS, Unit.OFFICERS}
IN_TWO_COUNTS = {Unit.PERCENT, Unit.FRACTION, Unit.RATE}
ROUNDINGS = [(1, "As it is"), (5, "To the nearest 5"), (10, "To the nearest 10"), (100, "To the nearest 100")]


class MeasureForm(forms.Form):
    """What is counted and how. `calculations` are the known ones by name, with their words."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter a name"})
    code = forms.CharField(
        label="Code",
        max_length=60,
        help_text="Texts name the measure by it, so it stays for ever. Use capital letters, such as CHILDREN_SEEN.",
        error_messages={"required": "Enter a code"},
        validators=[RegexValidator(r"^[A-Z][A-Z0-9_]*$", "Use capital letters, digits and underscores")],
    )
    definition = forms.CharField(
        label="Definition",
        max_length=2000,
        help_text="What is counted, in which words, and from when to when.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter a definition"},
    )
    kind = forms.ChoiceField(
        label="Which question does it answer?",
        choices=MeasureKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the question it answers"},
    )
    polarity = forms.ChoiceField(
        label="Which direction is good?",
        choices=Polarity,
        widget=forms.RadioSelect,
        help_text="“Needs context” where a rise can be need that was found or need that grew. It is not rated.",
        error_messages={"required": "Choose which direction is good"},
    )
    priority = forms.ModelChoiceField(
        Priority.objects.all(), label="Priority", required=False, empty_label="None of its own"
    )
    area = forms.ModelChoiceField(
        Area.objects.all(),
        label="Area covered",
        empty_label="Choose an area",
        error_messages={"required": "Choose an area"},
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Returned by",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    unit = forms.ChoiceField(
        label="Counted in",
        choices=[("", "Choose a unit"), *Unit.choices],
        error_messages={"required": "Choose a unit"},
    )
    decimals = forms.TypedChoiceField(
        label="Decimals shown", choices=[(0, "None"), (1, "1"), (2, "2")], coerce=int, initial=0
    )
    rounding = forms.TypedChoiceField(label="Rounded", choices=ROUNDINGS, coerce=int, initial=1)
    numerator_words = forms.CharField(
        label="For a percentage or rate: how many what?",
        max_length=120,
        required=False,
        help_text="Such as “children seen within 5 days”. The agency is asked for both counts.",
    )
    denominator_words = forms.CharField(label="Out of how many what?", max_length=120, required=False)
    rate_per = forms.IntegerField(
        label="For a rate: per how many?", required=False, min_value=1, max_value=1_000_000, help_text="Such as 10,000."
    )
    denominator = forms.ModelChoiceField(
        Measure.objects.all(),
        label="Also shown as a share of",
        required=False,
        empty_label="No other measure",
    )
    calculation = forms.ChoiceField(
        label="Where do its values come from?",
        required=False,
        help_text="A measure that is counted from the portal's records is never typed.",
    )
    calculation_of = forms.CharField(
        label="What the calculation is about",
        max_length=60,
        required=False,
        help_text="Only where it needs to be said, such as the code of a group.",
    )
    disclosure = forms.ChoiceField(
        label="Small numbers",
        choices=[choice for choice in DisclosureRule.choices if choice[0] != DisclosureRule.AGREED_EXCEPTION],
        initial=DisclosureRule.SUPPRESS_SMALL,
        widget=forms.RadioSelect,
        help_text="Showing small numbers of people takes two: propose it on the measure's page.",
    )

    def __init__(self, *args, calculations: dict[str, str], measure: Measure | None = None, **kwargs):
        self.measure = measure
        if measure:
            names = [name for name in self.base_fields if name != "code"]
            initial = {name: getattr(measure, name) for name in names}
            kwargs["initial"] = initial | {
                name: initial[name] and initial[name].pk for name in ("priority", "area", "owner", "denominator")
            }
        super().__init__(*args, **kwargs)
        self.fields["calculation"].choices = [("", "Agencies return them"), *calculations.items()]
        if measure:
            del self.fields["code"]
            self.fields["denominator"].queryset = Measure.objects.exclude(pk=measure.pk)
            self.fields["owner"].queryset = Agency.objects.filter(is_active=True) | Agency.objects.filter(
                pk=measure.owner_id
            )
            if measure.rounding not in dict(ROUNDINGS):
                self.fields["rounding"].choices = [
                    *ROUNDINGS,
                    (measure.rounding, f"To the nearest {measure.rounding:,}"),
                ]
            if measure.disclosure == DisclosureRule.AGREED_EXCEPTION:
                del self.fields["disclosure"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Measure.objects.filter(code=code).exists():
            raise forms.ValidationError("There is a measure with this code already")
        return code

    def clean(self):
        data = super().clean()
        unit = data.get("unit")
        if data.get("calculation_of") and not data.get("calculation"):
            self.add_error("calculation_of", "Choose a calculation above, or leave this empty")
        if data.get("rate_per") and unit and unit != Unit.RATE:
            self.add_error("rate_per", "Only a measure that is counted as a rate is per so many")
        if bool(data.get("numerator_words")) != bool(data.get("denominator_words")):
            missing = "denominator_words" if data.get("numerator_words") else "numerator_words"
            self.add_error(missing, "Name both counts, or neither")
        elif data.get("numerator_words") and unit and unit not in IN_TWO_COUNTS:
            self.add_error("numerator_words", "Only a percentage, a part of one or a rate is made of two counts")
        if data.get("disclosure") == DisclosureRule.NOT_PEOPLE and (why := self._why_hidden(unit)):
            self.add_error("disclosure", f"{why}. To show small numbers, propose it on the measure's page")
        return data

    def _why_hidden(self, unit):
        """Why small numbers cannot be shown without a second person, empty where they can."""
        before = self.measure and self.measure.disclosure
        if before == DisclosureRule.SUPPRESS_SMALL:
            return "Small numbers of this measure are hidden"
        return f"This counts {Unit(unit).label}" if unit in COUNTED_PEOPLE and not before else ""


class ValueEntryForm(CarefulForm):
    """A value that the board team enters: for a new period, or in the place of `value`, with the reason."""

    period = period_field()
    number = TypedAnswerField(label="Value")
    numerator = TypedNumberField(label="How many")
    denominator = TypedNumberField(label="Out of how many")
    qualifier = forms.ChoiceField(label="How exact is it?", choices=Qualifier, initial=Qualifier.EXACT)
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="Where the number is written, so that somebody else can look it up.",
        error_messages={"required": "Enter the source"},
    )
    as_at = forms.DateField(label="Counted on", required=False, help_text="If it is known.")
    note = CarefulCharField(
        label="Anything a reader should know of it",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = CarefulCharField(
        label="Why is it corrected?",
        max_length=1000,
        help_text="It stays beside the old value, which is kept.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is corrected"},
    )

    def __init__(self, *args, measure: Measure, value: MeasureValue | None = None, **kwargs):
        self.measure, self.value = measure, value
        super().__init__(*args, **kwargs)
        codes = ", ".join(f"{code} for {ValueCode(code).label}" for code in ValueCode.values)
        self.fields["number"].help_text = f"{unit_hint(measure)} Or a code: {codes}."
        if measure.unit not in IN_TWO_COUNTS or not self.scale:
            del self.fields["numerator"], self.fields["denominator"]
        else:
            self.fields["numerator"].label = measure.numerator_words.capitalize() or "How many"
            self.fields["denominator"].label = measure.denominator_words.capitalize() or "Out of how many"
            self.fields["numerator"].help_text = "If both counts are known. The value is worked out from them."
        if value:
            del self.fields["period"]
        else:
            self.leave_out("reason")

    @property
    def scale(self):
        return {Unit.PERCENT: 100, Unit.FRACTION: 1}.get(self.measure.unit, self.measure.rate_per)

    def clean_period(self):
        period = self.cleaned_data["period"]
        if MeasureValue.objects.in_force().filter(measure=self.measure, period=period).exists():
            raise forms.ValidationError(
                f"There is a value for {period} already. Correct it on the measure's page, so that its history is kept"
            )
        return period

    def clean_number(self):
        answer = self.cleaned_data["number"]
        return answer if isinstance(answer, ValueCode) else checked_number(answer, self.measure, "The value")

    def clean_as_at(self):
        as_at = self.cleaned_data["as_at"]
        if as_at and as_at > timezone.localdate():
            raise forms.ValidationError("This day is still to come")
        return as_at

    def clean(self):
        data = super().clean()
        if "number" in data and not {"numerator", "denominator"} & self.errors.keys():
            self._check_counts(data)
        return data

    def _check_counts(self, data):
        number, numerator, denominator = (data.get(name) for name in ("number", "numerator", "denominator"))
        if numerator is None and denominator is None:
            if number is None:
                self.add_error("number", "Enter the value")
            return
        if numerator is None or denominator is None:
            self.add_error("denominator" if denominator is None else "numerator", "Enter both counts, or neither")
            return
        if numerator < 0 or denominator <= 0:
            self.add_error("numerator" if numerator < 0 else "denominator", "This count must be above zero")
            return
        if numerator > denominator and self.measure.unit != Unit.RATE:
            self.add_error("numerator", "This cannot be more than the count it is out of")
            return
        computed = worked_out(
            numerator, denominator, scale=self.scale, unit=self.measure.unit, decimals=self.measure.decimals
        )
        if number is None:
            data["number"] = computed
        elif isinstance(number, ValueCode):
            self.add_error("number", "Enter a code or the two counts, not both")
        elif not agrees(number, computed, unit=self.measure.unit, decimals=self.measure.decimals):
            self.add_error(
                "number", f"The two counts give {computed.normalize():f}. Leave the value empty to take that"
            )

    @property
    def entered(self):
        """What the action is given."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "period"}
        if isinstance(data["number"], ValueCode):
            data |= {"number": None, "code": data["number"].value, "qualifier": Qualifier.EXACT}
        return data


class ExceptionForm(CarefulForm):
    """Why small numbers of a measure may be shown."""

    reason = CarefulCharField(
        label="Why may the small numbers of this measure be shown?",
        help_text="Say why nobody can be recognised by them. A second person of the board team has to agree.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why they may be shown"},
    )
