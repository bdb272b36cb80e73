from django import forms

from partnership.careful_text import CarefulForm
from partnership.choices import PeriodKind
from partnership.models import Area
from priorities.forms.agreed import version_field
from reviews.forms.fields import ThemesField, count_field, long_field, period_field
from reviews.models import ChildDeathSummary

COUNTS = ("notified", "unexpected", "reviewed", "modifiable")

PARTS = (
    ("unexpected", "notified", "Unexpected deaths are among those notified, so there cannot be more than {whole:,}"),
    ("modifiable", "reviewed", "These deaths are among those reviewed, so there cannot be more than {whole:,}"),
)
"""What is counted among what, and what is said when it is more."""


class ChildDeathsForm(CarefulForm):
    """A year's counts of child deaths in an area."""

    period = period_field("Which year?", kinds=(PeriodKind.FINANCIAL_YEAR,))
    area = forms.ModelChoiceField(
        Area.objects.all(),
        label="Which area do the counts cover?",
        empty_label="Choose an area",
        help_text="The panel may cover more than this partnership.",
        error_messages={"required": "Choose the area"},
    )
    notified = count_field("Deaths notified", required="Enter how many were notified, 0 if none")
    unexpected = count_field("Of those, unexpected", hint="Leave it empty if it is not known.")
    reviewed = count_field("Deaths reviewed", hint="They may have been notified in an earlier year.")
    modifiable = count_field(
        "Of those, with modifiable factors", hint="Something that could be changed to prevent deaths in future."
    )
    themes = ThemesField(label="Themes", help_text="The modifiable factors found most often.")
    priorities = long_field("What the panel put first this year", hint="One on each line. Never a case.", rows=6)

    def clean(self):
        data = super().clean()
        for part, whole, words in PARTS:
            if data.get(part) is None or whole in self.errors:
                continue
            if data.get(whole) is None:
                self.add_error(whole, "Enter how many were reviewed: some had modifiable factors")
            elif data[part] > data[whole]:
                self.add_error(part, words.format(whole=data[whole]))
        if data.get("period") and data.get("area"):
            self._check_year(data)
        return data

    def _check_year(self, data):
        if data["period"].closed_at:
            self.add_error("period", f"The report of {data['period']} is signed, so its counts stay as they are")
        same = ChildDeathSummary.objects.in_force().filter(period=data["period"], area=data["area"])
        if same.exists():
            self.add_error("area", f"There are counts of {data['period']} for this area already. Change those")

    @property
    def counts(self):
        return {name: self.cleaned_data[name] for name in COUNTS}

    @property
    def themes_named(self):
        return [theme.name for theme in self.cleaned_data["themes"]]


class ChildDeathsChangeForm(ChildDeathsForm):
    """The counts corrected, with the reason; year and area stay."""

    period = None
    area = None
    reason = long_field(
        "Why do they change?", required="Enter why they change", hint="Kept in the record of changes.", rows=3
    )
    version = version_field()

    def __init__(self, *args, summary, **kwargs):
        initial = {name: getattr(summary, name) for name in (*COUNTS, "priorities", "version")}
        super().__init__(*args, initial={**initial, "themes": summary.themes.all()}, **kwargs)
