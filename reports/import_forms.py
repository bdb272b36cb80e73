"""The forms with which a report comes in from a Word file."""

from collections import Counter

from django import forms

from partnership.filetypes import LARGEST_FILE, RefusedFile, clean_name
from reports.models import Section
from reports.outline_forms import ReportYearForm, years_without
from reports.word import read_word

YEARS_BACK = 11
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


class ReportChoiceForm(ReportYearForm):
    """What the file itself does not say: which year it is about, and whose its sections are."""

    def __init__(self, *args, outline, **kwargs):
        taken = _years_taken()
        years = years_without(taken, back=YEARS_BACK)
        super().__init__(*args, years=years, **kwargs)
        self.fields["year"].initial = _year_of(outline, years, taken)


def _year_of(outline, free, taken):
    """The year that the file names most; where that has a report, the next one without, after the first report."""
    named = Counter(outline.years_named()).most_common(1)
    if named and named[0][0] in free:
        return named[0][0]
    return min((year for year in free if taken and year > min(taken)), default="")


def _years_taken():
    """The years of which a report has sections."""
    return set(Section.objects.values_list("report__period__starts_on__year", flat=True).distinct())
