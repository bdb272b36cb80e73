from datetime import date
from decimal import Decimal

import pytest
import time_machine

from partnership.tests.factories import make_agency, make_bob, make_period
from priorities import actions
from priorities.actions import ReturnedValue
from priorities.choices import DisclosureRule, Qualifier, Unit, ValueCode
from priorities.forms.values import ValueForm
from priorities.queries import requested_with_values
from priorities.tests.factories import ANSWERS, make_measure, make_update, make_value

pytestmark = pytest.mark.django_db


def row_for(unit=Unit.CHILDREN, **more):
    """What a new update asks for: one measure of this unit."""
    measure = make_measure(unit=unit, rule=DisclosureRule.NOT_PEOPLE, **more)
    [row] = requested_with_values(make_update(measures=(measure,)))
    return row


def row_with(value):
    """What an update asks for, answered by this in a draft."""
    update = make_update(measures=(make_measure(),))
    value = ReturnedValue(requested=update.requested_measures.get(), **value)
    actions.save_update(update=update, version=0, answers=ANSWERS, values=[value], by=make_bob())
    [row] = requested_with_values(update)
    return row


def value_form(row, *, must_be_complete=False, **typed):
    """The form as it comes from the page: with what was typed, and a qualifier as there always is one."""
    data = {"number": "", "qualifier": "exact", "note": "", **typed}
    return ValueForm(
        {f"value-{row.requested.pk}-{name}": text for name, text in data.items()},
        row=row,
        must_be_complete=must_be_complete,
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"number": Decimal(610), "qualifier": Qualifier.OVER, "note": "By hand."},
            {"number": "610", "qualifier": "over", "is_missing": False, "note": "By hand."},
        ),
        (
            {"number": Decimal("7.25")},
            {"number": "7.25", "qualifier": "exact", "is_missing": False, "note": ""},
        ),
        (
            {"number": Decimal(100_000)},
            {"number": "100000", "qualifier": "exact", "is_missing": False, "note": ""},
        ),
        ({"number": Decimal(0)}, {"number": "0", "qualifier": "exact", "is_missing": False, "note": ""}),
        (
            {"number": None, "code": ValueCode.SUPPRESSED},
            {"number": "c", "qualifier": "exact", "is_missing": False, "note": ""},
        ),
        (
            {"number": Decimal(45), "numerator": Decimal(18), "denominator": Decimal(40)},
            {
                "number": "",
                "numerator": "18",
                "denominator": "40",
                "qualifier": "exact",
                "is_missing": False,
                "note": "",
            },
        ),
        (
            {"number": Decimal(7), "as_at": date(2023, 3, 1)},
            {"number": "7", "qualifier": "exact", "is_missing": False, "note": "", "as_at": date(2023, 3, 1)},
        ),
        (
            {"number": None, "code": ValueCode.NOT_AVAILABLE, "note": "The system was down."},
            {"number": "", "qualifier": "exact", "is_missing": True, "note": "The system was down."},
        ),
    ],
)
def test_the_value_form_begins_with_what_is_saved(value, expected):
    row = row_with(value)

    nothing = {"numerator": "", "denominator": "", "as_at": None, "concern_reason": ""}
    assert ValueForm(row=row, must_be_complete=False).initial == nothing | expected


def test_the_value_form_begins_empty_where_nothing_is_saved():
    form = ValueForm(row=row_for(), must_be_complete=False)

    assert (form.initial, form["number"].value(), form["qualifier"].value()) == ({}, None, "exact")


@pytest.mark.parametrize(
    ("unit", "label"),
    [
        (Unit.CHILDREN, "Number of children"),
        (Unit.PERCENT, "Per cent"),
        (Unit.POUNDS, "Pounds"),
        (Unit.FRACTION, "As a part of one"),
    ],
)
def test_the_number_is_asked_for_in_its_unit(unit, label):
    assert ValueForm(row=row_for(unit), must_be_complete=False)["number"].label == label


