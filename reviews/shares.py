"""A part of a whole as people read it: "17 of 79, 22%". Worked out when it is shown, never kept. Pure functions."""

from collections.abc import Sequence
from decimal import Decimal

from priorities.choices import DisclosureRule, Unit
from priorities.disclosure import Shown, disclose, disclose_counts, protect_total, share
from priorities.wording import in_words

RULE = DisclosureRule.SUPPRESS_SMALL


def part_in_words(part: int | None, whole: int | None, *, unit: str) -> str:
    """How many of how many with the share; empty where the part is not known. One to five are not told."""
    if part is None:
        return ""
    if not whole:
        return in_words(disclose(Decimal(part), rule=RULE), unit=unit)
    counts = Decimal(part), Decimal(whole)
    shown_part, shown_whole = disclose_counts(counts, rule=RULE)
    if shown_part.number is None:
        return in_words(shown_part, unit=unit)
    per_cent = in_words(share(shown_part, shown_whole, rule=RULE), unit=Unit.PERCENT)
    return f"{in_words(shown_part, unit=unit)} of {in_words(shown_whole, unit=unit)}, {per_cent}"


def part_in_cell(part: int | None, whole: int | None, *, unit: str) -> int | str:
    """The part alone, for a cell of a spreadsheet: a number where it may be told beside its whole, else the words."""
    if part is None:
        return ""
    shown = (
        disclose_counts((Decimal(part), Decimal(whole)), rule=RULE)[0] if whole else disclose(Decimal(part), rule=RULE)
    )
    return int(shown.number) if shown.number is not None else in_words(shown, unit=unit)


def parts_of_total(numbers: Sequence[int | None], total: int, *, unit: str) -> list[str]:
    """Parts of a total that is shown, with as many hidden as keeps each of the small ones from being worked out.

    Empty texts for parts that are not known.
    """
    known = [Decimal(number) for number in numbers if number is not None]
    cells = [disclose(number, rule=RULE) for number in known]
    if sum(known) == total:
        cells = protect_total(cells, known)
    texts = iter(_text(cell, unit) for cell in cells)
    return ["" if number is None else next(texts) for number in numbers]


def _text(cell: Shown, unit: str) -> str:
    return in_words(cell, unit=unit)
