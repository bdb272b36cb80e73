from django import forms

from partnership.models import Agency, ReportingPeriod
from priorities.models import Measure, Priority, ReportingDuty


class DutyForm(forms.Form):
    """Who reports on what."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    priority = forms.ModelChoiceField(
        Priority.objects.in_force(),
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
