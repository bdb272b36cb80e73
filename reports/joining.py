"""Both of two clashing contents in one, for somebody to make one text of them. Pure functions."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from reports.alignment import changes
from reports.content import BlockContent, ItemContent

T = TypeVar("T", bound=Hashable)


def join(theirs: BlockContent, mine: BlockContent) -> BlockContent:
    """What the two have in common once; where they differ, theirs and then mine. Nothing of either is left out."""
    return BlockContent(
        heading=_both_labels(theirs.heading, mine.heading),
        body="\n".join(_both(theirs.body.split("\n"), mine.body.split("\n"))).strip("\n"),
        source=_both_labels(theirs.source, mine.source),
        items=tuple(_both_points(theirs.items, mine.items)),
        quotations=tuple(_both(theirs.quotations, mine.quotations)),
        measures=tuple(_both(theirs.measures, mine.measures)),
    )


def _both_labels(theirs: str, mine: str) -> str:
    return " / ".join(dict.fromkeys(filter(None, (theirs, mine))))


def _both_points(theirs: Sequence[ItemContent], mine: Sequence[ItemContent]) -> list[ItemContent]:
    """Points that answer what was said stay as many as they are, each with both answers."""
    if not any(point.said for point in theirs) or [point.said for point in theirs] != [point.said for point in mine]:
        return _both(theirs, mine)
    answers = (
        "<br>".join(dict.fromkeys(filter(None, (their.text, my.text)))) for their, my in zip(theirs, mine, strict=True)
    )
    return [replace(point, text=answer) for point, answer in zip(theirs, answers, strict=True)]


def _both(theirs: Sequence[T], mine: Sequence[T]) -> list[T]:
    together: list[T] = []
    at = 0
    for change in changes(theirs, mine):
        together += [*theirs[at : change.end], *mine[change.new_start : change.new_end]]
        at = change.end
    return [*together, *theirs[at:]]
