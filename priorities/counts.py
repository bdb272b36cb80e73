"""Numbers that are worked out from two counts: a percentage, a part of one, a rate. Pure functions."""

from decimal import Decimal

from priorities.choices import Unit
from priorities.wording import round_half_up

MOST_DECIMALS = 6
FEWEST_OF_A_FRACTION = 2
"""Of a part of one at least so many decimals are compared, since its measure's decimals are those of its words."""


def worked_out(numerator: Decimal, denominator: Decimal, *, scale: int, unit: str, decimals: int) -> Decimal:
    """The number that two counts give, as exact as its measure shows it; a part of one as exact as it is kept."""
    kept = MOST_DECIMALS if unit == Unit.FRACTION else decimals
    return round_half_up(numerator * scale / denominator, kept)


def agrees(number: Decimal, computed: Decimal, *, unit: str, decimals: int) -> bool:
    """Whether a number that was typed is the one that its counts give, to the measure's precision."""
    compared = max(decimals, FEWEST_OF_A_FRACTION) if unit == Unit.FRACTION else decimals
    return round_half_up(number, compared) == round_half_up(computed, compared)