@pytest.mark.parametrize("must_be_complete", [False, True])
def test_a_number_is_returned_as_it_was_meant(must_be_complete):
    row = row_for()

    form = value_form(row, number=" 1,234 ", qualifier="over", note="By hand.", must_be_complete=must_be_complete)

    assert form.errors == {}
    assert form.returned == ReturnedValue(
        requested=row.requested, number=Decimal(1234), code="", qualifier="over", note="By hand."
    )


def test_zero_is_a_number():
    form = value_form(row_for(), number="0", must_be_complete=True)

    assert form.errors == {}
    assert form.returned.number == 0


def test_a_draft_may_leave_the_number_out():
    form = value_form(row_for())

    assert form.errors == {}
    assert form.returned is None


def test_a_checked_update_may_not_leave_the_number_out():
    form = value_form(row_for(), must_be_complete=True)

    assert form.errors == {"number": ["Enter the number for “Mace children”, or say that you cannot give it"]}


@pytest.mark.parametrize("must_be_complete", [False, True])
def test_a_number_that_cannot_be_given_is_returned_as_not_available(must_be_complete):
    row = row_for()

    form = value_form(
        row, is_missing="on", qualifier="over", note="The system was down.", must_be_complete=must_be_complete
    )

    assert form.errors == {}
    assert form.returned == ReturnedValue(
        requested=row.requested,
        number=None,
        code=ValueCode.NOT_AVAILABLE,
        qualifier=Qualifier.EXACT,
        note="The system was down.",
    )


@pytest.mark.parametrize("must_be_complete", [False, True])
@pytest.mark.parametrize(
    ("unit", "typed", "errors"),
    [
        (
            Unit.CHILDREN,
            {"number": "about 600"},
            {"number": ["“about 600” is not a number. Write it in digits, such as 1,234 or 7.5."]},
        ),
        (
            Unit.CHILDREN,
            {"number": "1,23"},
            {"number": ["“1,23” is not a number. Write it in digits, such as 1,234 or 7.5."]},
        ),
        (
            Unit.CHILDREN,
            {"number": "610", "is_missing": "on", "note": "Which?"},
            {"number": ["Either enter the number or say that you cannot give it, not both"]},
        ),
        (
            Unit.CHILDREN,
            {"number": "0", "is_missing": "on", "note": "Which?"},
            {"number": ["Either enter the number or say that you cannot give it, not both"]},
        ),
        (Unit.CHILDREN, {"is_missing": "on"}, {"note": ["Say why you cannot give the number for “Mace children”"]}),
        (Unit.CHILDREN, {"number": "-3"}, {"number": ["The number for “Mace children” cannot be below zero"]}),
        (Unit.CHILDREN, {"number": "\u22123"}, {"number": ["The number for “Mace children” cannot be below zero"]}),
        (Unit.CHILDREN, {"number": "100000000001"}, {"number": ["This number is too large to be right."]}),
        (Unit.PERCENT, {"number": "100.1%"}, {"number": ["“Mace children” is a percentage and cannot be above 100"]}),
        (
            Unit.CHILDREN,
            {"number": "7.5"},
            {"number": ["Give “Mace children” as a whole number: the report shows no more"]},
        ),
        (
            Unit.PERCENT,
            {"number": "6.5"},
            {"number": ["Give “Mace children” as a whole number: the report shows no more"]},
        ),
        (Unit.FRACTION, {"number": "1.1"}, {"number": ["A part of one cannot be above 1"]}),
        (Unit.FRACTION, {"number": "67"}, {"number": ["A part of one cannot be above 1"]}),
    ],
)
def test_a_wrong_answer_is_refused_and_stays_as_it_was_typed(unit, typed, errors, must_be_complete):
    form = value_form(row_for(unit), must_be_complete=must_be_complete, **typed)

    assert form.errors == errors
    assert {name: form[name].value() for name in typed if name != "is_missing"} == {
        name: text for name, text in typed.items() if name != "is_missing"
    }


@pytest.mark.parametrize(
    ("unit", "number", "expected"),
    [
        (Unit.PERCENT, "58%", "58"),
        (Unit.PERCENT, "100", "100"),
        (Unit.PERCENT, "0", "0"),
        (Unit.FRACTION, "1", "1"),
        (Unit.FRACTION, "0.67", "0.67"),
        (Unit.POUNDS, "£5,000,000", "5000000"),
        (Unit.CHILDREN, "101", "101"),
    ],
)
def test_a_number_within_its_bounds_is_taken(unit, number, expected):
    form = value_form(row_for(unit), number=number, must_be_complete=True)

    assert form.errors == {}
    assert form.returned.number == Decimal(expected)


