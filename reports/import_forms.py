"""The forms with which a report comes in from a Word file."""

from collections import Counter

from django import forms
from django.utils import timezone

from partnership.filetypes import LARGEST_FILE, RefusedFile, clean_name
from partnership.models import Agency
from partnership.years import label_of, year_of
from reports.models import Section
from reports.word import read_word

YEARS_BACK = 12
"""How old a report may be that somebody still brings in."""


class ReportFileForm(forms.Form):
    """A report in Word."""

    file = forms.FileField(
        label="File",
        help_text="A Word document (.docx) of at most 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Choose a file", "empty": "This file is empty."},
    )

    def clean_file(self):
        """The file with what was read from it as `outline`."""
        file = self.cleaned_data["file"]
        try:
            file.name = clean_name(file.name)
            file.outline = read_word(file.read(LARGEST_FILE + 1))
        except RefusedFile as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class ReportChoiceForm(forms.Form):
    """What the file itself does not say: which year it is about, and whose its sections are."""

    year = forms.TypedChoiceField(
        label="Year of the report",
        help_text="From April to March. Years that have a report already are not listed.",
        coerce=int,
        error_messages={"required": "Choose the year that the report is about"},
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        help_text="Which agency answers for the sections? You can change that for each section later.",
        error_messages={"required": "Choose the agency that answers for the sections"},
    )

    def __init__(self, *args, outline, **kwargs):
        super().__init__(*args, **kwargs)
        taken = _years_taken()
        years = _free_years(taken)
        self.fields["year"].choices = [("", "Choose a year"), *((year, label_of(year)) for year in years)]
        self.fields["year"].initial = _year_of(outline, years, taken)


def _year_of(outline, free, taken):
    """The year that the file names most; where that has a report, the next one without, after the first report."""
    named = Counter(outline.years_named()).most_common(1)
    if named and named[0][0] in free:
        return named[0][0]
    return min((year for year in free if taken and year > min(taken)), default="")


def _years_taken():
    return set(Section.objects.values_list("report__period__starts_on__year", flat=True).distinct())


def _free_years(taken):
    """The years of which no report has sections, the latest first."""
    latest = year_of(timezone.localdate()) + 1
    return [year for year in range(latest, latest - YEARS_BACK, -1) if year not in taken]
