from datetime import date
from decimal import Decimal

import pytest

from priorities.choices import Qualifier, Unit
from priorities.concerns import Answer, questions_about

FIRST, LAST = date(2023, 4, 1), date(2023, 7, 31)


def ask(now, before=None, *, unit=Unit.CHILDREN, decimals=0, counted=None, **more):
    """What is asked about a number after another; `counted` are the first counts of both."""
    numerators = [None if each is None else Decimal(each) for each in counted or (None, None)]
    return questions_about(
        Answer(number=Decimal(now), numerator=numerators[0], **more),
        None if before is None else Answer(number=Decimal(before), numerator=numerators[1], period="Quarter 1"),
        unit=unit,
        decimals=decimals,
        first_day=FIRST,
        last_day=LAST,
    )


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (6100, 610, "You entered 6,100. That is at least ten times the 610 of Quarter 1. Is it right?"),
        (61, 610, "You entered 61. That is a tenth or less of the 610 of Quarter 1. Is it right?"),
        (0, 10, "You entered 0. That is a tenth or less of the 10 of Quarter 1. Is it right?"),
        (610, 610, "You entered 610, the very number of Quarter 1. Is it a new count?"),
    ],
)
def test_a_clear_slip_is_asked_about_with_both_numbers(now, before, expected):
    assert ask(now, before) == [expected]


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (6099, 610),
        (62, 610),
        (1300, 610),
        (300, 610),
        (0, 9),
        (9, 0),
        (0, 0),
        (100, 100),
        (12, 12),
    ],
)
def test_what_can_well_be_is_not_asked_about(now, before):
    assert ask(now, before) == []


def test_a_first_number_is_not_held_against_anything():
    assert ask(6100) == []


@pytest.mark.parametrize(("now", "before"), [("58", "0.58"), ("0.58", "58"), ("5", "1")])
def test_a_percentage_that_may_be_a_part_of_one_is_asked_about(now, before):
    expected = f"You entered {now}%, and Quarter 1 had {before}%. Was 0.58 written for 58% in one of them?"

    assert ask(now, before, unit=Unit.PERCENT) == [expected]


def test_a_percentage_worked_out_from_counts_is_no_part_of_one():
    assert ask("5", "1", unit=Unit.PERCENT, counted=(50, 10)) == []


@pytest.mark.parametrize("unit", [Unit.PERCENT, Unit.FRACTION])
def test_the_same_share_is_not_asked_about(unit):
    assert ask("0.5", "0.5", unit=unit) == []


def test_the_same_large_count_behind_a_share_is_asked_about():
    expected = ["You entered 45%, the very number of Quarter 1. Is it a new count?"]

    assert ask(45, 45, unit=Unit.PERCENT, counted=(180, 180)) == expected
    assert ask(45, 45, unit=Unit.PERCENT, counted=(18, 18)) == []
    assert ask(45, 45, unit=Unit.PERCENT, counted=(180, 181)) == []


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        (Qualifier.EXACT, []),
        (Qualifier.ABOUT, ["You entered “around 0”. Is it not exactly 0?"]),
        (Qualifier.UNDER, ["You entered “under 0”. Is it not exactly 0?"]),
    ],
)
def test_a_nought_that_is_not_exact_is_asked_about(qualifier, expected):
    assert ask(0, qualifier=qualifier) == expected
    assert ask(7, qualifier=qualifier) == []


@pytest.mark.parametrize(
    ("day", "is_asked_about"),
    [
        (None, False),
        (FIRST, False),
        (LAST, False),
        (date(2023, 3, 31), True),
        (date(2023, 8, 1), True),
        (date(1, 1, 1), True),
    ],
)
def test_a_day_outside_is_asked_about(day, is_asked_about):
    assert len(ask(7, counted_on=day)) == is_asked_about


def test_everything_is_asked_at_once():
    asked = ask(0, 610, qualifier=Qualifier.ABOUT, counted_on=date(2020, 1, 1))

    assert asked == [
        "You entered 0. That is a tenth or less of the 610 of Quarter 1. Is it right?",
        "You entered “around 0”. Is it not exactly 0?",
        "You entered that it was counted on 1 January 2020. That is not from 1 April 2023 to 31 July 2023. "
        "Is it right?",
    ]
