from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from priorities.choices import DisclosureRule, Qualifier, ValueCode
from priorities.disclosure import (
    Shown,
    change,
    disclose,
    disclose_counts,
    is_small,
    percent_change,
    protect_total,
    round_to,
    share,
    tells_of_few,
)

SMALL, ALWAYS, AGREED = DisclosureRule.SUPPRESS_SMALL, DisclosureRule.NOT_PEOPLE, DisclosureRule.AGREED_EXCEPTION
HIDDEN = Shown(None, ValueCode.SUPPRESSED)
NOT_APPLICABLE = Shown(None, ValueCode.NOT_APPLICABLE)

counts = st.one_of(st.integers(0, 12), st.integers(0, 100_000)).map(Decimal)
roundings = st.sampled_from([1, 5, 10, 100])


def shown(number, qualifier=Qualifier.EXACT):
    return Shown(Decimal(number), qualifier=qualifier)


def disclosed(number, rule=SMALL):
    return disclose(Decimal(number), rule=rule)


@pytest.mark.parametrize(
    ("number", "rule", "expected"),
    [
        ("0", SMALL, shown(0)),
        ("0.5", SMALL, HIDDEN),
        ("1", SMALL, HIDDEN),
        ("2", SMALL, HIDDEN),
        ("5", SMALL, HIDDEN),
        ("5.9", SMALL, HIDDEN),
        ("6", SMALL, shown(6)),
        ("610", SMALL, shown(610)),
        ("0", ALWAYS, shown(0)),
        ("1", ALWAYS, shown(1)),
        ("5", ALWAYS, shown(5)),
        ("6", ALWAYS, shown(6)),
        ("0", AGREED, shown(0)),
        ("1", AGREED, shown(1)),
        ("5", AGREED, shown(5)),
        ("6", AGREED, shown(6)),
    ],
)
def test_a_count_is_shown_or_hidden_as_its_rule_says(number, rule, expected):
    assert disclose(Decimal(number), rule=rule) == expected


@pytest.mark.parametrize("code", ValueCode)
@pytest.mark.parametrize("rule", DisclosureRule)
def test_a_code_stays_that_code_under_every_rule(code, rule):
    assert disclose(None, code=code, rule=rule) == Shown(None, code)


def test_neither_number_nor_code_is_not_available():
    assert disclose(None, rule=SMALL) == Shown(None, ValueCode.NOT_AVAILABLE)


@pytest.mark.parametrize("qualifier", Qualifier)
def test_the_qualifier_stays_where_nothing_is_rounded(qualifier):
    assert disclose(Decimal(1200), qualifier=qualifier, rule=SMALL) == shown(1200, qualifier)


def test_a_hidden_count_keeps_no_qualifier():
    assert disclose(Decimal(3), qualifier=Qualifier.OVER, rule=SMALL) == HIDDEN


@pytest.mark.parametrize(
    ("number", "rounding", "expected"),
    [
        (7964, 1, shown(7964)),
        (7964, 10, shown(7960, Qualifier.OVER)),
        (7964, 100, shown(8000, Qualifier.ALMOST)),
        (8000, 100, shown(8000)),
        (8001, 100, shown(8000, Qualifier.OVER)),
        (7949, 100, shown(7900, Qualifier.OVER)),
        (7950, 100, shown(8000, Qualifier.ALMOST)),
        (6, 10, shown(10, Qualifier.ALMOST)),
        (5, 10, HIDDEN),
        (0, 10, shown(0)),
    ],
)
def test_a_rounded_count_says_on_which_side_it_lay(number, rounding, expected):
    assert disclose(Decimal(number), rule=SMALL, rounding=rounding) == expected


@pytest.mark.parametrize("qualifier", [Qualifier.ABOUT, Qualifier.OVER, Qualifier.ALMOST, Qualifier.UNDER])
def test_a_count_that_was_not_exact_is_around_when_rounded(qualifier):
    """Over 1,195 may be 1,230, so "almost 1,200" would be untrue."""
    assert disclose(Decimal(1195), qualifier=qualifier, rule=SMALL, rounding=100) == shown(1200, Qualifier.ABOUT)


