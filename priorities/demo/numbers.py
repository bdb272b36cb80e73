"""Numbers as the demo's files write them."""

from decimal import Decimal
from fractions import Fraction


def number(written: str | int | float) -> Decimal:
    """A number, plain or as a fraction such as "2/3"."""
    fraction = Fraction(str(written))
    return round(Decimal(fraction.numerator) / Decimal(fraction.denominator), 6)
