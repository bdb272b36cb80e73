from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from partnership.choices import Attendance
from partnership.forms.fields import DayField, version_field

HELD, CANCELLED = "held", "cancelled"


class MeetingForm(forms.Form):
    """A meeting and who was there: one question for each agency that has, or had, a seat.

    Whoever had no seat on the day is not asked about, whatever was chosen.
    """

    held_on = DayField(label="When was the meeting?", error_messages={"required": "Enter the date of the meeting"})
    outcome = forms.ChoiceField(
        label="Did it take place?",
        choices=[(HELD, "Yes"), (CANCELLED, "No, it was cancelled")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        error_messages={"required": "Say whether the meeting took place"},
    )
    cancelled_reason = forms.CharField(
        label="If it was cancelled, why?",
        max_length=300,
        required=False,
        help_text="The annual report can show this.",
    )
    version = version_field()

    def __init__(self, *args, seats, meeting=None, **kwargs):
        super().__init__(*args, initial=_initial(meeting) if meeting else {"outcome": HELD}, **kwargs)
        self.seats = {f"agency-{seat.agency_id}": seat for seat in seats}
        if meeting is None:
            del self.fields["version"]
        for name, seat in self.seats.items():
            self.fields[name] = forms.ChoiceField(
                label=seat.agency.name,
                choices=Attendance,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
                help_text=_days(seat),
            )

    @property
    def rows(self):
        """The question of each agency."""
        return [self[name] for name in self.seats]

    def clean(self):
        data = super().clean()
        held_on = data.get("held_on")
        if data.get("outcome") == CANCELLED and not data.get("cancelled_reason"):
            self.add_error("cancelled_reason", "Enter why the meeting was cancelled")
        if data.get("outcome") == HELD and held_on:
            self._check_day(held_on)
        if data.get("outcome") == HELD:
            self._check_attendances(data, held_on)
        return data

    def _check_day(self, held_on):
        if held_on > timezone.localdate():
            self.add_error("held_on", "Record a meeting once it is over. This date is in the future")
        elif not any(seat.is_held_on(held_on) for seat in self.seats.values()):
            self.add_error("held_on", "No agency had a seat on the group on this day")

    def _check_attendances(self, data, held_on):
        """While the day is not known, those are asked about that had a seat on every day."""
        for name, seat in self.seats.items():
            if not (seat.is_held_on(held_on) if held_on else seat.is_always_held):
                continue
            if name not in self.errors and not data.get(name):
                self.add_error(name, f"Say whether somebody came for {seat.agency.short_name}")

    @property
    def meeting(self):
        """What the actions take of it."""
        data = self.cleaned_data
        is_held = data["outcome"] == HELD
        return {
            "held_on": data["held_on"],
            "cancelled_reason": "" if is_held else data["cancelled_reason"],
            "attendances": {
                seat.agency_id: data[name]
                for name, seat in self.seats.items()
                if is_held and seat.is_held_on(data["held_on"])
            },
        }


def _initial(meeting):
    return {
        "held_on": meeting.held_on,
        "outcome": CANCELLED if meeting.cancelled_reason else HELD,
        "cancelled_reason": meeting.cancelled_reason,
        "version": meeting.version,
        **{f"agency-{each.agency_id}": each.attendance for each in meeting.attendances.all()},
    }


def _days(seat):
    """From when until when an agency had its seat, where it was not always there."""
    first = f"from {date_format(seat.from_on, 'j F Y')}" if seat.from_on else ""
    last = f"until {date_format(seat.until_on, 'j F Y')}" if seat.until_on else ""
    days = " ".join(filter(None, [first, last]))
    return f"A member {days}." if days else ""
