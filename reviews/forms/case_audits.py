from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.models import Agency
from priorities.forms.agreed import version_field
from reviews.forms.audits import day_field
from reviews.forms.fields import ThemesField
from reviews.models import CaseAudit


class CaseAuditForm(CarefulForm):
    """A multi-agency audit."""

    topic = CarefulCharField(
        label="Topic",
        max_length=200,
        help_text="Such as neglect, or the voice of the child.",
        error_messages={"required": "Enter the topic"},
    )
    month = day_field(
        "When was it held?", "Enter a day in the month in which it was held", help_text="Any day in its month."
    )
    cases = forms.IntegerField(
        label="How many cases were audited?",
        min_value=1,
        max_value=9999,
        error_messages={"required": "Enter how many cases were audited", "invalid": "Enter a whole number"},
    )
    good_practice = CarefulCharField(
        label="Good practice seen", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    themes = ThemesField(label="Themes it raised")

    def __init__(self, *args, case_audit=None, **kwargs):
        self.case_audit = case_audit
        if case_audit:
            initial = {name: getattr(case_audit, name) for name in ("topic", "month", "cases", "good_practice")}
            kwargs["initial"] = {**initial, "themes": case_audit.themes.all(), "version": case_audit.version}
        super().__init__(*args, **kwargs)
        if case_audit:
            self.fields["version"] = version_field()

    def clean(self):
        data = super().clean()
        if data.get("topic") and data.get("month"):
            others = CaseAudit.objects.exclude(pk=self.case_audit.pk if self.case_audit else None)
            if others.filter(topic=data["topic"], month=data["month"].replace(day=1)).exists():
                self.add_error("topic", "An audit of this topic in that month is recorded already")
        return data


class FindingForm(CarefulForm):
    """One thing that an audit found."""

    text = CarefulCharField(
        label="What was found?",
        max_length=2000,
        help_text="One finding, in words that tell nobody who a child is.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what was found"},
    )


class FindingRecommendForm(CarefulForm):
    """What is recommended because of a finding."""

    text = CarefulCharField(
        label="What is recommended?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what is recommended"},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="To which agency?",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency"},
    )
    due_on = day_field("By when?", "", required=False)
