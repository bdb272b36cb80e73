from decimal import Decimal

import pytest

from training.rates import (
    OF_BOOKINGS,
    OF_PLACES,
    Tally,
    added,
    cost_per_attendance,
    rates,
    share_of_bookings,
    share_of_places,
    told,
)

HIDDEN = "hidden to protect people"
UNKNOWN = "not available"


def test_one_data_set_has_two_rates_and_neither_goes_without_its_definition():
    tally = Tally(attended=304, booked=318, late_cancelled=6, no_show=8, places=393, attended_of_places=304)

    assert [(rate.name, rate.text, rate.basis) for rate in rates(tally)] == [
        (OF_BOOKINGS, "95.6%", "304 of 318 bookings"),
        (OF_PLACES, "77.4%", "304 of 393 places"),
    ]
    assert all("Of 100 places" in rate.definition for rate in rates(tally))


def test_who_came_without_a_booking_fills_a_place_but_uses_no_booking():
    tally = Tally(
        attended=60, booked=70, late_cancelled=10, no_show=10, unscheduled=10, places=80, attended_of_places=60
    )

    assert (share_of_bookings(tally).basis, share_of_places(tally).basis) == ("50 of 70 bookings", "60 of 80 places")


@pytest.mark.parametrize(
    ("tally", "text"),
    [
        (Tally(attended=20), UNKNOWN),
        (Tally(attended=16, booked=20, late_cancelled=4), HIDDEN),  # tells of the four
        (Tally(attended=3, booked=20, no_show=17), HIDDEN),
        (Tally(attended=20, booked=20), "100.0%"),
        (Tally(attended=12, booked=20, no_show=10, unscheduled=2), HIDDEN),  # 10 of 20 would tell that 2 just came
    ],
)
def test_share_of_bookings_is_hidden_where_it_tells_of_few(tally, text):
    assert share_of_bookings(tally).text == text
    assert share_of_bookings(tally).basis == ("" if text in (HIDDEN, UNKNOWN) else "20 of 20 bookings")


@pytest.mark.parametrize(("attended", "text"), [(0, "0.0%"), (5, HIDDEN), (6, "20.0%"), (28, "93.3%"), (33, "110.0%")])
def test_share_of_places_hides_few_people_but_not_few_empty_places(attended, text):
    assert share_of_places(Tally(attended=attended, places=30, attended_of_places=attended)).text == text


def test_nothing_hidden_can_be_worked_out_from_what_is_told():
    words = told(Tally(attended=30, booked=38, late_cancelled=2, no_show=8, unscheduled=2))

    assert words == {
        "attended": "30",
        "booked": "38",
        "with_booking": HIDDEN,  # 30 less this would be the two who just came
        "late_cancelled": HIDDEN,
        "no_show": HIDDEN,  # or the late cancellations would be what is left of the bookings
        "unscheduled": HIDDEN,
    }


def test_without_bookings_only_the_attendances_are_known():
    assert told(Tally(attended=30)) == {
        "attended": "30",
        **dict.fromkeys(("booked", "with_booking", "late_cancelled", "no_show", "unscheduled"), UNKNOWN),
    }


@pytest.mark.parametrize(
    ("cost", "attended", "text"),
    [("450", 12, "£37.50"), ("100", 3, HIDDEN), ("0", 0, UNKNOWN), ("100000", 8, "£12,500.00")],
)
def test_cost_is_told_for_each_attendance(cost, attended, text):
    assert cost_per_attendance(Tally(attended=attended, cost=Decimal(cost), attended_at_cost=attended)) == text


def test_sums_are_of_every_count():
    one = Tally(attended=1, booked=2, late_cancelled=3, no_show=4, unscheduled=5, places=6, attended_of_places=7)

    assert added([one, one]) == Tally(
        attended=2, booked=4, late_cancelled=6, no_show=8, unscheduled=10, places=12, attended_of_places=14
    )
    assert added([]) == Tally()
