from datetime import timedelta

from django import forms
from django.utils.text import slugify

from partnership.choices import PeriodKind
from partnership.models import Agency, ReportingPeriod
from partnership.spreadsheets import LARGEST_FILE, UnreadableFile, read_table
from priorities.actions import ReturnedValue
from priorities.choices import EmailsWanted, Qualifier, Rag, Unit, ValueCode
from priorities.models import Measure, Priority, QuarterlyUpdate, ReportingDuty, UpdateRound
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

    def __init__(
        self, *args, update: QuarterlyUpdate, must_be_complete: bool, before: QuarterlyUpdate | None = None, **kwargs
    ):
        self.before = before
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
    def questions(self):
        """Each question with the answer of the update before, empty where there is none."""
        return [(self[name], self.before.answer(name) if self.before else "") for name in self.ANSWERS]

    @property
    def answers(self):
        """The cleaned answers by the name of the update's field, those with an error left out."""
        return {name: self.cleaned_data[name] for name in self.ANSWERS if name in self.cleaned_data}


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


class ReadVersionForm(forms.Form):
    """Which version of an update was read by the person who decides on it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(ReadVersionForm):
    """Why an update goes back to its agency."""

    reason = forms.CharField(
        label="What needs to change?",
        help_text="The agency reads this and changes its update.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter what needs to change"},
    )


class ReopenForm(forms.Form):
    """Why an update that was handed in is opened again."""

    reason = forms.CharField(
        label="Why do you reopen it?",
        help_text="The agency reads this. Figures that are in force stay so until you accept the update again.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter why you reopen this update"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="reopen", **kwargs)


class DutyForm(forms.Form):
    """Who reports on what."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    priority = forms.ModelChoiceField(
        Priority.objects.all(),
        label="Priority",
        empty_label="Choose a priority",
        error_messages={"required": "Choose a priority"},
    )

    def clean(self):
        data = super().clean()
        agency, priority = data.get("agency"), data.get("priority")
        if agency and priority and ReportingDuty.objects.in_force().filter(agency=agency, priority=priority).exists():
            self.add_error("priority", f"{agency.short_name} reports on this priority already")
        return data


class DutyMeasureForm(forms.Form):
    """A measure that a duty asks for. Without a measure the row is left out."""

    measure = forms.ModelChoiceField(
        Measure.objects.filter(calculation=""), label="Measure", required=False, empty_label="None"
    )
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.order_by("-starts_on", "-ends_on"),
        label="For which period?",
        required=False,
        empty_label="The round's own period",
    )

    @property
    def title(self):
        """What the error summary calls this row."""
        return self.prefix and f"Measure {int(self.prefix.rpartition('-')[2]) + 1}"


class BaseDutyMeasures(forms.BaseFormSet):
    """The measures of a duty, with a few rows to add more."""

    def clean(self):
        chosen = [pair for pair in self.measures if pair[0]]
        if any(self.errors):
            return
        for measure, period in chosen:
            if chosen.count((measure, period)) > 1:
                raise forms.ValidationError(f"“{measure}” is chosen twice for the same period")

    @property
    def measures(self):
        """The measures chosen, each with its period or None."""
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return [(row["measure"], row.get("period")) for row in rows if row.get("measure")]


DutyMeasures = forms.formset_factory(DutyMeasureForm, formset=BaseDutyMeasures, extra=3, max_num=60)


