from django import forms

from partnership.choices import PeriodKind
from partnership.models import Agency, ReportingPeriod
from training.forms.attendances import count_field
from training.forms.sessions import DayField
from training.models import Course, Licence


class LicenceForm(forms.Form):
    """What a year's training gave the people of one agency licence to do."""

    NAMES = ("trained", "licensed", "assessments", "expires_on", "note", "version")

    course = forms.ModelChoiceField(
        Course.objects.all(),
        label="Course",
        empty_label="Choose a course",
        error_messages={"required": "Choose the course that gives the licence"},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR).order_by("-starts_on"),
        label="Year",
        empty_label="Choose a year",
        error_messages={"required": "Choose a year"},
    )
    trained = count_field("Trained in the year", required="Enter how many were trained, or 0")
    licensed = count_field("Licensed in the year", required="Enter how many were licensed, or 0")
    assessments = count_field(
        "Assessments they did in the year",
        hint="Leave empty where the agency reports them as a measure: a number enters once.",
    )
    expires_on = DayField(
        label="When do these licences expire?", error_messages={"required": "Enter the day on which they expire"}
    )
    note = forms.CharField(
        label="What should a reader know?", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, licence=None, **kwargs):
        initial = {name: getattr(licence, name) for name in self.NAMES} if licence else None
        super().__init__(*args, initial=initial, **kwargs)
        self.period = licence.period if licence else None
        if licence:
            del self.fields["course"], self.fields["agency"], self.fields["period"]
        else:
            del self.fields["version"]

    def clean(self):
        data = super().clean()
        period = self.period or data.get("period")
        if period and data.get("expires_on") and data["expires_on"] <= period.starts_on:
            self.add_error("expires_on", f"This is before the year {period}, in which they were given")
        if self.period is None and not self.errors:
            same = Licence.objects.filter(course=data["course"], agency=data["agency"], period=period)
            if same.exists():
                self.add_error("agency", f"Licences of this agency in {period} are recorded already. Change those")
        return data
