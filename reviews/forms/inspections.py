from django import forms

from partnership.careful_text import CarefulForm
from partnership.models import Agency
from priorities.forms.agreed import version_field
from reviews.forms.fields import (
    PastDayField,
    ThemesField,
    agency_field,
    link_field,
    long_field,
    short_field,
)
from reviews.models import Inspection


class InspectionForm(CarefulForm):
    """An inspection, new or as it is known now."""

    body = short_field("Inspectorate", required="Enter the inspectorate", hint="Such as Ofsted.")
    subject = short_field(
        "What was inspected?", required="Enter what was inspected", hint="Such as: focused visit to children in need."
    )
    agency = agency_field("Which agency was inspected?", required="Choose the agency")
    follows_on = forms.ModelChoiceField(
        Inspection.objects.in_force().order_by("-started_on"),
        label="Is it a re-inspection?",
        required=False,
        empty_label="No, it is the first",
        help_text="Choose the inspection that it follows on from.",
    )
    started_on = PastDayField(
        label="Began on",
        help_text="A re-inspection has one date. If sources differ, choose one and say why below.",
        error_messages={"required": "Enter the day it began"},
    )
    is_month_only = forms.BooleanField(
        label="Only the month is known", required=False, help_text="Enter the first day of the month above."
    )
    ended_on = PastDayField(label="Ended on", required=False)
    published_on = PastDayField(label="Report published on", required=False)
    about_dates = long_field("About the dates", hint="Which source a date comes from, where sources differ.", rows=3)
    judgement = short_field(
        "Judgement", hint="In the words of the inspectorate’s scale, such as Requires improvement.", longest=100
    )
    outcome = long_field("What was found")
    link = link_field("Where the report is")
    themes = ThemesField(label="Themes", help_text="What it found that others found too.")

    FIELDS = (
        "body",
        "subject",
        "agency",
        "follows_on",
        "started_on",
        "is_month_only",
        "ended_on",
        "published_on",
        "about_dates",
        "judgement",
        "outcome",
        "link",
    )

    def __init__(self, *args, inspection=None, **kwargs):
        self.inspection = inspection
        initial = {}
        if inspection:
            initial = {name: getattr(inspection, name) for name in (*self.FIELDS, "version")}
            initial["themes"] = inspection.themes.all()
        super().__init__(*args, initial=initial, **kwargs)
        if inspection:
            self.fields["version"] = version_field()
            self.fields["follows_on"].queryset = self.fields["follows_on"].queryset.exclude(pk=inspection.pk)
            self.fields["agency"].queryset |= Agency.objects.filter(pk=inspection.agency_id)

    def clean(self):
        data = super().clean()
        began = data.get("started_on")
        if began:
            self._check_days(data, began)
        if data.get("subject") and began:
            same = Inspection.objects.in_force().filter(subject=data["subject"], started_on=began)
            if same.exclude(pk=self.inspection and self.inspection.pk).exists():
                self.add_error("subject", "This inspection is recorded already: the same subject on the same day")
        return data

    def _check_days(self, data, began):
        if data.get("is_month_only") and began.day != 1:
            self.add_error("started_on", "Enter the first day of the month, or say that the day is known")
        for name, what in (("ended_on", "end"), ("published_on", "be published")):
            if data.get(name) and data[name] < began:
                self.add_error(name, f"It cannot {what} before it began ({began:%-d %B %Y})")
        before = data.get("follows_on")
        if before and before.started_on > began:
            self.add_error("follows_on", f"That one began later, on {before.began}. A re-inspection follows")

    @property
    def recorded(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    @property
    def themes_named(self):
        return [theme.name for theme in self.cleaned_data["themes"]]


class InspectionFilterForm(forms.Form):
    """Which inspections the list shows."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(inspections__isnull=False).distinct(),
        label="Agency",
        required=False,
        empty_label="All agencies",
    )
    show = forms.ChoiceField(
        label="Show",
        choices=[("", "All"), ("open", "With recommendations still open")],
        required=False,
    )
