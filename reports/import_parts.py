"""Imported text as the blocks of a section: a list whose heading says so becomes the standing list that it is.

Its points are records then, so that the focus of this report comes back in the next one. Pure functions.
"""

import re

from reports.choices import Kind
from reports.content import LONGEST_POINT, MOST_POINTS, BlockContent, ItemContent
from reports.richtext import clean, clean_inline, plain_text

_HEADINGS = {
    Kind.DELIVERABLES: re.compile(r"key deliverables"),
    Kind.DIFFERENCE: re.compile(r"what difference (have we made|did we make|has (this|it) made)"),
    Kind.BARRIERS: re.compile(r"(barriers and challenges|challenges and barriers|barriers)"),
    Kind.FOCUS: re.compile(r"(our )?focus for (next year|20\d\d ?[/–-] ?(20)?\d\d)"),
}
_HEADING = re.compile(r"<h[34]>.*</h[34]>")


def blocks_from(text: str) -> list[tuple[Kind, BlockContent]]:
    """The blocks that hold what stands in a piece of rich text, in its order.

    A standing list is made of its heading, which it prints by itself, the paragraphs below it and one list without
    lists inside it. Everything else stays text.
    """
    lines = text.split("\n")
    blocks: list[tuple[Kind, BlockContent]] = []
    before = at = 0
    while at < len(lines):
        found = _standing_list(lines, at)
        if found is None:
            at += 1
            continue
        kind, content, end = found
        blocks += [*_text(lines[before:at]), (kind, content)]
        before = at = end
    return [*blocks, *_text(lines[before:])]


def _text(lines: list[str]) -> list[tuple[Kind, BlockContent]]:
    body = clean("\n".join(lines))
    return [(Kind.TEXT, BlockContent(body=body))] if body else []


def _standing_list(lines: list[str], at: int) -> tuple[Kind, BlockContent, int] | None:
    """The standing list that begins in a line, and the line behind it."""
    kind = _kind_of(lines[at])
    end = at + 1
    while end < len(lines) and lines[end].startswith("<p>"):
        end += 1
    points = _points(lines[end]) if kind and end < len(lines) else ()
    if kind is None or not points:
        return None
    body = clean("\n".join(lines[at + 1 : end]))
    return kind, BlockContent(body=body, items=tuple(ItemContent(point) for point in points)), end + 1


def _kind_of(line: str) -> Kind | None:
    if not _HEADING.fullmatch(line) or "<span" in line:
        return None
    title = plain_text(line).lower().rstrip(" :?")
    return next((kind for kind, pattern in _HEADINGS.items() if pattern.fullmatch(title)), None)


def _points(line: str) -> tuple[str, ...]:
    """The points of a list that a standing list can hold; none for any other line."""
    is_plain_list = line.startswith(("<ul>", "<ol>")) and line.count("<ul>") + line.count("<ol>") == 1
    points = tuple(clean_inline(item) for item in re.findall(r"<li>(.*?)</li>", line)) if is_plain_list else ()
    is_too_much = len(points) > MOST_POINTS or any(len(plain_text(point)) > LONGEST_POINT for point in points)
    return () if is_too_much else points
