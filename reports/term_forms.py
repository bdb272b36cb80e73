"""The form of a term of the glossary."""

import re

from django import forms

from priorities.forms.agreed import version_field
from reports.abbreviations import TOKEN


class TermForm(forms.Form):
    abbreviation = forms.CharField(
        label="Abbreviation",
        max_length=20,
        help_text="As it is written in reports, with its capitals, for one only: for example, MACE, ICB or KCSiE.",
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocapitalize": "off", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter the abbreviation"},
    )
    meaning = forms.CharField(
        label="What it stands for",
        max_length=300,
        help_text="In full, such as: integrated care board. If that says too little, add what it is.",
        error_messages={"required": "Enter what it stands for"},
    )

    def __init__(self, *args, term=None, **kwargs):
        if term:
            given = {name: getattr(term, name) for name in ("abbreviation", "meaning", "version")}
            kwargs["initial"] = given
        super().__init__(*args, **kwargs)
        if term:
            self.fields["version"] = version_field()

    def clean_abbreviation(self):
        abbreviation = " ".join(self.cleaned_data["abbreviation"].split())
        if not re.search(TOKEN, abbreviation):
            raise forms.ValidationError("Enter an abbreviation that begins with a letter, such as MACE")
        return abbreviation

    def clean_meaning(self):
        return " ".join(self.cleaned_data["meaning"].split())