def test_a_count_never_rounds_to_a_true_zero():
    assert disclose(Decimal(30), rule=SMALL, rounding=100) == Shown(None, ValueCode.LOW)


@pytest.mark.parametrize(
    ("number", "multiple", "expected"),
    [("21.5", 1, "21.5"), ("4", 10, "0"), ("5", 10, "10"), ("14", 10, "10"), ("15", 10, "20"), ("-15", 10, "-20")],
)
def test_rounding_takes_the_nearest_multiple_and_halves_away_from_zero(number, multiple, expected):
    assert round_to(Decimal(number), multiple) == Decimal(expected)


@given(number=counts, rounding=roundings)
def test_nothing_that_comes_out_was_one_to_five(number, rounding):
    result = disclose(number, rule=SMALL, rounding=rounding)

    assert (result == HIDDEN) == (1 <= number <= 5)
    assert result.number is None or result.number == 0 == number or number >= 6


@given(number=counts)
def test_no_one_to_five_comes_out_of_a_count_that_is_not_rounded(number):
    assert disclose(number, rule=SMALL).number not in {Decimal(small) for small in range(1, 6)}


@pytest.mark.parametrize(("number", "expected"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_people_are_small(number, expected):
    assert is_small(Decimal(number), rule=SMALL) is expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "rule", "expected"),
    [
        (shown(17), shown(80), SMALL, shown("21.25")),
        (shown(0), shown(80), SMALL, shown(0)),
        (shown(80), shown(80), SMALL, shown(100)),
        (HIDDEN, shown(80), SMALL, HIDDEN),
        (shown(17), HIDDEN, SMALL, HIDDEN),
        (HIDDEN, HIDDEN, SMALL, HIDDEN),
        (Shown(None, ValueCode.NOT_AVAILABLE), shown(80), SMALL, Shown(None, ValueCode.NOT_AVAILABLE)),
        (shown(17), Shown(None, ValueCode.UNRELIABLE), SMALL, Shown(None, ValueCode.UNRELIABLE)),
        (shown(17), shown(0), SMALL, NOT_APPLICABLE),
        (shown(0), shown(0), SMALL, NOT_APPLICABLE),
        (shown(1), shown(1), SMALL, HIDDEN),
        (shown(5), shown(5), SMALL, HIDDEN),
        (shown(6), shown(6), SMALL, shown(100)),
        (shown(5), shown(5), ALWAYS, shown(100)),
        (shown(5), shown(5), AGREED, shown(100)),
        (shown(77), shown(80), SMALL, HIDDEN),
        (shown(77), shown(80), ALWAYS, shown("96.25")),
        (shown(30), shown(40, Qualifier.OVER), SMALL, shown(75, Qualifier.ABOUT)),
        (shown(30, Qualifier.ALMOST), shown(40), SMALL, shown(75, Qualifier.ABOUT)),
    ],
)
def test_a_share_is_shown_or_hidden_with_its_parts(numerator, denominator, rule, expected):
    assert share(numerator, denominator, rule=rule) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (shown(79), shown(93), shown(-14)),
        (shown(93), shown(79), shown(14)),
        (shown(79), shown(79), shown(0)),
        (shown(79), shown(0), shown(79)),
        (HIDDEN, shown(93), HIDDEN),
        (shown(79), HIDDEN, HIDDEN),
        (HIDDEN, Shown(None, ValueCode.NOT_AVAILABLE), HIDDEN),
        (shown(79), Shown(None, ValueCode.NOT_AVAILABLE), Shown(None, ValueCode.NOT_AVAILABLE)),
        (shown(79, Qualifier.ABOUT), shown(93), shown(-14, Qualifier.ABOUT)),
        (shown(79), shown(93, Qualifier.UNDER), shown(-14, Qualifier.ABOUT)),
    ],
)
def test_a_change_is_the_difference_of_what_is_shown(now, before, expected):
    assert change(now, before) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (shown(60), shown(80), shown(-25)),
        (shown(80), shown(40), shown(100)),
        (shown(0), shown(40), shown(-100)),
        (shown(40), shown(40), shown(0)),
        (shown(40), shown(0), NOT_APPLICABLE),
        (shown(0), shown(0), NOT_APPLICABLE),
        (HIDDEN, shown(40), HIDDEN),
        (shown(40), HIDDEN, HIDDEN),
        (shown(60, Qualifier.ABOUT), shown(80), shown(-25, Qualifier.ABOUT)),
    ],
)
def test_a_change_in_per_cent_stands_on_the_number_before(now, before, expected):
    assert percent_change(now, before) == expected


