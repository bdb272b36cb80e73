from decimal import Decimal

import pytest

from partnership.tests.factories import make_bob
from priorities import actions
from priorities.actions import ReturnedValue
from priorities.choices import DisclosureRule, Qualifier, Unit, UpdateStatus, ValueCode
from priorities.forms.updates import LONGEST_ANSWER, ReturnForm, UpdateForm
from priorities.forms.values import ValueForm
from priorities.queries import requested_with_values
from priorities.tests.factories import ANSWERS, make_measure, make_update

pytestmark = pytest.mark.django_db

EMPTY = {**dict.fromkeys(ANSWERS, ""), "version": 0}
MISSING = {
    "progress": ["Enter what was done this quarter"],
    "rag": ["Choose how it is going"],
    "rag_reason": ["Enter the reason for the rating"],
    "impact": ["Enter what changed for children, or that nothing is known to have changed yet"],
    "barriers": ["Enter what stood in the way, or that nothing did"],
    "next_steps": ["Enter what you will do next"],
}


def update_form(data=None, *, update=None, must_be_complete=False):
    return UpdateForm(data, update=update or make_update(), must_be_complete=must_be_complete)


def row_for(unit=Unit.CHILDREN):
    """What a new update asks for: one measure of this unit."""
    measure = make_measure(unit=unit, rule=DisclosureRule.NOT_PEOPLE)
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


def test_the_update_form_begins_with_what_is_saved():
    update = make_update(UpdateStatus.DRAFT)

    form = update_form(update=update)

    assert form.initial == {**ANSWERS, "version": 1}


def test_a_draft_may_be_empty():
    form = update_form(EMPTY)

    assert form.errors == {}
    assert form.answers == dict.fromkeys(ANSWERS, "")


def test_a_checked_update_may_not_be_empty():
    assert update_form(EMPTY, must_be_complete=True).errors == MISSING


@pytest.mark.parametrize(
    ("name", "typed"), [(name, "") for name in ANSWERS] + [(name, " \r\n\t ") for name in ANSWERS if name != "rag"]
)
def test_each_answer_is_needed_when_checked(name, typed):
    form = update_form({**ANSWERS, "version": 0, name: typed}, must_be_complete=True)

    assert form.errors == {name: MISSING[name]}


def test_a_complete_update_is_valid():
    form = update_form({**ANSWERS, "version": 3}, must_be_complete=True)

    assert form.errors == {}
    assert (form.answers, form.cleaned_data["version"]) == (ANSWERS, 3)


@pytest.mark.parametrize("must_be_complete", [False, True])
def test_a_rating_that_does_not_exist_is_refused(must_be_complete):
    form = update_form({**ANSWERS, "version": 0, "rag": "pink"}, must_be_complete=must_be_complete)

    assert list(form.errors) == ["rag"]


@pytest.mark.parametrize("must_be_complete", [False, True])
def test_an_answer_can_be_long_but_not_endless(must_be_complete):
    data = {**ANSWERS, "version": 0, "progress": "x" * LONGEST_ANSWER, "impact": "x" * (LONGEST_ANSWER + 1)}

    form = update_form(data, must_be_complete=must_be_complete)

    assert form.errors == {"impact": ["This answer has 20,001 characters; 20,000 is the most."]}
    assert form["impact"].value() == "x" * (LONGEST_ANSWER + 1)


@pytest.mark.parametrize("version", ["", "latest"])
def test_a_save_says_which_version_it_is_of(version):
    assert list(update_form({**ANSWERS, "version": version}).errors) == ["version"]


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
            {"number": None, "code": ValueCode.NOT_AVAILABLE, "note": "The system was down."},
            {"number": "", "qualifier": "exact", "is_missing": True, "note": "The system was down."},
        ),
    ],
)
def test_the_value_form_begins_with_what_is_saved(value, expected):
    row = row_with(value)

    assert ValueForm(row=row, must_be_complete=False).initial == expected


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
            {"number": "n/a"},
            {"number": ["“n/a” is not a number. Write it in digits, such as 1,234 or 7.5."]},
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


@pytest.mark.parametrize(("reason", "is_valid"), [("Say how you know.", True), ("", False), ("  \r\n", False)])
def test_an_update_is_returned_with_a_reason(reason, is_valid):
    form = ReturnForm({"version": 1, "reason": reason})

    assert form.errors == ({} if is_valid else {"reason": ["Enter what needs to change"]})