def test_a_note_without_a_number_is_not_lost_in_silence():
    """A draft keeps answers; a note belongs to one."""
    form = value_form(row_for(), note="Waiting for the new system.")

    assert form.errors == {"number": ["Enter the number that your note is about, or say that you cannot give it"]}
    assert form["note"].value() == "Waiting for the new system."


def test_a_qualifier_that_does_not_exist_is_refused():
    assert list(value_form(row_for(), number="610", qualifier="roughly").errors) == ["qualifier"]


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("0", "0"),
        ("7.0", "7"),
        ("100,000,000,000", "100000000000"),
    ],
)
def test_the_largest_number_can_be_kept(number, kept):
    row = row_for()
    form = value_form(row, number=number)
    assert form.errors == {}

    actions.save_update(update=row.requested.update, version=0, answers=ANSWERS, values=[form.returned], by=make_bob())

    assert row.requested.update.values.get().number == Decimal(kept)


@pytest.mark.parametrize(
    ("typed", "number", "code"),
    [
        ("1,234", "1234", ""),
        ("1 234", "1234", ""),
        ("58%", "58", ""),
        ("£5,000", "5000", ""),
        (" 610 ", "610", ""),
        ("nil", "0", ""),
        ("N/A", None, "x"),
        ("n/a", None, "x"),
        ("not known", None, "x"),
        ("x", None, "x"),
        ("C", None, "c"),
        ("z", None, "z"),
        ("u", None, "u"),
        ("low", None, "low"),
    ],
)
def test_a_number_or_code_is_read_as_it_was_typed(typed, number, code):
    form = value_form(row_for(), number=typed, note="As our system says.", must_be_complete=True)

    assert form.errors == {}
    assert (form.returned.number, form.returned.code) == (number and Decimal(number), code)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (
            "–",
            "“–” can mean two things. Write 0 if there were none, or n/a if you cannot give the number.",
        ),
        (
            "none",
            "“none” can mean two things. Write 0 if there were none, or n/a if you cannot give the number.",
        ),
        ("10–20", "“10–20” is a range. Write one number, and say below that it is not exact."),
        ("–3", "The number for “Mace children” cannot be below zero"),
        ("1" * 41, "Ensure this value has at most 40 characters (it has 41)."),
        ("6\0", "Null characters are not allowed."),
    ],
)
def test_what_is_no_clear_answer_is_refused(typed, error):
    assert value_form(row_for(), number=typed).errors == {"number": [error]}


@pytest.mark.parametrize("typed", ["n/a", "x"])
def test_a_number_that_is_not_available_needs_its_reason(typed):
    form = value_form(row_for(), number=typed)

    assert form.errors == {"note": ["Say why you cannot give the number for “Mace children”"]}
    assert form["number"].value() == typed


def test_a_code_and_a_tick_are_two_answers():
    form = value_form(row_for(), number="z", is_missing="on", note="Which?")

    assert form.errors == {"number": ["Either enter the code “z” or another answer, not both"]}


def test_a_code_and_counts_are_two_answers():
    form = value_form(row_for(Unit.PERCENT), number="c", numerator="18", denominator="40")

    assert form.errors == {"number": ["Either enter the code “c” or another answer, not both"]}


