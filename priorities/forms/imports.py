from django import forms

from partnership.models import Agency
from partnership.spreadsheets import LARGEST_FILE, UnreadableFile, read_table
from priorities.imports import Choice, column_in_words


class ImportForm(forms.Form):
    """A file of figures, with what the file itself does not say."""

    file = forms.FileField(
        label="File",
        help_text="A .csv or .xlsx file of at most 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
        error_messages={"required": "Choose a file", "empty": "This file is empty."},
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


class ChoiceForm(forms.Form):
    """What of a file of the Department comes in: whose figures, which columns and, where there are several kinds of
    lines, which of them. All are ticked at first.
    """

    authority = forms.ChoiceField(
        label="Local authority",
        help_text="Whose figures come in. England, the region and the statistical neighbours come with them.",
        error_messages={"required": "Choose a local authority"},
    )
    columns = forms.MultipleChoiceField(
        label="Indicators",
        help_text="Each becomes a measure, one for every kind of lines in the file.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one indicator"},
    )

    def __init__(self, *args, offer, known, chosen, **kwargs):
        """`known` are the codes of the measures that the portal has, `chosen` is what was chosen before."""
        super().__init__(*args, **kwargs)
        names = [(area.name, area.name) for area in offer.authorities]
        self.fields["authority"].choices = [("", "Choose a local authority"), *names]
        self.fields["authority"].initial = chosen.authority
        self.fields["columns"].choices = _grouped(offer, known)
        self.fields["columns"].initial = chosen.columns or list(offer.measures)
        self.kinds = {f"kinds_{number}": column for number, column in enumerate(offer.categories)}
        for name, column in self.kinds.items():
            kinds = offer.categories[column]
            self.fields[name] = forms.MultipleChoiceField(
                label=column_in_words(column),
                choices=[(kind, kind or "Not said") for kind in kinds],
                initial=chosen.categories.get(column, kinds),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": "Choose at least one kind of lines"},
            )

    @property
    def choice(self):
        data = self.cleaned_data
        kinds = {column: tuple(data[name]) for name, column in self.kinds.items()}
        return Choice(data["authority"], tuple(data["columns"]), kinds)


def _grouped(offer, known):
    """The columns that give measures which are there already apart from those that give new ones."""
    groups = {"In the portal already": [], "New to the portal": []}
    for column, measures in offer.measures.items():
        group = "In the portal already" if known & set(measures) else "New to the portal"
        groups[group].append((column, column_in_words(column)))
    return [(group, choices) for group, choices in groups.items() if choices]
