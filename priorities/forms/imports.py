from django import forms

from partnership.models import Agency
from partnership.spreadsheets import LARGEST_FILE, UnreadableFile, read_table


class ImportForm(forms.Form):
    """A file of figures, with what the file itself does not say."""

    file = forms.FileField(
        label="File",
        help_text="A .csv or .xlsx file of at most 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
        error_messages={"required": "Choose a file", "empty": "This file is empty."},
    )
    authority = forms.CharField(
        label="Local authority",
        help_text="For a file of the Department for Education: whose figures to take, by name or code.",
        required=False,
        max_length=200,
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        help_text="Which agency answers for measures that the portal does not have yet?",
        error_messages={"required": "Choose the agency that answers for new measures"},
    )

    def clean_file(self):
        """The file with what was read from it as `table` and `content`."""
        file = self.cleaned_data["file"]
        try:
            file.content = file.read(LARGEST_FILE + 1)
            file.table = read_table(file.content, name=file.name)
        except UnreadableFile as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
