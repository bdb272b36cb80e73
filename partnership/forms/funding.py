from django import forms

from partnership.choices import ContributionKind, CostHeading
from partnership.forms.fields import PoundsField, version_field
from partnership.models import Agency


class ContributionForm(forms.Form):
    """What an agency gives for a year."""

    FIELDS = ("agency", "kind", "amount", "words")

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Who gives it?",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency", "invalid_choice": "Choose an agency of the list"},
    )
    kind = forms.ChoiceField(
        label="What is given?",
        choices=ContributionKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is money or in kind"},
    )
    amount = PoundsField(
        label="How much?", required=False, help_text="In pounds. In kind, what it is worth, if that is known."
    )
    words = forms.CharField(
        label="What is it?",
        max_length=200,
        required=False,
        help_text="Needed in kind, such as “Time of the designated doctor”. Never a name.",
    )
    version = version_field()

    def __init__(self, *args, contribution=None, **kwargs):
        names = (*self.FIELDS, "version")
        initial = {name: getattr(contribution, name) for name in names} if contribution else None
        super().__init__(*args, initial=initial, **kwargs)
        if contribution is None:
            del self.fields["version"]
        else:
            self.fields["agency"].queryset |= Agency.objects.filter(pk=contribution.agency_id)

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == ContributionKind.CASH and data.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", "Enter how much is given, in pounds")
        if kind == ContributionKind.IN_KIND and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "Enter what is given in kind")
        return data

    @property
    def fields_of_line(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class CostForm(forms.Form):
    """What the arrangements cost in a year under one heading."""

    FIELDS = ("heading", "amount", "words")

    heading = forms.ChoiceField(
        label="What was it spent on?",
        choices=CostHeading,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a heading"},
    )
    amount = PoundsField(
        label="How much?", help_text="In pounds, for the year.", error_messages={"required": "Enter how much it cost"}
    )
    words = forms.CharField(
        label="What exactly?",
        max_length=200,
        required=False,
        help_text="Needed under “Other costs”. Never a name.",
    )
    version = version_field()

    def __init__(self, *args, cost=None, **kwargs):
        names = (*self.FIELDS, "version")
        super().__init__(*args, initial={name: getattr(cost, name) for name in names} if cost else None, **kwargs)
        if cost is None:
            del self.fields["version"]

    def clean(self):
        data = super().clean()
        if data.get("heading") == CostHeading.OTHER and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "Enter what the money was spent on")
        return data

    @property
    def fields_of_line(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}
