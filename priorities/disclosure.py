"""What may be shown of a number. Pure functions: no database, no request.

The default is that of the Department for Education's statistics on children in need: a count of 1 to 5 is replaced by
"c", a true zero is shown, and where a total is shown too, the next smallest count is hidden with it, so that nobody can
subtract. Percentages that stand on 1 to 5 children are hidden likewise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from priorities.choices import DisclosureRule, Qualifier, ValueCode

SMALLEST_SHOWN = 6
"""Counts from 1 to one less than this are hidden."""

SMALLEST_BASE = 10
"""A change from fewer than this is not told in per cent: from 1 to 4 is no rise of 300% that means anything."""


Counts = tuple[Decimal, Decimal]
"""How many, and out of how many."""


@dataclass(frozen=True)
class Shown:
    """A number as it may be shown, or the code that stands in its place (then `number` is None)."""

    number: Decimal | None
    code: str = ""
    qualifier: str = Qualifier.EXACT


def disclose(
    number: Decimal | None,
    *,
    code: str = "",
    qualifier: str = Qualifier.EXACT,
    counts: Counts | None = None,
    rule: str,
    rounding: int = 1,
) -> Shown:
    """The number under its measure's disclosure rule, rounded to a multiple of `rounding`.

    `counts` are the two counts of a share or a rate, where they are known: then they say whether it must be hidden.
    Rounding says so in the qualifier: an exact number rounded up is "almost", one rounded down is "over"; any other is
    "around". A number that rounds to zero is the code for that, since only a true zero is shown as one.
    """
    if number is None:
        return Shown(None, code or ValueCode.NOT_AVAILABLE)
    if tells_of_few(*counts, rule=rule) if counts else is_small(number, rule=rule):
        return Shown(None, ValueCode.SUPPRESSED)
    if counts and counts[0] and not number:
        return Shown(None, ValueCode.LOW)
    rounded = round_to(number, rounding)
    if rounded == number:
        return Shown(number, qualifier=qualifier)
    if rounded == 0:
        return Shown(None, ValueCode.LOW)
    if qualifier != Qualifier.EXACT:
        return Shown(rounded, qualifier=Qualifier.ABOUT)
    return Shown(rounded, qualifier=Qualifier.ALMOST if rounded > number else Qualifier.OVER)


def is_small(number: Decimal, *, rule: str) -> bool:
    """Whether a count must be hidden: 1 to 5 people, unless its measure is excepted."""
    return rule == DisclosureRule.SUPPRESS_SMALL and 0 < number < SMALLEST_SHOWN


def tells_of_few(numerator: Decimal, denominator: Decimal, *, rule: str) -> bool:
    """Whether a share or a rate must be hidden, since it gives away a count of 1 to 5 (domain.md 5).

    That is so where 1 to 5 are counted, where 1 to 5 are left out, and where everybody of a small group is counted,
    which tells of each of them.
    """
    left_out = denominator - numerator
    is_everybody_of_few = numerator == denominator and is_small(denominator, rule=rule)
    return is_small(numerator, rule=rule) or is_small(left_out, rule=rule) or is_everybody_of_few


def disclose_counts(counts: Counts, *, rule: str, rounding: int = 1) -> tuple[Shown, Shown]:
    """The two counts of a share or a rate. Where it is hidden so is the first, which the second would give away."""
    numerator, denominator = (disclose(count, rule=rule, rounding=rounding) for count in counts)
    if tells_of_few(*counts, rule=rule):
        numerator = Shown(None, ValueCode.SUPPRESSED)
    return numerator, denominator


def round_to(number: Decimal, multiple: int) -> Decimal:
    """The multiple nearest to the number, halves away from zero; `multiple` 1 leaves it as it is."""
    if multiple == 1:
        return number
    return (number / multiple).quantize(Decimal(1), rounding=ROUND_HALF_UP) * multiple


def share(numerator: Shown, denominator: Shown, *, rule: str) -> Shown:
    """The numerator as a percentage of the denominator, unrounded.

    Hidden where either is hidden, and where it gives away how few are counted or left out.
    """
    if numerator.number is None or not denominator.number:
        return Shown(None, numerator.code or denominator.code or ValueCode.NOT_APPLICABLE)
    if tells_of_few(numerator.number, denominator.number, rule=rule):
        return Shown(None, ValueCode.SUPPRESSED)
    return Shown(numerator.number / denominator.number * 100, qualifier=looser(numerator, denominator))


def change(now: Shown, before: Shown) -> Shown:
    """The difference from before to now, negative for a fall; without a number where either has none."""
    if now.number is None or before.number is None:
        return Shown(None, now.code or before.code)
    return Shown(now.number - before.number, qualifier=looser(now, before))


def percent_change(now: Shown, before: Shown) -> Shown:
    """The change as a percentage of before, unrounded, negative for a fall; without a number for a small base."""
    difference = change(now, before)
    if difference.number is None:
        return difference
    if not before.number or abs(before.number) < SMALLEST_BASE:
        return Shown(None, ValueCode.NOT_APPLICABLE)
    return Shown(difference.number / before.number * 100, qualifier=difference.qualifier)


def looser(*shown: Shown) -> str:
    """The qualifier of something computed from these: exact only if all of them are."""
    exact = all(each.qualifier == Qualifier.EXACT for each in shown)
    return Qualifier.EXACT if exact else Qualifier.ABOUT


def protect_total(cells: Sequence[Shown], numbers: Sequence[Decimal]) -> list[Shown]:
    """The cells of a total that is shown, with as many hidden as it takes that nobody can work one out.

    `numbers` are the cells' own. Whoever subtracts the shown cells from the total knows the sum of the hidden ones:
    that must not be the least or the most that so many counts of 1 to 5 can add up to. Zeros stay: they hold nobody.
    """
    protected = list(cells)
    while tells_of_each([number for cell, number in zip(protected, numbers, strict=True) if _is_hidden(cell)]):
        shown = [(cell.number, index) for index, cell in enumerate(protected) if cell.number]
        if not shown:
            break
        protected[min(shown)[1]] = Shown(None, ValueCode.SUPPRESSED)
    return protected


def tells_of_each(hidden: Sequence[Decimal]) -> bool:
    """Whether the sum of hidden counts gives each of them away."""
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) in (len(hidden), len(hidden) * (SMALLEST_SHOWN - 1)))


def _is_hidden(cell: Shown) -> bool:
    return cell.code == ValueCode.SUPPRESSED
