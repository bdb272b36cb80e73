from django import forms

from partnership.models import Agency

YES, NO = "yes", "no"


class ApprovalChoiceForm(forms.Form):
    """Whether somebody else at an agency approves its updates before they are submitted."""

    choice = forms.ChoiceField(
        label="Does somebody else approve your updates before you submit them?",
        choices=[
            (YES, "Yes: ask who approved it each time"),
            (NO, "No: whoever writes an update can submit it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether somebody else approves your updates"},
    )

    def __init__(self, data=None, *, agency: Agency):
        super().__init__(data, initial={"choice": YES if agency.has_approver else NO})

    @property
    def has_approver(self):
        return self.cleaned_data["choice"] == YES
