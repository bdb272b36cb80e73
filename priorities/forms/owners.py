from django import forms


class OwnerFilterForm(forms.Form):
    """Which records to list by the agency that owns them: it holds for the page and for its files alike."""

    agency = forms.ChoiceField(label="Agency", required=False)

    def __init__(self, *args, user, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["agency"].choices = [
            ("", "Every agency"),
            ("own", "Your own"),
            *((str(agency.pk), agency.short_name) for agency in owners),
        ]

    @property
    def asked(self):
        """What was asked for, as it stands in the address."""
        return {name: self.data.get(name, "") for name in self.fields}

    @property
    def owners(self):
        """The agencies that are asked for; none if every agency is."""
        agency = self.cleaned_data.get("agency")
        return self.user.agency_ids if agency == "own" else [agency] if agency else None
