from django import forms

from partnership.careful_text import CarefulForm
from partnership.choices import AgencyKind
from partnership.models import Agency
from priorities.choices import Unit
from priorities.forms.agreed import version_field
from priorities.models import Measure
from reviews.forms.fields import (
    MOST,
    PastDayField,
    count_field,
    long_field,
    period_field,
    short_field,
)
from reviews.models import RestraintScrutiny

MOST_TYPES = 20


def measure_field(label):
    return forms.ModelChoiceField(
        Measure.objects.filter(unit=Unit.PERCENT),
        label=label,
        required=False,
        empty_label="No measure",
        help_text="The figure is recorded once, as a value of its measure. It is shown here from there.",
    )


class RestraintForm(CarefulForm):
    """What was seen at an establishment in a period."""

    period = period_field()
    establishment = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True, kind=AgencyKind.CUSTODY),
        label="Establishment",
        empty_label="Choose the establishment",
        error_messages={"required": "Choose the establishment"},
    )
    covers = short_field("Which dates does it cover, if not the period’s?", hint="Such as: the last 12 months.")
    incidents = count_field("Incidents viewed", required="Enter how many incidents were viewed")
    unacceptable = count_field(
        "Of those, not within the expected standard", hint="0 if all were acceptable. Empty if that is not known."
    )
    types = long_field(
        "Types of restraint looked at",
        hint="One on each line. If you know how many, add a comma and the number: Pain-inducing, 8.",
    )
    findings = long_field("What was found", rows=6)
    training_measure = measure_field("Staff whose training is up to date")
    paperwork_measure = measure_field("Paperwork that needs improvement")

    FIELDS = ("covers", "incidents", "unacceptable", "findings", "training_measure", "paperwork_measure")

    def clean_types(self):
        """Names with their numbers, None where no number stands, in the order they were given."""
        found, problems = {}, []
        for line in filter(None, map(str.strip, self.cleaned_data["types"].splitlines())):
            name, comma, number = (part.strip() for part in line.rpartition(","))
            if not comma or not number.isascii() or not number.isdecimal():
                name, number = line, ""
            if len(name) > 100:
                problems.append(f"“{name[:40]}…” is too long for a type")
            elif not name or name.casefold() in map(str.casefold, found):
                problems.append(f"“{line[:40]}” stands here twice" if name else "Enter a type before its number")
            elif len(number) > len(str(MOST)):
                problems.append(f"The number of “{name}” is too large")
            else:
                found[name] = int(number) if number else None
        if len(found) > MOST_TYPES:
            problems.append(f"Enter at most {MOST_TYPES} types")
        if problems:
            raise forms.ValidationError(problems)
        return list(found.items())

    def clean(self):
        data = super().clean()
        incidents = data.get("incidents")
        if incidents is not None:
            self._check_parts(data, incidents)
        period, establishment = data.get("period"), data.get("establishment")
        if period and period.closed_at:
            self.add_error("period", f"The report of {period} is signed, so its numbers stay as they are")
        if period and establishment:
            same = RestraintScrutiny.objects.in_force().filter(period=period, establishment=establishment)
            if same.exists():
                self.add_error("period", "This establishment’s scrutiny of this period is recorded already")
        return data

    def _check_parts(self, data, incidents):
        if (data.get("unacceptable") or 0) > incidents:
            self.add_error("unacceptable", f"They are among those viewed, so there cannot be more than {incidents:,}")
        numbers = [number for _, number in data.get("types", ())]
        total = sum(number or 0 for number in numbers)
        if total > incidents or (numbers and None not in numbers and total != incidents):
            self.add_error(
                "types", f"The types add up to {total:,}, and {incidents:,} incidents were viewed. Count each one once"
            )

    @property
    def fields_changed(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class RestraintChangeForm(RestraintForm):
    """What was seen, corrected; period and establishment stay."""

    period = None
    establishment = None
    version = version_field()

    def __init__(self, *args, scrutiny, **kwargs):
        types = "\n".join(
            row.name if row.incidents is None else f"{row.name}, {row.incidents}" for row in scrutiny.types.all()
        )
        initial = {name: getattr(scrutiny, name) for name in (*self.FIELDS, "version")}
        super().__init__(*args, initial={**initial, "types": types}, **kwargs)


class QuestionForm(CarefulForm):
    """A question to the establishment."""

    text = long_field("What do you ask?", required="Enter what you ask", hint="Never about a single child.")
    asked_on = PastDayField(label="When was it asked?", error_messages={"required": "Enter the day it was asked"})


class AnswerForm(CarefulForm):
    """What the establishment answered."""

    answer = long_field("What was the answer?", required="Enter the answer")
    answered_on = PastDayField(
        label="When was it answered?", error_messages={"required": "Enter the day it was answered"}
    )

    def __init__(self, *args, question, **kwargs):
        self.question = question
        initial = {"answer": question.answer, "answered_on": question.answered_on}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_answered_on(self):
        on = self.cleaned_data["answered_on"]
        if on < self.question.asked_on:
            raise forms.ValidationError(f"It was asked on {self.question.asked_on:%-d %B %Y}. The answer comes after")
        return on
