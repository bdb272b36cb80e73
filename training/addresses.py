"""Addresses that somebody pastes, as a mail program or a spreadsheet has them. Pure functions."""

import re
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

SEPARATORS = re.compile(r"[\s,;<>\"'()\[\]]+")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """What was read of a paste: each address once, in small letters, in its order."""

    found: tuple[str, ...]
    doubles: tuple[str, ...]
    wrong: tuple[str, ...]
    """Words with an @ that are no address."""


def read_addresses(text: str) -> Addresses:
    """The addresses in a pasted text. Names beside them are passed over, so that a whole list can be pasted."""
    words = [word.strip(".:").lower() for word in SEPARATORS.split(text) if "@" in word]
    good = [word for word in words if _is_address(word)]
    counts = Counter(good)
    return Addresses(
        found=tuple(counts),
        doubles=tuple(word for word, count in counts.items() if count > 1),
        wrong=tuple(dict.fromkeys(word for word in words if word not in counts)),
    )


def _is_address(word: str) -> bool:
    try:
        validate_email(word)
    except ValidationError:
        return False
    return len(word) <= 254