@given(now=counts, before=counts)
def test_what_is_hidden_gives_no_share_and_no_change(now, before):
    parts = disclosed(now), disclosed(before)

    derived = [share(*parts, rule=SMALL), change(*parts), percent_change(*parts)]

    if HIDDEN in parts:
        assert derived == [HIDDEN, HIDDEN, HIDDEN]
    else:
        assert change(*parts) == shown(now - before)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], []),
        ([0, 0], ["0", "0"]),
        ([10, 20, 30], ["10", "20", "30"]),
        ([3, 20, 10, 30], ["c", "20", "c", "30"]),
        ([3, 10, 10, 30], ["c", "c", "10", "30"]),
        ([3, 0, 20], ["c", "0", "c"]),
        ([3, 4, 20], ["c", "c", "20"]),
        ([3, 4, 5], ["c", "c", "c"]),
        ([3, 0, 0], ["c", "0", "0"]),
        ([3], ["c"]),
    ],
)
def test_beside_a_total_a_single_hidden_count_takes_the_next_smallest_with_it(cells, expected):
    result = protect_total([disclosed(cell) for cell in cells], [Decimal(cell) for cell in cells])

    assert [cell.code or f"{cell.number}" for cell in result] == expected


@pytest.mark.parametrize("cells", [[50, 1, 1], [50, 5, 5], [50, 60, 1, 1, 1]])
def test_hidden_counts_whose_sum_gives_them_away_take_another_with_them(cells):
    result = protect_total([disclosed(cell) for cell in cells], [Decimal(cell) for cell in cells])

    assert result.count(HIDDEN) == sum(cell < 6 for cell in cells) + 1


def test_a_count_that_is_not_available_does_not_protect_a_hidden_one():
    cells = [HIDDEN, Shown(None, ValueCode.NOT_AVAILABLE), shown(40), shown(20)]

    assert protect_total(cells, [Decimal(n) for n in (3, 0, 40, 20)]) == [
        HIDDEN,
        Shown(None, ValueCode.NOT_AVAILABLE),
        shown(40),
        HIDDEN,
    ]


def test_a_rounded_count_keeps_its_qualifier_beside_a_total():
    cells = [shown(10, Qualifier.ALMOST), shown(20), shown(30)]

    assert protect_total(cells, [cell.number for cell in cells]) == cells


@given(cells=st.lists(counts, max_size=8))
def test_a_single_count_stays_hidden_only_where_no_other_is_above_zero(cells):
    result = protect_total([disclosed(cell) for cell in cells], [Decimal(cell) for cell in cells])

    hidden = result.count(HIDDEN)
    assert hidden != 1 or sum(cell > 0 for cell in cells) == 1


@given(cells=st.lists(counts, max_size=8))
def test_protecting_a_total_only_ever_hides(cells):
    before = [disclosed(cell) for cell in cells]

    after = protect_total(before, cells)

    assert len(after) == len(before)
    assert all(late in (early, HIDDEN) for early, late in zip(before, after, strict=True))


@given(cells=st.lists(counts, max_size=8))
def test_nobody_can_subtract_a_hidden_count_from_a_total_that_is_shown(cells):
    result = protect_total([disclosed(cell) for cell in cells], [Decimal(cell) for cell in cells])
    total = disclosed(sum(cells, Decimal(0)))
    hidden = [cell for cell, after in zip(cells, result, strict=True) if after == HIDDEN]

    if total.number is not None and hidden:
        left_over = total.number - sum(cell.number for cell in result if cell.number is not None)
        assert left_over not in hidden


