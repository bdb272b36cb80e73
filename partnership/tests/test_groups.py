from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import actions
from partnership.choices import Attendance
from partnership.forms.groups import SeatChangeForm
from partnership.forms.meetings import MeetingForm
from partnership.models import AuditEvent, Meeting, Seat
from partnership.queries import group_years
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_erin,
    make_group,
    make_meeting,
    make_partnership,
    make_period,
)

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2022, 5, 12), date(2022, 6, 9)


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(date(2023, 6, 1), tick=False):
        yield


def seat_of(agency, group=None):
    return Seat.objects.get(group=group or make_group(), agency=make_agency(agency))


def came(agency, code="2022-23"):
    (year,) = group_years(make_period(code), [make_group()])
    return [str(member.attended) for member in year.members if member.seat.agency.code == agency]


def close(code="2022-23"):
    return actions.close_period(period=make_period(code), by=make_erin())


def change_seat(seat, **fields):
    days = {"from_on": seat.from_on, "until_on": seat.until_on, "post": seat.post, "version": seat.version}
    return actions.change_seat(seat=seat, **days | fields, by=make_alice())


def typed(**answers):
    return {
        "held_on": "2022-05-12",
        "outcome": "held",
        "cancelled_reason": "",
        **{f"agency-{make_agency(code).pk}": answer for code, answer in answers.items()},
    }


# Seats


def test_what_an_agency_attended_is_told_for_the_days_of_its_seat():
    make_meeting(held_on=MAY, police=Attendance.ABSENT)
    change_seat(seat_of("health"), until_on=date(2022, 5, 31))
    actions.add_seat(group=make_group(), agency=make_agency("council"), from_on=JUNE, by=make_alice())
    june = {make_agency(code).pk: Attendance.DEPUTY for code in ("police", "council")}
    actions.record_meeting(group=make_group(), held_on=JUNE, attendances=june, by=make_alice())
    make_meeting(held_on=date(2022, 7, 7), cancelled_reason="Flood")

    assert [came(agency) for agency in ("police", "health", "council")] == [["1 of 2"], ["1 of 1"], ["1 of 1"]]
    assert [came(agency, "2021-22") for agency in ("police", "health", "council")] == [
        ["no meetings"],
        ["no meetings"],
        [],
    ]


def test_an_agency_has_one_seat_on_a_group():
    seat = seat_of("police")

    with pytest.raises(WrongState, match="has a seat on Group BOARD already"):
        actions.add_seat(group=seat.group, agency=seat.agency, from_on=JUNE, by=make_alice())


def test_a_seat_ends_after_it_begins_whatever_writes_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        change_seat(seat_of("police"), from_on=JUNE, until_on=MAY)


def test_who_sat_on_a_group_in_a_signed_year_stays():
    seat = seat_of("police")
    close()

    change_seat(seat, until_on=date(2023, 4, 30))
    seat.refresh_from_db()
    for wrong in ({"from_on": MAY}, {"until_on": MAY}):
        with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
            change_seat(seat, **wrong)
    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        actions.add_seat(group=seat.group, agency=make_agency("council"), from_on=MAY, by=make_alice())
    change_seat(seat, post="Superintendent")


def test_a_seat_that_was_changed_in_the_meantime_is_not_overwritten():
    seat = seat_of("police")
    change_seat(seat, post="Inspector")

    with pytest.raises(StaleSave):
        change_seat(seat, post="Superintendent")

    assert seat_of("police").post == "Inspector"


def test_the_last_day_of_a_seat_is_not_before_its_first():
    form = SeatChangeForm(
        {"post": "", "from_on": "2022-06-09", "until_on": "2022-05-12", "version": 1}, seat=seat_of("police")
    )

    assert form.errors == {"until_on": ["The last day cannot be before the first"]}


# Meetings


def test_a_meeting_keeps_who_was_there_and_can_be_corrected_and_removed():
    meeting = make_meeting(health=Attendance.APOLOGIES)
    fields = {"held_on": JUNE, "attendances": {make_agency("health").pk: Attendance.DEPUTY}, "cancelled_reason": ""}

    actions.change_meeting(meeting=meeting, version=1, **fields, by=make_alice())

    assert list(Meeting.objects.values_list("held_on", "attendances__attendance")) == [(JUNE, "deputy")]
    with pytest.raises(StaleSave):
        actions.change_meeting(meeting=meeting, version=1, **fields, by=make_alice())
    actions.remove_meeting(meeting=meeting, by=make_alice())
    with pytest.raises(WrongState, match="was removed in the meantime"):
        actions.remove_meeting(meeting=meeting, by=make_alice())
    assert [(event.verb, event.detail) for event in AuditEvent.objects.filter(verb__startswith="meeting.")] == [
        ("meeting.removed", "9 June 2022. Health: deputy came"),
        (
            "meeting.changed",
            "Before: 12 May 2022. Health: sent apologies, Police: present\nNow: 9 June 2022. Health: deputy came",
        ),
        ("meeting.recorded", "12 May 2022. Health: sent apologies, Police: present"),
    ]


