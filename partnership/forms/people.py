from django import forms

from partnership.choices import Role
from partnership.models import Agency, User


class AgencyAndRoleForm(forms.Form):
    """What somebody does here, and for whom."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    role = forms.ChoiceField(
        label="Role", choices=Role, widget=forms.RadioSelect, error_messages={"required": "Choose a role"}
    )


class PersonForm(AgencyAndRoleForm):
    """Who is invited, and as what."""

    field_order = ("name", "email", "post", "agency", "role")

    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Enter the person's name"})
    email = forms.EmailField(
        max_length=254,
        label="Email address",
        help_text="They sign in with it, and the invitation goes there.",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address like name@example.org",
        },
    )
    post = forms.CharField(label="Job title", max_length=150, required=False)

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody with this email address has an account already")
        return email


class RoleForm(AgencyAndRoleForm):
    """One more role for a person."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        data = super().clean()
        if self.user.memberships.filter(agency=data.get("agency"), role=data.get("role")).exists():
            raise forms.ValidationError("They have this role at this agency already")
        return data
