from django import forms

from partnership.forms.fields import DayField, version_field
from partnership.models import Agency, Seat

POST_HINT = "Such as “Head of safeguarding”. Never a name."


class SeatForm(forms.Form):
    """An agency that joins a group."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Agency",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency", "invalid_choice": "Choose an agency of the list"},
    )
    post = forms.CharField(label="Post of its member", max_length=150, required=False, help_text=POST_HINT)
    from_on = DayField(label="Member from", error_messages={"required": "Enter the first day"})

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True).exclude(seats__group=group)


class SeatChangeForm(forms.Form):
    """Who sits there now, and until when."""

    post = forms.CharField(label="Post of its member", max_length=150, required=False, help_text=POST_HINT)
    from_on = DayField(
        label="Member from", required=False, help_text="Leave it empty if the agency was always a member."
    )
    until_on = DayField(
        label="Member until", required=False, help_text="The last day. Leave it empty while it is a member."
    )
    version = version_field()

    def __init__(self, *args, seat: Seat, **kwargs):
        initial = {name: getattr(seat, name) for name in ("post", "from_on", "until_on", "version")}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        data = super().clean()
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day cannot be before the first")
        return data
