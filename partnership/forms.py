import re

from django import forms

from partnership.choices import Role
from partnership.models import Agency, StatisticalNeighbour, User

ONS_CODE = re.compile(r"[EWSN]\d{8}", re.ASCII)
LONGEST_NEIGHBOUR = StatisticalNeighbour._meta.get_field("name").max_length


class NeighboursForm(forms.Form):
    """The statistical neighbours as people paste them: a line for each, with its name and its code."""

    MOST = 20

    neighbours = forms.CharField(
        label="Statistical neighbours",
        help_text="One local authority on each line: its name, a comma and its ONS code, such as Kent, E10000016.",
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["neighbours"].widget.attrs["maxlength"]  # a limit that no list comes near needs no counter
        self.area = area

    def clean_neighbours(self):
        """Names with their codes, in the order they were given."""
        lines = [line.strip() for line in self.cleaned_data["neighbours"].splitlines() if line.strip()]
        if len(lines) > self.MOST:
            raise forms.ValidationError(f"Enter at most {self.MOST} local authorities")
        found = {}
        problems = []
        for line in lines:
            name, _, code = (part.strip() for part in re.sub(r"[\t;]", ",", line).rpartition(","))
            if problem := self._problem(line, name, code.upper(), found):
                problems.append(problem)
            else:
                found[code.upper()] = name
        if problems:
            raise forms.ValidationError(problems)
        return [(name, code) for code, name in found.items()]

    def _problem(self, line, name, code, found):
        if not name or not ONS_CODE.fullmatch(code):
            return f"“{line[:100]}” is not a name, a comma and an ONS code. A code has a letter and eight digits"
        if len(name) > LONGEST_NEIGHBOUR:
            return f"“{name[:40]}…” is too long for a name"
        if code in found or name.casefold() in map(str.casefold, found.values()):
            return f"{name} stands here twice"
        if self.area and (code == self.area.ons_code or name.casefold() == self.area.name.casefold()):
            return f"{name} is the partnership's own area. An authority is not its own neighbour"
        return ""


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
