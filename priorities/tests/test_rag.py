"""Ratings: green meets the target, amber misses it by no more than its tolerance; nothing hidden is told."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from priorities.choices import DisclosureRule, Polarity, Qualifier, Rag, Unit, ValueCode
from priorities.disclosure import Shown, disclose
from priorities.rag import Goal, Rating, rate

NUMBERS = st.decimals(min_value=0, max_value=1000, places=1)


def rated(number, target, *, margin=0, polarity=Polarity.UP, unit=Unit.PERCENT, decimals=0, **shown):
    goal = Goal(Decimal(str(target)), Decimal(str(margin)))
    return rate(Shown(Decimal(str(number)), **shown), goal, polarity=polarity, unit=unit, decimals=decimals)


@pytest.mark.parametrize(
    ("number", "margin", "polarity", "rag", "reason"),
    [
        (60, 0, Polarity.UP, Rag.GREEN, "Meets the target of 60%."),
        (63, 0, Polarity.UP, Rag.GREEN, "3 points above the target of 60%."),
        (59, 0, Polarity.UP, Rag.RED, "1 point below the target of 60%."),
        (56, 5, Polarity.UP, Rag.AMBER, "4 points below the target of 60%. Within 5 points is at risk."),
        (55, 5, Polarity.UP, Rag.AMBER, "5 points below the target of 60%. Within 5 points is at risk."),
        (51, 5, Polarity.UP, Rag.RED, "9 points below the target of 60%. Within 5 points would be at risk."),
        (51, 5, Polarity.DOWN, Rag.GREEN, "9 points below the target of 60%, where less is better."),
        (
            63,
            5,
            Polarity.DOWN,
            Rag.AMBER,
            "3 points above the target of 60%, where less is better. Within 5 points is at risk.",
        ),
        (
            66,
            5,
            Polarity.DOWN,
            Rag.RED,
            "6 points above the target of 60%, where less is better. Within 5 points would be at risk.",
        ),
    ],
)
def test_value_is_held_against_target_and_tolerance(number, margin, polarity, rag, reason):
    assert rated(number, 60, margin=margin, polarity=polarity) == Rating(rag, reason)


def test_difference_is_told_in_the_measure_s_own_unit():
    assert rated(610, 700, unit=Unit.CHILDREN).reason == "90 below the target of 700."
    assert rated("0.5", "0.75", unit=Unit.FRACTION).reason == "25 points below the target of three-quarters."
    assert rated(1500, 2000, unit=Unit.POUNDS).reason == "£500 below the target of £2,000."


def test_difference_of_an_inexact_value_is_inexact():
    assert rated(51, 60, qualifier=Qualifier.OVER).reason == "Around 9 points below the target of 60%."


def test_value_is_rated_as_it_is_shown():
    """59.6 is shown as 60%: a page that called it short of 60% would contradict itself."""
    assert rated("59.6", 60) == Rating(Rag.GREEN, "Meets the target of 60%.")


CONTEXT = "It needs context to be read, so it is not rated."
HIDDEN = "The value is hidden to protect people, so it is not rated."


@pytest.mark.parametrize(
    ("shown", "goal", "polarity", "reason"),
    [
        (Shown(Decimal(9)), Goal(Decimal(5)), Polarity.CONTEXT, CONTEXT),
        (Shown(Decimal(9)), None, Polarity.UP, "There is no target."),
        (Shown(None, ValueCode.NOT_AVAILABLE), Goal(Decimal(5)), Polarity.UP, "There is no number to rate."),
        (Shown(None, ValueCode.SUPPRESSED), Goal(Decimal(5)), Polarity.UP, HIDDEN),
    ],
)
def test_what_cannot_be_rated_says_why(shown, goal, polarity, reason):
    rating = rate(shown, goal, polarity=polarity, unit=Unit.CHILDREN)

    assert rating == Rating("", reason)
    assert rating.words == "Not rated"


@given(st.integers(1, 5), NUMBERS, st.sampled_from([Polarity.UP, Polarity.DOWN]))
def test_rating_tells_nothing_of_a_hidden_count(count, target, polarity):
    ratings = {
        rate(
            disclose(Decimal(each), rule=DisclosureRule.SUPPRESS_SMALL),
            Goal(target),
            polarity=polarity,
            unit=Unit.CHILDREN,
        )
        for each in (count, 1, 5)
    }

    assert len(ratings) == 1


@given(NUMBERS, NUMBERS, NUMBERS)
def test_more_is_never_rated_worse_where_a_rise_is_good(number, target, margin):
    order = [Rag.RED, Rag.AMBER, Rag.GREEN]
    lower = rated(number, target, margin=margin, decimals=1)
    higher = rated(number + 1, target, margin=margin, decimals=1)

    assert order.index(higher.rag) >= order.index(lower.rag)
