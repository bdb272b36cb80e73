from decimal import Decimal

import pytest

from priorities.choices import Qualifier, Unit, ValueCode
from priorities.disclosure import Shown
from priorities.wording import (
    difference_in_words,
    fraction_in_words,
    in_words,
    number_in_words,
    people_in_cell,
    people_in_words,
    pounds_in_words,
    round_half_up,
)


@pytest.mark.parametrize(
    ("number", "unit", "decimals", "expected"),
    [
        ("0", Unit.CHILDREN, 0, "0"),
        ("610", Unit.CHILDREN, 0, "610"),
        ("610.000000", Unit.CHILDREN, 0, "610"),
        ("999", Unit.ATTENDANCES, 0, "999"),
        ("1200", Unit.PEOPLE, 0, "1,200"),
        ("1234567", Unit.CALLS, 0, "1,234,567"),
        ("7.25", Unit.DAYS, 1, "7.3"),
        ("7", Unit.DAYS, 1, "7.0"),
        ("21.5", Unit.PERCENT, 0, "22%"),
        ("22.5", Unit.PERCENT, 0, "23%"),
        ("21.4999", Unit.PERCENT, 0, "21%"),
        ("21.55", Unit.PERCENT, 1, "21.6%"),
        ("191.549", Unit.PERCENT, 0, "192%"),
        ("-14", Unit.CHILDREN, 0, "\u221214"),
        ("-1200", Unit.CHILDREN, 0, "\u22121,200"),
        ("-15.05", Unit.PERCENT, 0, "\u221215%"),
        ("-0.4", Unit.CHILDREN, 0, "0"),
        ("5000000", Unit.POUNDS, 0, "£5 million"),
        ("0.666667", Unit.FRACTION, 0, "two-thirds"),
    ],
)
def test_a_number_reads_as_people_write_it(number, unit, decimals, expected):
    assert number_in_words(Decimal(number), unit=unit, decimals=decimals) == expected


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        (Qualifier.EXACT, "6,000"),
        (Qualifier.ABOUT, "around 6,000"),
        (Qualifier.OVER, "over 6,000"),
        (Qualifier.ALMOST, "almost 6,000"),
        (Qualifier.UNDER, "under 6,000"),
    ],
)
def test_the_qualifier_comes_first(qualifier, expected):
    assert in_words(Shown(Decimal(6000), qualifier=qualifier), unit=Unit.CHILDREN) == expected


@pytest.mark.parametrize(
    ("shown", "unit", "expected"),
    [
        (Shown(Decimal(65), qualifier=Qualifier.ALMOST), Unit.PERCENT, "almost 65%"),
        (Shown(Decimal("0.666667"), qualifier=Qualifier.ABOUT), Unit.FRACTION, "around two-thirds"),
        (Shown(Decimal(2_500_000), qualifier=Qualifier.OVER), Unit.POUNDS, "over £2.5 million"),
    ],
)
def test_the_qualifier_goes_with_every_unit(shown, unit, expected):
    assert in_words(shown, unit=unit) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ValueCode.SUPPRESSED, "hidden to protect people"),
        (ValueCode.NOT_APPLICABLE, "not applicable"),
        (ValueCode.NOT_AVAILABLE, "not available"),
        (ValueCode.UNRELIABLE, "too unreliable to show"),
        (ValueCode.LOW, "rounds to zero"),
    ],
)
def test_a_code_reads_as_words(code, expected):
    assert in_words(Shown(None, code), unit=Unit.CHILDREN) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, "0"), (1, None), (5, None), (6, "6"), (1234, "1,234")])
def test_one_to_five_people_are_not_told(count, expected):
    assert people_in_words(count, unit=Unit.CHILDREN) == (expected or "hidden to protect people")


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [("21.5", 0, "22"), ("22.5", 0, "23"), ("-21.5", 0, "-22"), ("0.05", 1, "0.1"), ("7", 2, "7.00")],
)
def test_halves_go_up(number, decimals, expected):
    assert f"{round_half_up(Decimal(number), decimals)}" == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", "£0"),
        ("1200", "£1,200"),
        ("1200.50", "£1,201"),
        ("999999", "£999,999"),
        ("1000000", "£1 million"),
        ("1000000.000000", "£1 million"),
        ("1050000", "£1,050,000"),
        ("1100000", "£1.1 million"),
        ("1234567", "£1,234,567"),
        ("10000000", "£10 million"),
        ("-5000000", "\u2212£5 million"),
        ("-1200", "\u2212£1,200"),
    ],
)
def test_pounds_are_whole_or_round_millions(number, expected):
    assert pounds_in_words(Decimal(number)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0.5", "half"),
        ("0.333333", "one-third"),
        ("0.666667", "two-thirds"),
        ("0.67", "two-thirds"),
        ("0.25", "one-quarter"),
        ("0.75", "three-quarters"),
        ("0.6", "three-fifths"),
        ("0.833333", "five-sixths"),
        ("0.625", "five-eighths"),
        ("0.142857", "14%"),
        ("0.69", "69%"),
        ("0.07", "7%"),
        ("0", "0%"),
        ("1", "100%"),
        ("1.125", "113%"),
        ("1.5", "150%"),
        ("12", "1,200%"),
        ("-0.5", "\u221250%"),
    ],
)
def test_a_part_of_one_is_a_simple_fraction_or_else_per_cent(number, expected):
    assert fraction_in_words(Decimal(number)) == expected


@pytest.mark.parametrize(
    ("difference", "unit", "decimals", "expected"),
    [
        ("5", Unit.PERCENT, 0, "5 points"),
        ("1", Unit.PERCENT, 0, "1 point"),
        ("1.5", Unit.PERCENT, 1, "1.5 points"),
        ("0.25", Unit.FRACTION, 0, "25 points"),
        ("102", Unit.CHILDREN, 0, "102"),
        ("500", Unit.POUNDS, 0, "£500"),
    ],
)
def test_how_far_two_numbers_are_apart(difference, unit, decimals, expected):
    assert difference_in_words(Shown(Decimal(difference)), unit=unit, decimals=decimals) == expected


def test_an_inexact_difference_says_so():
    assert difference_in_words(Shown(Decimal(5), qualifier=Qualifier.ABOUT), unit=Unit.PERCENT) == "around 5 points"


@pytest.mark.parametrize(
    ("count", "cell"), [(0, 0), (1, "hidden to protect people"), (5, "hidden to protect people"), (6, 6)]
)
def test_count_of_people_in_a_cell_is_a_number_unless_it_is_hidden(count, cell):
    assert people_in_cell(count, unit=Unit.CHILDREN) == cell
