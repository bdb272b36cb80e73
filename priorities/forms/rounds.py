from datetime import date, timedelta

from django import forms
from django.utils.text import slugify

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from priorities.models import UpdateRound

EARLIEST, LATEST = date(1989, 1, 1), date(2099, 12, 31)
"""What a period can lie in: from the year of the Children Act 1989 on."""


class DayField(forms.DateField):
    """A day of a round or its period."""

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(f"Enter a date from {EARLIEST.year} to {LATEST.year}")


class RoundForm(CarefulForm):
    """A round: for which period, open from when, due when. The period is chosen, or made from its dates."""

    title = CarefulCharField(
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
    label = CarefulCharField(label="What people call the period", max_length=100, required=False)
    starts_on = DayField(label="Its first day", required=False)
    ends_on = DayField(label="Its last day", required=False)
    opens_on = DayField(
        label="Opening day",
        help_text="On this day the portal asks the agencies. To change its questions first, choose a later day.",
        error_messages={"required": "Enter the opening day"},
    )
    due_on = DayField(
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
    def named(self):
        return self.with_ticks("title")

    @property
    def period_named(self):
        return self.with_ticks("label")

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


class DueDateForm(CarefulForm):
    """A round's new due date, and why."""

    due_on = DayField(label="New due date", error_messages={"required": "Enter the new due date"})
    reason = CarefulCharField(
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


class YearFilterForm(forms.Form):
    """Which part of a year's grid to show."""

    agency = forms.ChoiceField(label="Agency", required=False)
    priority = forms.ChoiceField(label="Priority", required=False)
    is_late = forms.BooleanField(label="Only agencies that are late", required=False)

    def __init__(self, *args, agencies, priorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *((str(each.pk), each.name) for each in agencies)]
        self.fields["priority"].choices = [("", "Every priority"), *((str(each.pk), each.name) for each in priorities)]

    @property
    def chosen(self):
        """What to show; everything where it asks for what the year does not have."""
        return self.cleaned_data if self.is_valid() else {}