def test_a_group_meets_once_a_day():
    make_meeting()
    june = make_meeting(held_on=JUNE)

    with pytest.raises(WrongState, match="There is a meeting of Group BOARD on 12 May 2022 already"):
        make_meeting()
    with pytest.raises(WrongState, match="on 12 May 2022 already"):
        actions.change_meeting(
            meeting=june, version=1, held_on=MAY, attendances={}, cancelled_reason="Flood", by=make_alice()
        )


def test_the_meetings_of_a_signed_year_stay():
    meeting = make_meeting()
    close()
    april = date(2023, 4, 20)

    for act in (
        lambda: make_meeting(held_on=JUNE),
        lambda: actions.remove_meeting(meeting=meeting, by=make_alice()),
        lambda: actions.change_meeting(
            meeting=meeting, version=1, held_on=april, attendances={}, cancelled_reason="Flood", by=make_alice()
        ),
    ):
        with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
            act()
    assert Meeting.objects.get().held_on == MAY


def test_the_form_asks_for_every_agency_with_a_seat_on_the_day():
    group = make_group()
    change_seat(seat_of("health"), until_on=date(2022, 4, 30))

    form = MeetingForm(typed(health="present"), seats=group.seats.select_related("agency"))

    assert form.errors == {f"agency-{make_agency('police').pk}": ["Say whether somebody came for Police"]}
    assert [row.help_text for row in form.rows] == ["A member until 30 April 2022.", ""]
    form = MeetingForm(typed(health="present", police="absent"), seats=group.seats.select_related("agency"))
    assert form.is_valid()
    assert form.meeting["attendances"] == {make_agency("police").pk: "absent"}


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"held_on": "2023-06-02"}, {"held_on": ["Record a meeting once it is over. This date is in the future"]}),
        ({"held_on": "9999-12-31"}, {"held_on": ["Enter a date up to the year 2100"]}),
        ({"held_on": "1999-12-31"}, {"held_on": ["Enter a date from the year 2000 on"]}),
        ({"outcome": "cancelled"}, {"cancelled_reason": ["Enter why the meeting was cancelled"]}),
        (
            {"outcome": "cancelled", "cancelled_reason": "Flood\x00"},
            {"cancelled_reason": ["Null characters are not allowed.", "Enter why the meeting was cancelled"]},
        ),
        ({"held_on": "2023-06-02", "outcome": "cancelled", "cancelled_reason": "Strike"}, {}),
    ],
)
def test_what_cannot_have_been_is_refused_beside_its_field(answers, errors):
    seats = make_group().seats.select_related("agency")

    form = MeetingForm(typed(health="present", police="present") | answers, seats=seats)

    assert form.errors == errors


def test_the_board_records_a_meeting_and_everybody_reads_who_came(client):
    make_partnership()
    make_period()
    group = make_group(posts={"police": "Superintendent"})
    client.force_login(make_alice())

    response = client.post(
        reverse("partnership:meeting-record", args=[group.pk]), typed(police="present", health="apologies")
    )

    address = reverse("partnership:group-detail", args=[group.pk])
    assert response.headers["Location"] == f"{address}?year=2022-23"
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["The meeting is recorded."]
    client.force_login(make_bob())
    page = client.get(address)
    assert [
        (line.meeting.held_on, str(line.attended), line.apologies, line.absent) for line in page.context["year"].lines
    ] == [(MAY, "1 of 2", "Health", "")]
    assert "Superintendent" in page.content.decode()
    assert reverse("partnership:meeting-change", args=[Meeting.objects.get().pk]) not in page.content.decode()


def test_a_meeting_that_is_there_already_leaves_what_was_typed(client):
    make_partnership()
    make_meeting()
    client.force_login(make_alice())

    page = client.post(
        reverse("partnership:meeting-record", args=[make_group().pk]), typed(police="deputy", health="absent")
    )

    form = page.context["form"]
    assert form.non_field_errors() == ["There is a meeting of Group BOARD on 12 May 2022 already. Correct that one."]
    assert [row.value() for row in form.rows] == ["absent", "deputy"]


def test_years_of_groups_take_the_same_queries_for_one_and_for_three(django_assert_num_queries):
    make_meeting()
    period = make_period()
    with django_assert_num_queries(4):
        [year.lines for year in group_years(period)]
    for code in ("SA", "MACE"):
        make_meeting(make_group(code, "police", "council", "health"), JUNE)
        make_meeting(make_group(code), MAY)

    with django_assert_num_queries(4):
        lines = [len(year.lines) for year in group_years(period)]

    assert lines == [1, 2, 2]
