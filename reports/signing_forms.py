"""The forms of sign-off and publishing."""

from allauth.account.adapter import get_adapter
from django import forms
from django.utils import timezone

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.choices import Permission, roles_that_may
from partnership.filetypes import LARGEST_FILE
from partnership.models import Membership
from priorities.forms.rounds import DayField
from reports.choices import PlaceKind, SigningOrder


class SendForm(CarefulForm):
    """How the report is put to sign-off; a later version says what it corrects."""

    order = forms.ChoiceField(
        label="In which order do they sign?",
        choices=SigningOrder,
        initial=SigningOrder.IN_PARALLEL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose in which order they sign"},
    )
    correction_note = CarefulCharField(
        label="What does this version correct?",
        help_text="Readers of the published report see this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Enter what this version corrects"},
    )

    def __init__(self, *args, is_correction, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_correction:
            self.leave_out("correction_note")


class PlaceForm(forms.Form):
    """Whose name is to stand below the report: somebody who may sign for their agency, or the chair."""

    person = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Who is asked?",
        empty_label="Choose a person",
        help_text="People with the role of signatory, or of chair. Their job title and agency stand in the report.",
        error_messages={"required": "Choose who is asked"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [*roles_that_may(Permission.SIGNATURE_GIVE), *roles_that_may(Permission.STATEMENT_MAKE)]
        able = Membership.objects.filter(role__in=roles, user__is_active=True).select_related("user", "agency")
        self.fields["person"].queryset = able.order_by("agency__name", "user__name")

    @property
    def chosen(self):
        """What `add_signing_place` takes."""
        membership = self.cleaned_data["person"]
        is_chair = membership.role in roles_that_may(Permission.STATEMENT_MAKE)
        return {
            "agency": membership.agency,
            "post": membership.user.post or membership.get_role_display(),
            "kind": PlaceKind.CHAIR if is_chair else PlaceKind.PARTNER,
        }


class PasswordForm(forms.Form):
    """Whoever signs shows again that it is them. Too many wrong passwords stop it for a while, as at sign-in."""

    name = forms.CharField(
        label="Your name",
        help_text="As it is to stand below the report.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    password = forms.CharField(
        label="Your password",
        help_text="The one you sign in to the portal with, to show that it is you.",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )

    field_order = ["name", "comment", "is_read", "password"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, initial={"name": by.name}, **kwargs)
        self.by = by

    def clean_password(self):
        if not get_adapter().reauthenticate(self.by, self.cleaned_data["password"]):
            raise forms.ValidationError("This is not your password. Try again.")
        return self.cleaned_data["password"]

    @property
    def said(self):
        """What is bound to the report: everything but what proves who it is."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("password", "is_read")}


class SignForm(PasswordForm):
    is_read = forms.BooleanField(
        label="I have read this version of the report and sign it for my organisation",
        error_messages={"required": "Tick that you have read the report and sign it"},
    )


class StatementForm(PasswordForm, CarefulForm):
    comment = CarefulCharField(
        label="Your comment",
        help_text="The safeguarding partners and the board team read it here. It is not part of the report.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class ReasonForm(CarefulForm):
    """Why something is refused, taken back or withdrawn."""

    reason = CarefulCharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Enter the reason"},
    )


class PaperForm(forms.Form):
    """A signature that was given on paper."""

    name = forms.CharField(label="Name on the paper", max_length=150, error_messages={"required": "Enter the name"})
    signed_on = DayField(
        label="Signed on", help_text="The day that stands on the paper.", error_messages={"required": "Enter the day"}
    )

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Enter a day that is not in the future")
        return day


class RecipientForm(forms.Form):
    """Somebody who is sent every published report."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter a name"})
    email = forms.EmailField(
        label="Email address", required=False, help_text="Leave it empty to send it yourself and record that here."
    )
    is_statutory = forms.BooleanField(label="The guidance names them", required=False)
    within_days = forms.IntegerField(
        label="Within how many days of publication?",
        required=False,
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a whole number of days, such as 7",
            "min_value": "Enter at least 1 day, or leave it empty",
            "max_value": "Enter at most 365 days, or leave it empty",
        },
    )


class ReceiptForm(forms.Form):
    """How a recipient was sent the report."""

    how = forms.CharField(
        label="How was it sent?",
        help_text="Such as: by email on 2 October, with the PDF.",
        max_length=200,
        error_messages={"required": "Enter how it was sent"},
    )


class FileToVerifyForm(forms.Form):
    """A file that somebody wants to know of whether it is ours. It is read and forgotten."""

    file = forms.FileField(
        label="File",
        help_text="A PDF or another file of an annual report, of at most 20 MB. It is compared and not kept.",
        error_messages={"required": "Choose a file", "empty": "This file is empty."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("This file is larger than 20 MB. The annual report is not.")
        return file
