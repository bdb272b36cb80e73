"""Two texts beside each other, in each of which the words are marked that stand only there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.comparison import FEW, Words
from reports.content import BlockContent
from reports.difference import Line, compare

Fate = Literal["removed", "added"]


@dataclass(frozen=True)
class Sides:
    theirs: SafeString
    mine: SafeString


def side_by_side(theirs: BlockContent, mine: BlockContent) -> Sides:
    """Both contents as HTML; of many lines in a row that are the same in both it is said how many there are."""
    words = Words([theirs, mine])
    lines = compare(theirs, mine, measure=words.measure, figure=words.figure)
    return Sides(_side(lines, "removed"), _side(lines, "added"))


def _side(lines: Iterable[Line], own: Fate) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in _parts(lines, own)))


def _parts(lines: Iterable[Line], own: Fate) -> Iterator[SafeString]:
    for is_kept, group in groupby(lines, key=lambda line: line.is_kept):
        together = list(group)
        if is_kept and len(together) > FEW:
            yield format_html('<p class="govuk-hint">{} lines are the same in both.</p>', len(together))
        else:
            yield from filter(None, (_line(line, own) for line in together))


def _line(line: Line, own: Fate) -> SafeString | None:
    pieces = [piece for piece in line.pieces if piece.fate in ("kept", own)]
    if not pieces:
        return None
    words = format_html_join(
        "", "{}", ((_marked(piece.text) if piece.fate == own else piece.text,) for piece in pieces)
    )
    bullet = "• " if line.shape == "point" else ""
    return format_html('<p class="portal-clash__{}">{}{}</p>', line.shape, bullet, words)


def _marked(text: str) -> SafeString:
    space = text[: len(text) - len(text.lstrip())]
    told = format_html('<span class="govuk-visually-hidden">{}</span>', "only here: ")
    end = format_html('<span class="govuk-visually-hidden">{}</span>', ", end. ")
    return format_html("{}<mark>{}{}{}</mark>", space, told, text.strip(), end)