@pytest.mark.parametrize(
    ("unit", "more", "numerator", "denominator", "number"),
    [
        (Unit.PERCENT, {}, "18", "40", "45"),
        (Unit.PERCENT, {"decimals": 1}, "2", "3", "66.7"),
        (Unit.PERCENT, {}, "1", "8", "13"),
        (Unit.PERCENT, {}, "0", "40", "0"),
        (Unit.FRACTION, {}, "2", "3", "0.666667"),
        (Unit.RATE, {"rate_per": 10_000, "decimals": 1}, "1,234", "180,000", "68.6"),
        (Unit.RATE, {"rate_per": 10}, "30", "20", "15"),
    ],
)
def test_a_share_is_worked_out_from_its_counts(unit, more, numerator, denominator, number):
    form = value_form(row_for(unit, **more), numerator=numerator, denominator=denominator, must_be_complete=True)

    assert form.errors == {}
    returned = form.returned
    assert returned.number == Decimal(number)
    assert (returned.numerator, returned.denominator) == (
        Decimal(numerator.replace(",", "")),
        Decimal(denominator.replace(",", "")),
    )


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"numerator": "41", "denominator": "40"},
            {"numerator": ["41 cannot be more than the 40 it is out of"]},
        ),
        (
            {"numerator": "0", "denominator": "0"},
            {
                "denominator": [
                    "Nothing can be a share of 0. If there was nothing to count, leave both empty and enter z as the "
                    "number"
                ]
            },
        ),
        ({"numerator": "3", "denominator": "-4"}, {"denominator": ["This cannot be below zero"]}),
        ({"numerator": "-3", "denominator": "4"}, {"numerator": ["This cannot be below zero"]}),
        ({"numerator": "18"}, {"denominator": ["Enter “Out of how many” too, or the number alone"]}),
        ({"denominator": "40"}, {"numerator": ["Enter “How many” too, or the number alone"]}),
        (
            {"numerator": "18", "denominator": "40", "number": "54"},
            {"number": ["18 of 40 is 45%. Correct the counts, or leave this empty"]},
        ),
        (
            {"numerator": "18", "denominator": "n/a"},
            {"denominator": ["“n/a” is not a number. Write it in digits, such as 1,234 or 7.5."]},
        ),
        (
            {"numerator": "18", "denominator": "40", "is_missing": "on", "note": "Which?"},
            {"number": ["Either enter the number or say that you cannot give it, not both"]},
        ),
        ({"numerator": "18.125", "denominator": "40"}, {"numerator": ["Give this with 2 decimals at the most"]}),
    ],
)
def test_counts_that_make_no_share_are_refused_and_stay(typed, errors):
    form = value_form(row_for(Unit.PERCENT), **typed)

    assert form.errors == errors
    assert {name: form[name].value() for name in ("numerator", "denominator")} == {
        "numerator": typed.get("numerator"),
        "denominator": typed.get("denominator"),
    }


def test_people_are_counted_whole():
    [row] = requested_with_values(make_update(measures=(make_measure(unit=Unit.PERCENT),)))

    assert value_form(row, numerator="17.5", denominator="40").errors == {"numerator": ["Give this as a whole number"]}


def test_a_rate_too_large_to_be_kept_is_refused():
    row = row_for(Unit.RATE, rate_per=2_000_000_000)

    assert value_form(row, numerator="100,000,000,000", denominator="0.01").errors == {
        "numerator": ["This number is too large to be right."]
    }


@pytest.mark.parametrize(("unit", "more"), [(Unit.CHILDREN, {}), (Unit.RATE, {})])
def test_counts_are_asked_for_only_where_a_number_is_made_of_them(unit, more):
    form = ValueForm(row=row_for(unit, **more), must_be_complete=False)

    assert {"numerator", "denominator"} & form.fields.keys() == set()


def test_the_counts_are_called_by_the_measure_s_own_words():
    row = row_for(Unit.PERCENT, numerator_words="children seen in time", denominator_words="children referred")

    form = ValueForm(row=row, must_be_complete=False)

    assert form["numerator"].label == "Number of children seen in time"
    assert form["denominator"].label == "Out of how many children referred"


def row_after(before, unit=Unit.CHILDREN, **more):
    """What an update asks for, where the year before had this number."""
    measure = make_measure(unit=unit, rule=DisclosureRule.NOT_PEOPLE, owner=make_agency("police"), **more)
    make_value(measure, before, period=make_period("2021-22"))
    [row] = requested_with_values(make_update(measures=(measure,)))
    return row


TEN_TIMES = "You entered 6,100. That is at least ten times the 610 of 2021/22. Is it right?"


def test_a_draft_keeps_a_number_that_looks_like_a_slip():
    form = value_form(row_after(610), number="6,100")

    assert form.errors == {}
    assert (form.returned.number, form.returned.concern, form.returned.concern_reason) == (6100, TEN_TIMES, "")


