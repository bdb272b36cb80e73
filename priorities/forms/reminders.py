from django import forms

from priorities.choices import EmailsWanted


class EmailChoiceForm(forms.Form):
    """Which reminders one gets."""

    wanted = forms.ChoiceField(
        label="Which reminders do you want by email?",
        choices=EmailsWanted,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which reminders you want"},
    )
