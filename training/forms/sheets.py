from django import forms
from django.utils import timezone

from partnership.choices import PeriodKind
from partnership.models import Agency, ReportingPeriod
from partnership.spreadsheets import UnreadableFile, read_table, require_kind
from training.choices import OrganisationType
from training.import_plan import Source
from training.importing import LARGEST_SHEET
from training.matching import likely_type

READ_AT_ONCE = 100 * 1024
"""Up to so many bytes a sheet is read while its sender waits: in about a second. A worker reads larger ones."""

NO_AGENCY = "none"


class SheetForm(forms.Form):
    """An attendance sheet, and the year that it is of."""

    file = forms.FileField(
        label="Attendance sheet",
        help_text="A .csv or .xlsx file of at most 15 MB, with a line for each person at each session.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
        error_messages={"required": "Choose a file", "empty": "This file is empty."},
    )
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR, closed_at=None).order_by("-starts_on"),
        label="Year",
        empty_label="Choose a year",
        help_text="All sessions in the sheet must lie in it. A year whose report is signed is not listed.",
        error_messages={"required": "Choose the year that the sheet is of"},
    )

    def clean_file(self):
        """The file with its `content`, and with what was read from it as `table`: nothing where it is read later."""
        file = self.cleaned_data["file"]
        try:
            file.content = file.read(LARGEST_SHEET + 1)
            require_kind(file.content, name=file.name, largest=LARGEST_SHEET)
            is_small = len(file.content) <= READ_AT_ONCE
            file.table = read_table(file.content, name=file.name, may_have_merged_cells=False) if is_small else None
        except UnreadableFile as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    def clean_period(self):
        period = self.cleaned_data["period"]
        if period.starts_on > timezone.localdate():
            raise forms.ValidationError("This year has not begun")
        return period


class NamesForm(forms.Form):
    """Which agency each name in a sheet means, and its kind. What is most likely is chosen at first.

    Fields go by the position of the name in the sheet, so that they stay the same when a colleague names others.
    """

    def __init__(self, *args, unknown, **kwargs):
        super().__init__(*args, **kwargs)
        self.unknown = unknown
        self.agencies = {str(agency.pk): agency for agency in Agency.objects.filter(is_active=True)}
        for each in unknown:
            self._add_fields(each.number, each)

    def _add_fields(self, number, unknown):
        near = [(str(agency.pk), agency.name) for agency in unknown.suggested]
        others = [(pk, agency.name) for pk, agency in self.agencies.items() if (pk, agency.name) not in near]
        choices = [("", "Choose an agency"), (NO_AGENCY, "An organisation that is not in the portal, such as a school")]
        groups = [("Names like this one", near)] if near else []
        kind = likely_type(near[0][1], unknown.suggested[0].kind) if near else likely_type(unknown.name)
        likely = near[0][0] if near else NO_AGENCY if kind else ""
        self.fields[f"agency_{number}"] = forms.ChoiceField(
            label=f"Who is “{unknown.name}”?",
            choices=[*choices, *groups, ("All agencies" if not near else "Other agencies", others)],
            initial=likely,
            error_messages={"required": f"Choose who “{unknown.name}” is"},
        )
        self.fields[f"type_{number}"] = forms.ChoiceField(
            label=f"What kind of organisation is “{unknown.name}”?",
            choices=[("", "Choose a kind"), *OrganisationType.choices],
            initial=kind,
            error_messages={"required": f"Choose what kind of organisation “{unknown.name}” is"},
        )

    @property
    def sources(self):
        """For each name what it means."""
        found = {}
        for unknown in self.unknown:
            agency = self.agencies.get(self.cleaned_data[f"agency_{unknown.number}"])
            found[unknown.name] = Source(agency, self.cleaned_data[f"type_{unknown.number}"])
        return found


class ConfirmForm(forms.Form):
    """Why more attended than there were places, where that is so."""

    above_capacity = forms.CharField(
        label="Why did more attend than there were places?",
        max_length=500,
        help_text="Such as: a larger room was found on the day. It is kept with each of these sessions.",
        error_messages={"required": "Say why more attended than there were places"},
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        if not plan.above_capacity:
            del self.fields["above_capacity"]


class TakeBackForm(forms.Form):
    """Why an import is taken back as a whole."""

    reason = forms.CharField(
        label="Why is it taken back?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as: the sheet was last year's. It stays in the record of changes.",
        error_messages={"required": "Say why the import is taken back"},
    )
