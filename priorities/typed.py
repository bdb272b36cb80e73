"""Numbers as partners type them. Pure functions."""

import re
from decimal import Decimal

PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}((,\d{3})+|( \d{3})+)(\.\d+)?", re.ASCII)
AS_TYPED = str.maketrans({"\u2013": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " "})


class NotANumber(ValueError):
    """What was typed is not a number; the text says so to the person who typed it."""


def number_typed(text: str) -> Decimal:
    """The number in "1,234", "58%", "£5,000" or "12.5"; raises `NotANumber` for anything else, such as "n/a"."""
    bare = text.translate(AS_TYPED).strip().removeprefix("£").removesuffix("%").strip()
    if not (PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare)):
        raise NotANumber(f"“{text.strip()}” is not a number. Write it in digits, such as 1,234 or 7.5.")
    return Decimal(bare.replace(",", "").replace(" ", ""))