@pytest.mark.parametrize(("before", "per_cent"), [(9, None), (10, Decimal(20)), (-9, None), (-10, Decimal(-220))])
def test_a_change_from_a_small_base_is_not_told_in_per_cent(before, per_cent):
    assert percent_change(Shown(Decimal(12)), Shown(Decimal(before))).number == per_cent


PAIRS = [
    ((0, 80), SMALL, False),
    ((1, 80), SMALL, True),
    ((5, 80), SMALL, True),
    ((6, 80), SMALL, False),
    ((74, 80), SMALL, False),
    ((75, 80), SMALL, True),
    ((79, 80), SMALL, True),
    ((80, 80), SMALL, False),
    ((6, 6), SMALL, False),
    ((5, 5), SMALL, True),
    ((1, 1), SMALL, True),
    ((0, 3), SMALL, True),
    ((30, 20), SMALL, False),
    ((3, 80), ALWAYS, False),
    ((3, 80), AGREED, False),
    ((77, 80), AGREED, False),
]


@pytest.mark.parametrize(("pair", "rule", "expected"), PAIRS)
def test_a_share_is_hidden_where_it_tells_of_few(pair, rule, expected):
    numbers = tuple(Decimal(each) for each in pair)

    assert tells_of_few(*numbers, rule=rule) is expected
    assert (disclose(Decimal(40), counts=numbers, rule=rule) == HIDDEN) is expected


@pytest.mark.parametrize(
    ("pair", "rule", "expected"),
    [
        ((18, 40), SMALL, ("18", "40")),
        ((3, 40), SMALL, ("c", "40")),
        ((37, 40), SMALL, ("c", "40")),
        ((4, 4), SMALL, ("c", "c")),
        ((0, 3), SMALL, ("c", "c")),
        ((0, 40), SMALL, ("0", "40")),
        ((3, 40), ALWAYS, ("3", "40")),
    ],
)
def test_the_counts_of_a_share_are_hidden_with_it(pair, rule, expected):
    numerator, denominator = disclose_counts(tuple(Decimal(each) for each in pair), rule=rule)

    assert (numerator.code or f"{numerator.number}", denominator.code or f"{denominator.number}") == expected


def test_a_small_percentage_of_many_is_shown():
    """3% of 1,000 children are 30 children."""
    assert disclose(Decimal(3), counts=(Decimal(30), Decimal(1000)), rule=SMALL) == shown(3)


def test_a_percentage_without_its_counts_is_hidden_as_a_count_would_be():
    assert disclose(Decimal(3), rule=SMALL) == HIDDEN


def test_some_of_very_many_are_not_none_of_them():
    assert disclose(Decimal(0), counts=(Decimal(6), Decimal(10_000)), rule=SMALL) == Shown(None, ValueCode.LOW)
    assert disclose(Decimal(0), counts=(Decimal(0), Decimal(10_000)), rule=SMALL) == shown(0)


@given(numerator=st.integers(0, 200), more=st.integers(0, 200))
def test_whoever_sees_the_counts_of_a_share_learns_of_no_few(numerator, more):
    pair = Decimal(numerator), Decimal(numerator + more)
    if not pair[1]:
        return

    value = disclose(pair[0] / pair[1] * 100, counts=pair, rule=SMALL)
    seen = disclose_counts(pair, rule=SMALL)

    if value.number is None and value.code == ValueCode.SUPPRESSED:
        assert seen[0] == HIDDEN
    else:
        assert not {numerator, more} & {1, 2, 3, 4, 5}


@pytest.mark.parametrize("code", ValueCode)
def test_a_code_is_never_summed(code):
    """Nothing that adds, subtracts or divides takes a code for a number, on either side."""
    coded = disclose(None, code=code, rule=SMALL)

    for derive in (change, percent_change, lambda now, before: share(now, before, rule=SMALL)):
        assert derive(coded, shown(40)).number is None
        assert derive(shown(40), coded).number is None
    cells = [shown(40), coded, shown(20)]
    after = protect_total(cells, [Decimal(40), Decimal(0), Decimal(20)])
    assert after[1] == coded
    assert all(cell.number is None or cell in cells for cell in after)
