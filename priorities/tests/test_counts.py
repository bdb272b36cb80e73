from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from priorities.choices import Unit
from priorities.counts import agrees, worked_out

units = st.sampled_from([(Unit.PERCENT, 100), (Unit.FRACTION, 1), (Unit.RATE, 10_000)])


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "scale", "decimals", "expected"),
    [
        (18, 40, Unit.PERCENT, 100, 0, "45"),
        (1, 8, Unit.PERCENT, 100, 0, "13"),
        (2, 3, Unit.PERCENT, 100, 1, "66.7"),
        (2, 3, Unit.FRACTION, 1, 0, "0.666667"),
        (0, 7, Unit.PERCENT, 100, 0, "0"),
        (1234, 180_000, Unit.RATE, 10_000, 1, "68.6"),
    ],
)
def test_a_number_is_worked_out_to_the_measure_s_precision(numerator, denominator, unit, scale, decimals, expected):
    number = worked_out(Decimal(numerator), Decimal(denominator), scale=scale, unit=unit, decimals=decimals)

    assert number == Decimal(expected)


@pytest.mark.parametrize(
    ("number", "computed", "unit", "decimals", "expected"),
    [
        ("45", "45", Unit.PERCENT, 0, True),
        ("44", "45", Unit.PERCENT, 0, False),
        ("66.7", "66.7", Unit.PERCENT, 1, True),
        ("66.6", "66.7", Unit.PERCENT, 1, False),
        ("0.67", "0.666667", Unit.FRACTION, 0, True),
        ("0.66", "0.666667", Unit.FRACTION, 0, False),
        ("0.7", "0.666667", Unit.FRACTION, 0, False),
    ],
)
def test_a_typed_number_agrees_to_the_measure_s_precision(number, computed, unit, decimals, expected):
    assert agrees(Decimal(number), Decimal(computed), unit=unit, decimals=decimals) is expected


@given(unit_and_scale=units, numerator=st.integers(0, 10**9), more=st.integers(0, 10**9), decimals=st.integers(0, 3))
def test_what_counts_give_agrees_with_them_and_one_step_off_does_not(unit_and_scale, numerator, more, decimals):
    unit, scale = unit_and_scale
    precision = max(decimals, 2) if unit == Unit.FRACTION else decimals
    step = Decimal(1).scaleb(-precision)

    number = worked_out(Decimal(numerator), Decimal(numerator + more + 1), scale=scale, unit=unit, decimals=decimals)

    assert 0 <= number <= scale
    assert agrees(number, number, unit=unit, decimals=decimals)
    assert not agrees(number + step, number, unit=unit, decimals=decimals)