def test_a_checked_update_needs_the_reason():
    form = value_form(row_after(610), number="6,100", must_be_complete=True)

    assert form.errors == {"concern_reason": ["Say why the number for “Mace children” is right, or correct it"]}
    assert form.questions == [TEN_TIMES]


def test_a_reason_is_kept_with_the_question():
    form = value_form(
        row_after(610),
        number="6,100",
        concern=TEN_TIMES,
        concern_reason="We now count the whole force.",
        must_be_complete=True,
    )

    assert form.errors == {}
    assert (form.returned.concern, form.returned.concern_reason) == (TEN_TIMES, "We now count the whole force.")


def test_a_reason_goes_with_its_question():
    form = value_form(
        row_after(610),
        number="620",
        concern=TEN_TIMES,
        concern_reason="We now count the whole force.",
        must_be_complete=True,
    )

    assert form.errors == {}
    assert (form.returned.concern, form.returned.concern_reason) == ("", "")


def test_a_reason_for_another_question_does_not_answer_this_one():
    row = row_after(610)
    typed = {"number": "61", "concern": TEN_TIMES, "concern_reason": "We now count the whole force."}

    form = value_form(row, must_be_complete=True, **typed)

    assert list(form.errors) == ["concern_reason"]
    assert form["concern_reason"].value() == "We now count the whole force."
    draft = value_form(row, **typed)
    assert draft.errors == {}
    assert (draft.returned.concern, draft.returned.concern_reason) == (
        "You entered 61. That is a tenth or less of the 610 of 2021/22. Is it right?",
        "",
    )


@time_machine.travel("2023-04-20 12:00:00+00:00", tick=False)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2023-03-31", ""),
        ("2022-04-01", ""),
        ("2023-04-20", ""),
        (
            "2022-03-31",
            "You entered that it was counted on 31 March 2022. That is not from 1 April 2022 to 30 April 2023. "
            "Is it right?",
        ),
    ],
)
def test_a_day_outside_the_round_is_asked_about(typed, expected):
    form = value_form(row_for(), number="610", as_at=typed)

    assert form.errors == {}
    assert (form.returned.as_at, form.returned.concern) == (date.fromisoformat(typed), expected)


@time_machine.travel("2023-04-20 12:00:00+00:00", tick=False)
@pytest.mark.parametrize("typed", ["2023-04-21", "9999-12-31"])
def test_a_day_in_the_future_is_refused(typed):
    form = value_form(row_for(), number="610", as_at=typed)

    assert form.errors == {"as_at": ["The day on which it was counted cannot be in the future"]}


def test_a_day_without_a_number_is_not_lost_in_silence():
    form = value_form(row_for(), as_at="2023-03-01")

    assert form.errors == {"number": ["Enter the number that was counted on that day"]}


def test_an_answer_with_an_error_leaves_what_was_kept_before():
    kept = {
        "number": Decimal(45),
        "numerator": Decimal(18),
        "denominator": Decimal(40),
        "as_at": date(2023, 3, 1),
        "note": "By hand.",
        "concern": "Is it right?",
        "concern_reason": "Yes.",
    }
    row = row_with(kept)

    assert value_form(row, number="about 600").kept == ReturnedValue(requested=row.requested, **kept)


def test_a_reason_that_was_saved_for_the_same_question_answers_it_again():
    """A colleague's page that was opened before it was asked takes over the number and the reason."""
    row = row_after(610)
    value = ReturnedValue(requested=row.requested, number=Decimal(6100), concern=TEN_TIMES, concern_reason="All force.")
    actions.save_update(update=row.requested.update, version=0, answers=ANSWERS, values=[value], by=make_bob())
    [row] = requested_with_values(row.requested.update)

    same = value_form(row, number="6100", concern_reason="All force.", must_be_complete=True)
    other = value_form(row, number="6200", concern_reason="All force.", must_be_complete=True)

    assert same.errors == {}
    assert (same.returned.concern, same.returned.concern_reason) == (TEN_TIMES, "All force.")
    assert list(other.errors) == ["concern_reason"]
