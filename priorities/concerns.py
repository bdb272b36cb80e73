"""What to ask about an answer that can be right but looks like a slip. Pure functions.

A concern warns and never refuses: whoever answers says why it is right, and the board team reads both. Only clear slips
are asked about, since a form that cries wolf is clicked through: that a count has doubled is news, not a slip.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from priorities.choices import Qualifier, Unit
from priorities.wording import number_in_words

TIMES = 10
LARGE = 100
"""From here on the same number twice is more likely a copy than a coincidence."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A number that was returned; `numerator` is the first of its two counts, where it was worked out from counts."""

    number: Decimal
    numerator: Decimal | None = None
    qualifier: str = Qualifier.EXACT
    counted_on: date | None = None
    period: str = ""


def questions_about(
    answer: Answer, before: Answer | None, *, unit: str, decimals: int, first_day: date, last_day: date
) -> list[str]:
    """What to ask about the answer, with the numbers themselves.

    `before` is what the same measure had in the period before. It was to be counted from `first_day` to `last_day`.
    """
    asked = [_about_nought(answer), _about_date(answer, first_day, last_day)]
    if before is not None:
        asked = [_about_change(answer, before, unit=unit, decimals=decimals), *asked]
    return [question for question in asked if question]


def _about_change(now: Answer, before: Answer, *, unit: str, decimals: int) -> str:
    new, old = (number_in_words(each.number, unit=unit, decimals=_enough(each, decimals)) for each in (now, before))
    if _is_part_for_percentage(now, before, unit):
        return f"You entered {new}, and {before.period} had {old}. Was 0.58 written for 58% in one of them?"
    if before.number > 0 and now.number >= TIMES * before.number:
        return f"You entered {new}. That is at least ten times the {old} of {before.period}. Is it right?"
    if before.number >= TIMES * (now.number or 1):
        return f"You entered {new}. That is a tenth or less of the {old} of {before.period}. Is it right?"
    if _is_copy(now, before):
        return f"You entered {new}, the very number of {before.period}. Is it a new count?"
    return ""


def _is_part_for_percentage(now: Answer, before: Answer, unit: str) -> bool:
    """Whether a percentage that was typed, not worked out, crosses 1: 0.58 for 58%."""
    if unit != Unit.PERCENT or now.numerator is not None:
        return False
    low, high = sorted((now.number, before.number))
    return 0 < low <= 1 < high


def _is_copy(now: Answer, before: Answer) -> bool:
    if now.numerator is not None or before.numerator is not None:
        is_large = (now.numerator or 0) >= LARGE
        return is_large and (now.numerator, now.number) == (before.numerator, before.number)
    return now.number == before.number and now.number > LARGE


def _about_nought(answer: Answer) -> str:
    if answer.number != 0 or answer.qualifier == Qualifier.EXACT:
        return ""
    return f"You entered “{Qualifier(answer.qualifier).label} 0”. Is it not exactly 0?"


def _about_date(answer: Answer, first_day: date, last_day: date) -> str:
    day = answer.counted_on
    if day is None or first_day <= day <= last_day:
        return ""
    return (
        f"You entered that it was counted on {_written(day)}. "
        f"That is not from {_written(first_day)} to {_written(last_day)}. Is it right?"
    )


def _written(day: date) -> str:
    return f"{day:%-d %B} {day.year}"


def _enough(answer: Answer, decimals: int) -> int:
    """As many decimals as tell the number: "0.58%", where its measure would show "1%"."""
    exponent = answer.number.normalize().as_tuple().exponent
    return max(decimals, -exponent if isinstance(exponent, int) else 0)
