"""Numbers as partners type them. Pure functions."""

import re
from decimal import Decimal

from priorities.choices import ValueCode

PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}((,\d{3})+|( \d{3})+)(\.\d+)?", re.ASCII)
RANGE = re.compile(r"[\d,.]+ ?(-|to) ?[\d,.]+%?", re.ASCII)
AS_TYPED = str.maketrans({"\u2013": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " "})

NOUGHT = {"nil", "zero"}
NOT_GIVEN = {"n/a", "na", "n.a.", "not available", "not known", "unknown"}
UNCLEAR = {"-", "--", "none"}
"""What some write for nought and others for a number that they do not have."""


class NotANumber(ValueError):
    """What was typed is not a number; the text says so to the person who typed it."""


def number_typed(text: str) -> Decimal:
    """The number in "1,234", "58%", "£5,000" or "12.5"; raises `NotANumber` for anything else, such as "n/a"."""
    bare = text.translate(AS_TYPED).strip().removeprefix("£").removesuffix("%").strip()
    if not (PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare)):
        raise NotANumber(f"“{text.strip()}” is not a number. Write it in digits, such as 1,234 or 7.5.")
    return Decimal(bare.replace(",", "").replace(" ", ""))


def answer_typed(text: str) -> Decimal | ValueCode:
    """The number, with "nil" as nought, or the code that stands in its place: "n/a" is that it is not available.

    Raises `NotANumber`, also for what can mean two things.
    """
    word = text.translate(AS_TYPED).strip().casefold()
    if word in NOUGHT:
        return Decimal(0)
    if word in NOT_GIVEN:
        return ValueCode.NOT_AVAILABLE
    if word in ValueCode.values:
        return ValueCode(word)
    if word in UNCLEAR:
        raise NotANumber(
            f"“{text.strip()}” can mean two things. Write 0 if there were none, or n/a if you cannot give the number."
        )
    if RANGE.fullmatch(word):
        raise NotANumber(f"“{text.strip()}” is a range. Write one number, and say below that it is not exact.")
    return number_typed(text)
