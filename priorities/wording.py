"""Numbers as people read them: "around 6,000", "£5 million", "around two-thirds". Pure functions."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from priorities.choices import DisclosureRule, Qualifier, Unit, ValueCode
from priorities.disclosure import Shown, disclose

MINUS = "\u2212"

NUMERATORS = ("", "one", "two", "three", "four", "five", "six", "seven")
DENOMINATORS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth"}


def in_words(shown: Shown, *, unit: str, decimals: int = 0) -> str:
    """The number with its qualifier and the sign of its unit, but without a noun; a code in its own words."""
    if shown.number is None:
        return str(ValueCode(shown.code).label)
    if shown.qualifier == Qualifier.EXACT:
        return number_in_words(shown.number, unit=unit, decimals=decimals)
    return f"{Qualifier(shown.qualifier).label} {number_in_words(shown.number, unit=unit, decimals=decimals)}"


def number_in_words(number: Decimal, *, unit: str, decimals: int = 0) -> str:
    """The bare number in its unit: thousands separated, per cent and pounds signed, fractions as words."""
    if unit == Unit.FRACTION:
        return fraction_in_words(number)
    if unit == Unit.POUNDS:
        return pounds_in_words(number)
    rounded = round_half_up(number, decimals)
    sign = MINUS if rounded < 0 else ""
    digits = f"{abs(rounded):,f}"
    return f"{sign}{digits}%" if unit == Unit.PERCENT else f"{sign}{digits}"


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """The number with so many decimals, halves up as people learn it: 21.5 becomes 22."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def pounds_in_words(number: Decimal) -> str:
    """Whole pounds, or millions where the amount is a round number of them."""
    sign = MINUS if number < 0 else ""
    millions = abs(number) / 1_000_000
    if millions >= 1 and millions == round_half_up(millions, 1):
        return f"{sign}£{millions.normalize():f} million"
    return f"{sign}£{round_half_up(abs(number), 0):,f}"


def fraction_in_words(number: Decimal) -> str:
    """A part of one as a simple fraction ("two-thirds"); in per cent where none is near, or it is no part of one."""
    fraction = Fraction(number).limit_denominator(8)
    is_near = 0 < fraction < 1 and abs(fraction - Fraction(number)) < Fraction(1, 200)
    if not is_near or fraction.denominator not in DENOMINATORS:
        return number_in_words(number * 100, unit=Unit.PERCENT)
    name = DENOMINATORS[fraction.denominator]
    if fraction == Fraction(1, 2):
        return "half"
    plural = "s" if fraction.numerator > 1 else ""
    return f"{NUMERATORS[fraction.numerator]}-{name}{plural}"


def difference_in_words(difference: Shown, *, unit: str, decimals: int = 0) -> str:
    """How far two numbers of a unit are apart: percentages differ in points, everything else in its own unit."""
    if difference.number is None or unit not in (Unit.PERCENT, Unit.FRACTION):
        return in_words(difference, unit=unit, decimals=decimals)
    points = difference.number * 100 if unit == Unit.FRACTION else difference.number
    words = number_in_words(points, unit="", decimals=decimals)
    words = f"{words} point{'' if round_half_up(points, decimals) == 1 else 's'}"
    return words if difference.qualifier == Qualifier.EXACT else f"{Qualifier(difference.qualifier).label} {words}"


def people_in_words(count: int, *, unit: str) -> str:
    """A count of people that was added up from records, as it may be told: one to five are not."""
    return in_words(disclose(Decimal(count), rule=DisclosureRule.SUPPRESS_SMALL), unit=unit)


def people_in_cell(count: int, *, unit: str) -> int | str:
    """The same for a cell of a spreadsheet: a number to reckon with where it may be told, else the words."""
    shown = disclose(Decimal(count), rule=DisclosureRule.SUPPRESS_SMALL)
    return int(shown.number) if shown.number is not None else in_words(shown, unit=unit)
