"""How a value stands against its target, in words and with the reason (domain.md 3.3). Pure functions.

It rates what is shown: a hidden value is not rated, since the rating would tell something of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from priorities.choices import Polarity, Qualifier, Rag, Unit, ValueCode
from priorities.disclosure import Shown
from priorities.wording import difference_in_words, in_words, round_half_up

NOT_RATED = "Not rated"
MOST_DIGITS = 2


@dataclass(frozen=True)
class Goal:
    """A target as far as rating needs it: the number, and how far a value may miss it and be at risk only."""

    number: Decimal
    margin: Decimal = Decimal(0)
    qualifier: str = Qualifier.EXACT


@dataclass(frozen=True)
class Rating:
    """How a value stands; `rag` is empty where it is not rated. The reason is for the reader."""

    rag: str
    reason: str

    @property
    def words(self) -> str:
        return str(Rag(self.rag).label) if self.rag else NOT_RATED


def rate(shown: Shown, goal: Goal | None, *, polarity: str, unit: str, decimals: int = 0) -> Rating:
    """The value as it is shown, held against the goal.

    Green meets it; amber misses it by no more than its margin; red by more. A measure that needs context is never
    rated: a rise of it may be need that was found, or need that grew.
    """
    if polarity == Polarity.CONTEXT:
        return Rating("", "It needs context to be read, so it is not rated.")
    if shown.code == ValueCode.SUPPRESSED:
        return Rating("", "The value is hidden to protect people, so it is not rated.")
    if shown.number is None:
        return Rating("", "There is no number to rate.")
    if goal is None:
        return Rating("", "There is no target.")
    number = shown.number if unit == Unit.FRACTION else round_half_up(shown.number, decimals)
    above = number - goal.number
    short = -above if polarity == Polarity.UP else above
    rag = Rag.GREEN if short <= 0 else Rag.AMBER if short <= goal.margin else Rag.RED
    return Rating(rag, _reason(above, goal, shown, rag, polarity=polarity, unit=unit, decimals=decimals))


def _reason(above: Decimal, goal: Goal, shown: Shown, rag: str, *, polarity: str, unit: str, decimals: int) -> str:
    target = _words(Shown(goal.number, qualifier=goal.qualifier), in_words, unit=unit, decimals=decimals)
    margin = _words(Shown(goal.margin), difference_in_words, unit=unit, decimals=decimals)
    if above == 0:
        return f"Meets the target of {target}."
    apart = Shown(abs(above), qualifier=Qualifier.EXACT if shown.qualifier == Qualifier.EXACT else Qualifier.ABOUT)
    words = _words(apart, difference_in_words, unit=unit, decimals=decimals)
    side = "above" if above > 0 else "below"
    less = ", where less is better" if polarity == Polarity.DOWN else ""
    reason = f"{words[0].upper()}{words[1:]} {side} the target of {target}{less}."
    if rag == Rag.AMBER:
        return f"{reason} Within {margin} is at risk."
    if rag == Rag.RED and goal.margin:
        return f"{reason} Within {margin} would be at risk."
    return reason


def _words(shown: Shown, worded: Callable[..., str], *, unit: str, decimals: int) -> str:
    """The number with as many decimals as it needs, two at the most, where those of its measure are fewer."""
    assert shown.number is not None
    exponent = shown.number.normalize().as_tuple().exponent
    needed = 0 if unit == Unit.FRACTION else min(-int(exponent), MOST_DIGITS)
    return worded(shown, unit=unit, decimals=max(decimals, needed))
