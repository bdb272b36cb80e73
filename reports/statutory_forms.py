"""The forms of the statutory guidance: its editions, what they ask for, and which section answers that."""

from django import forms
from django.utils import timezone

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.years import first_day_of, label_of, year_of
from reports.choices import Duty
from reports.models import AnnualReport, Guidance, ItemAnswer, Section, StatutoryItem
from reports.queries import outline

FIRST_YEAR = 2018
"""The first edition that asked safeguarding partners for a yearly report."""


class GuidanceForm(forms.Form):
    """An edition: what it is called, and which reports answer it."""

    title = forms.CharField(
        label="Title",
        max_length=100,
        help_text="Such as Working Together 2023.",
        error_messages={"required": "Enter the title of the edition"},
    )
    year = forms.TypedChoiceField(
        label="First year whose report answers it",
        coerce=int,
        help_text="From April to March. Reports that are begun for this year or later answer it.",
        error_messages={"required": "Choose the first year whose report answers it"},
    )
    is_confirmed = forms.BooleanField(
        label="Its items are confirmed",
        required=False,
        help_text="Otherwise every page and report that shows them says that they are to be confirmed.",
    )
    copied_from = forms.ModelChoiceField(
        Guidance.objects.all(),
        label="Begin with the items of",
        required=False,
        empty_label="None: add each item",
        help_text="They are copied. Change them then.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, guidance: Guidance | None = None, **kwargs):
        super().__init__(*args, initial=_of_guidance(guidance) if guidance else None, **kwargs)
        del self.fields["copied_from" if guidance else "version"]
        years = {*range(FIRST_YEAR, year_of(timezone.localdate()) + 3)}
        if guidance:
            years.add(year_of(guidance.starts_on))
        self.fields["year"].choices = [("", "Choose a year"), *((year, label_of(year)) for year in sorted(years))]

    @property
    def said(self):
        """What the action takes."""
        data = dict(self.cleaned_data)
        return {"starts_on": first_day_of(data.pop("year")), **data}


def _of_guidance(guidance):
    names = ("title", "is_confirmed", "version")
    return {"year": year_of(guidance.starts_on), **{name: getattr(guidance, name) for name in names}}


class StatutoryItemForm(forms.Form):
    """One thing that the guidance asks for."""

    NAMES = ("code", "title", "text", "duty", "source", "version")

    code = forms.CharField(
        label="Code",
        max_length=10,
        help_text="Short, such as A1. Lists and sections name the item by it.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Enter a code"},
    )
    title = forms.CharField(label="Short title", max_length=150, error_messages={"required": "Enter a short title"})
    text = forms.CharField(
        label="What the report is to contain",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what the report is to contain"},
    )
    duty = forms.ChoiceField(
        label="How strongly does the guidance ask for it?",
        choices=[(Duty.MUST, "The report must contain it"), (Duty.SHOULD, "The report should contain it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the report must or should contain it"},
    )
    source = forms.CharField(
        label="Where the guidance says so",
        max_length=200,
        required=False,
        help_text="Chapter and paragraph, such as chapter 3, paragraph 42.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, item: StatutoryItem | None = None, **kwargs):
        initial = {name: getattr(item, name) for name in self.NAMES} if item else None
        super().__init__(*args, initial=initial, **kwargs)
        if item is None:
            del self.fields["version"]


class EvidenceForm(CarefulForm):
    """What in the section answers the item."""

    evidence = CarefulCharField(
        label="What in the section shows it?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence, such as: the share of families whose outcome lasted. It stands in the report. You can "
        "add it later.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, answer: ItemAnswer | None = None, **kwargs):
        initial = {"evidence": answer.evidence, "version": answer.version} if answer else {}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        if answer is None:
            del self.fields["version"]


class ItemAnswerForm(EvidenceForm):
    """Which section answers which item of the report's guidance."""

    item = forms.ModelChoiceField(
        StatutoryItem.objects.none(),
        label="What the guidance asks",
        empty_label="Choose an item",
        error_messages={"required": "Choose what the guidance asks"},
    )
    section = forms.ModelChoiceField(
        Section.objects.none(),
        label="Section that answers it",
        error_messages={"required": "Choose the section that answers it"},
    )

    field_order = ["item", "section", "evidence"]

    def __init__(self, *args, report: AnnualReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = StatutoryItem.objects.in_force().filter(guidance=report.guidance_id)
        self.fields["section"].queryset = report.sections.select_related("report")
        in_order = [(section.pk, str(section)) for section, _ in outline(report.sections.all())]
        self.fields["section"].choices = [("", "Choose a section"), *in_order]


class GuidanceChoiceForm(forms.Form):
    """Which edition a report answers."""

    guidance = forms.ModelChoiceField(
        Guidance.objects.all(),
        label="Edition that this report answers",
        empty_label=None,
        error_messages={"required": "Choose an edition"},
    )