class RoundForm(forms.Form):
    """A round: for which period, open from when, due when. The period is chosen, or made from its dates."""

    title = forms.CharField(
        label="Title",
        max_length=100,
        help_text="As partners will read it, such as Quarter 1 2023/24.",
        error_messages={"required": "Enter a title"},
    )
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.order_by("-starts_on", "-ends_on"),
        label="Period",
        required=False,
        empty_label="Another period, with the dates below",
    )
    label = forms.CharField(label="What people call the period", max_length=100, required=False)
    starts_on = forms.DateField(label="Its first day", required=False)
    ends_on = forms.DateField(label="Its last day", required=False)
    opens_on = forms.DateField(
        label="Opening day",
        help_text="On this day the portal asks the agencies. If it has passed, they are asked at once.",
        error_messages={"required": "Enter the opening day"},
    )
    due_on = forms.DateField(
        label="Due date",
        help_text="The last day that is in time. Agencies can still submit after it.",
        error_messages={"required": "Enter the due date"},
    )

    def clean_title(self):
        title = self.cleaned_data["title"]
        if UpdateRound.objects.filter(title__iexact=title).exists():
            raise forms.ValidationError("There is a round with this title already")
        return title

    def clean(self):
        data = super().clean()
        if data.get("period"):
            if any(data.get(name) for name in PERIOD_FIELDS):
                self.add_error("period", "Choose a period or enter dates, not both")
        else:
            self._check_new_period(data)
        if data.get("opens_on") and data.get("due_on") and data["due_on"] < data["opens_on"]:
            self.add_error("due_on", "The due date cannot be before the opening day")
        return data

    def _check_new_period(self, data):
        missing = [name for name in PERIOD_FIELDS if not data.get(name) and name not in self.errors]
        if len(missing) == len(PERIOD_FIELDS):
            self.add_error("period", "Choose a period, or enter its name and dates below")
            return
        for name in missing:
            self.add_error(name, PERIOD_FIELDS[name])
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "The last day cannot be before the first")
        if data.get("label"):
            code = self.period_code
            if not code:
                self.add_error("label", "Use letters or digits in the period's name")
            elif ReportingPeriod.objects.filter(code=code).exists():
                self.add_error("label", "There is a period with this name already: choose it above")

    @property
    def period_code(self):
        return slugify(self.cleaned_data["label"])[:50]

    @property
    def period_kind(self):
        """A quarter, a financial year, or other dates, as its first and last day say."""
        first, after = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"] + timedelta(days=1)
        if first.day != 1 or after.day != 1:
            return PeriodKind.CUSTOM
        months = (after.year - first.year) * 12 + after.month - first.month
        if (months, first.month) == (12, 4):
            return PeriodKind.FINANCIAL_YEAR
        return PeriodKind.QUARTER if months == 3 else PeriodKind.CUSTOM


PERIOD_FIELDS = {
    "label": "Enter what people call the period",
    "starts_on": "Enter the period's first day",
    "ends_on": "Enter the period's last day",
}


class DueDateForm(forms.Form):
    """A round's new due date, and why."""

    due_on = forms.DateField(label="New due date", error_messages={"required": "Enter the new due date"})
    reason = forms.CharField(
        label="Why does it change?",
        help_text="The reason is kept in the record of changes.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter why the due date changes"},
    )

    def __init__(self, *args, round: UpdateRound, **kwargs):
        self.round = round
        super().__init__(*args, initial={"due_on": round.due_on}, **kwargs)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.round.opens_on:
            raise forms.ValidationError("The due date cannot be before the opening day")
        if due_on == self.round.due_on:
            raise forms.ValidationError("This is the due date already")
        return due_on


class EmailChoiceForm(forms.Form):
    """Which reminders one gets."""

    wanted = forms.ChoiceField(
        label="Which reminders do you want by email?",
        choices=EmailsWanted,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which reminders you want"},
    )


class ImportForm(forms.Form):
    """A file of figures, with what the file itself does not say."""

    file = forms.FileField(
        label="File",
        help_text="A .csv or .xlsx file of at most 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
        error_messages={"required": "Choose a file", "empty": "This file is empty."},
    )
    authority = forms.CharField(
        label="Local authority",
        help_text="For a file of the Department for Education: whose figures to take, by name or code.",
        required=False,
        max_length=200,
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        help_text="Which agency answers for measures that the portal does not have yet?",
        error_messages={"required": "Choose the agency that answers for new measures"},
    )

    def clean_file(self):
        """The file with what was read from it as `table` and `content`."""
        file = self.cleaned_data["file"]
        try:
            file.content = file.read(LARGEST_FILE + 1)
            file.table = read_table(file.content, name=file.name)
        except UnreadableFile as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
