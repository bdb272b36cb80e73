from django import forms

from partnership.models import Agency
from training.choices import OrganisationType, RoleGroup
from training.counting import Counts
from training.matching import TYPE_OF_KIND

MOST = 100_000


def count_field(label, *, hint="", required=None):
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=MOST,
        required=required is not None,
        error_messages={"required": required or "", "invalid": "Enter a whole number"},
    )


class CountsForm(forms.Form):
    """The counts of one line: only those who were there, or all that became of the bookings."""

    BOOKING = {
        "booked": "Enter how many were booked, or leave all four of these empty",
        "late_cancelled": "Enter how many cancelled late, or 0",
        "no_show": "Enter how many did not come, or 0",
        "unscheduled": "Enter how many came without a booking, or 0",
    }

    attended = count_field(
        "Attended",
        hint="Everybody who was there, with or without a booking.",
        required="Enter how many attended, or 0",
    )
    booked = count_field(
        "Booked", hint="Places not cancelled in good time. Leave this and the next three empty if it is not known."
    )
    late_cancelled = count_field("Late cancellations")
    no_show = count_field("No-shows")
    unscheduled = count_field("Came without a booking")
    above_capacity = forms.CharField(
        label="If more attended than there were places: why?",
        max_length=500,
        required=False,
        help_text="Such as: a larger room was found on the day.",
    )

    def __init__(self, *args, session, attendance=None, initial=None, **kwargs):
        self.session, self.attendance = session, attendance
        known = {name: getattr(attendance, name) for name in ("attended", *self.BOOKING)} if attendance else {}
        given = {"above_capacity": session.above_capacity, **known, **(initial or {})}
        super().__init__(*args, initial=given, **kwargs)
        if session.capacity is None:
            del self.fields["above_capacity"]

    def clean(self):
        data = super().clean()
        given = {name: data.get(name) for name in self.BOOKING}
        if any(count is not None for count in given.values()) or self.BOOKING.keys() & self.errors.keys():
            for name, message in self.BOOKING.items():
                if given[name] is None and name not in self.errors:
                    self.add_error(name, message)
        if not self.errors and data["booked"] is not None:
            self._check_sum(data)
        if not self.errors:
            self._check_places(data)
        return data

    def _check_sum(self, data):
        used = data["attended"] - data["unscheduled"]
        if used < 0:
            self.add_error("unscheduled", f"More came without a booking than the {data['attended']} who attended")
            return
        found = used + data["late_cancelled"] + data["no_show"]
        if found != data["booked"]:
            self.add_error(
                "booked",
                f"{data['booked']} were booked, but {used} came with a booking, {data['late_cancelled']} cancelled "
                f"late and {data['no_show']} did not come: that makes {found}",
            )

    def _check_places(self, data):
        others = self.session.attendances.exclude(pk=self.attendance.pk if self.attendance else None)
        attended = data["attended"] + sum(others.values_list("attended", flat=True))
        capacity = self.session.capacity
        if capacity is not None and attended > capacity and not data["above_capacity"]:
            self.add_error(
                "above_capacity",
                f"With these, {attended} attended, and there were {capacity} places. Check the number, or say why",
            )

    @property
    def counts(self):
        return Counts(**{name: self.cleaned_data[name] for name in ("attended", *self.BOOKING)})

    @property
    def reason(self):
        return self.cleaned_data.get("above_capacity", "")


class AttendanceForm(CountsForm):
    """Who came, from where and in what role."""

    field_order = ("agency", "organisation_type", "role_group")

    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label="Agency", empty_label="No agency of the portal", required=False
    )
    organisation_type = forms.ChoiceField(
        label="Kind of organisation",
        choices=[("", "As the agency's kind says"), *OrganisationType.choices],
        required=False,
        help_text="For a school that is no agency here, choose it and leave the agency empty.",
    )
    role_group = forms.ChoiceField(label="Role", choices=[("", "Not recorded"), *RoleGroup.choices], required=False)

    def clean(self):
        data = super().clean()
        agency = data.get("agency")
        if not data.get("organisation_type") and not {"agency", "organisation_type"} & self.errors.keys():
            if agency and agency.kind in TYPE_OF_KIND:
                data["organisation_type"] = TYPE_OF_KIND[agency.kind].value
            else:
                self.add_error("organisation_type", "Choose the kind of organisation")
        same = self.session.attendances.filter(
            agency=agency,
            organisation_type=data.get("organisation_type") or "",
            role_group=data.get("role_group") or "",
        )
        if same.exists():
            self.add_error("agency", "There is a line for them already. Change that one")
        return data

    @property
    def source(self):
        return {name: self.cleaned_data[name] for name in ("agency", "organisation_type", "role_group")}
