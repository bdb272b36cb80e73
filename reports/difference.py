"""What was changed between two texts, in words, for somebody to read.

A line is a paragraph, a heading, a point of a list, a row of a table. Lines that say the same stand for each other; of
the others those that have much in common are shown as one line with some words removed and some added.

Pure functions: no database, no request.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

import lxml.html

from priorities.choices import HowKnown
from reports.alignment import Change, changes
from reports.content import BlockContent, ItemContent, MeasureContent
from reports.richtext import FigureToken

Shape = Literal["heading", "text", "point", "row", "source"]

MOST_LIKENESSES = 2_500
"""So many pairs of lines are held against each other; beyond, lines are removed and added as wholes."""

ALIKE = 0.4
"""Lines that have a smaller share of their words in common have nothing to do with each other."""


@dataclass(frozen=True)
class Piece:
    """Words next to each other with one fate. A space before them is theirs."""

    fate: Literal["kept", "removed", "added"]
    text: str


@dataclass(frozen=True)
class Line:
    """What became of one line. `is_reformatted`: the words are the same, but not how they look or what they link to."""

    shape: Shape
    pieces: tuple[Piece, ...]
    is_reformatted: bool = False

    @property
    def is_kept(self) -> bool:
        return not self.is_reformatted and all(piece.fate == "kept" for piece in self.pieces)


def compare(
    old: BlockContent,
    new: BlockContent,
    *,
    measure: Callable[[MeasureContent], str],
    figure: Callable[[FigureToken], str] = lambda token: f"[{token.code}]",
) -> list[Line]:
    """What was changed in a block: its heading, text, points, quotations, measures and source, line by line.

    `measure` gives the words for a row of a table or chart, `figure` those for a figure in the text.
    """
    return [
        line
        for field in zip(_fields(old, measure, figure), _fields(new, measure, figure), strict=True)
        for line in _compared(*field)
    ]


def compare_texts(
    old: str, new: str, *, figure: Callable[[FigureToken], str] = lambda token: f"[{token.code}]"
) -> list[Line]:
    """What was changed between two clean rich texts."""
    return _compared(_text_lines(old, figure), _text_lines(new, figure))


def render(lines: Iterable[Line]) -> str:
    """Lines as HTML with `del` and `ins`, of which those who hear the page are told in words."""
    parts = []
    for shape, same in groupby(lines, key=lambda line: line.shape):
        tag, css = _TAGS[shape]
        rendered = "".join(f'<{tag} class="{css}">{_rendered(line)}</{tag}>' for line in same)
        parts.append(f'<ul class="govuk-list govuk-list--bullet">{rendered}</ul>' if tag == "li" else rendered)
    return f'<div class="portal-difference">{"".join(parts)}</div>'


_TAGS: dict[Shape, tuple[str, str]] = {
    "heading": ("p", "portal-difference__heading"),
    "text": ("p", "portal-difference__text"),
    "point": ("li", "portal-difference__point"),
    "row": ("p", "portal-difference__row"),
    "source": ("p", "portal-difference__source"),
}


def _rendered(line: Line) -> str:
    html = ""
    before = "kept"
    for piece in line.pieces:
        has_space = piece.text[0].isspace() or "kept" not in (before, piece.fate)
        html += " " * has_space + _rendered_piece(piece)
        before = piece.fate
    remark = ' <span class="portal-difference__remark">Formatting changed</span>' if line.is_reformatted else ""
    return html.strip() + remark


def _rendered_piece(piece: Piece) -> str:
    words = escape(piece.text.strip())
    if piece.fate == "kept":
        return words
    tag = "ins" if piece.fate == "added" else "del"
    return f"<{tag}>{_told(f'{piece.fate}: ')}{words}{_told(f', end of {piece.fate} words')}</{tag}>"


def _told(words: str) -> str:
    return f'<span class="govuk-visually-hidden">{words}</span>'


# A text's lines

_Figure = Callable[[FigureToken], str]

_WORD = re.compile(r"\s*(?:\w+(?:[^\w\s]+\w+)*|[^\w\s])")
_SHAPES: dict[str, Shape] = {"p": "text", "h3": "heading", "h4": "heading", "li": "point", "tr": "row"}
_BLOCKS = {*_SHAPES, "ul", "ol", "blockquote", "figure", "img", "figcaption", "table", "thead", "tbody", "th", "td"}


@dataclass(frozen=True)
class _Line:
    shape: Shape
    words: tuple[str, ...]
    """A space belongs to the word after it; a comma or full stop is a word."""
    look: str = ""

    @property
    def bare(self) -> tuple[str, ...]:
        return tuple(word.strip() for word in self.words)


def _fields(
    content: BlockContent, measure: Callable[[MeasureContent], str], figure: Callable[[FigureToken], str]
) -> list[list[_Line]]:
    quotations = (f"“{quote.text}” {quote.attribution}" for quote in content.quotations)
    return [
        _lines("heading", [content.heading]),
        _text_lines(content.body, figure),
        [line for item in content.items for line in _item_lines(item, figure)],
        _lines("text", quotations),
        _lines("row", map(measure, content.measures)),
        _lines("source", [content.source]),
    ]


def _lines(shape: Shape, texts: Iterable[str], look: str = "") -> list[_Line]:
    return [_Line(shape, tuple(words), look) for text in texts if (words := _WORD.findall(text.strip()))]


def _item_lines(item: ItemContent, figure: _Figure) -> list[_Line]:
    known = f" ({HowKnown(item.how_known).label}: {item.known_from})" if item.known_from else ""
    said = f"<li>We said: {item.said}</li>" if item.said else ""
    return _text_lines(f"{said}<li>{item.text}{escape(known)}</li>", figure)


def _text_lines(html: str, figure: _Figure) -> list[_Line]:
    return list(_read(lxml.html.fragment_fromstring(html, create_parent="div"), "text", figure))


def _read(element: lxml.html.HtmlElement, shape: Shape, figure: _Figure) -> Iterator[_Line]:
    """The lines of an element: its own words, and those of each block in it."""
    text, look = element.text or "", element.tag
    if element.tag == "img":
        text, look = f"[picture: {element.get('alt')}]", element.get("data-image", "")
    for child in element:
        if child.tag not in _BLOCKS:
            text += _spoken(child, figure)
            look += lxml.html.tostring(child, encoding="unicode")
            continue
        yield from _lines(shape, [text], look)
        text, look = "", element.tag
        if child.tag == "tr":
            cells = (" ".join("".join(line.words) for line in _read(cell, "row", figure)) for cell in child)
            yield from _lines("row", [" | ".join(cells)], lxml.html.tostring(child, encoding="unicode"))
        else:
            yield from _read(child, shape if shape == "point" else _SHAPES.get(child.tag, shape), figure)
    yield from _lines(shape, [text], look)


def _spoken(element: lxml.html.HtmlElement, figure: _Figure) -> str:
    """The words of an element within a line, and what follows it there."""
    if code := element.get("data-figure"):
        text = figure(FigureToken(code, element.get("data-period", ""), element.get("data-show", "")))
    elif note := element.get("data-note"):
        text = f" [note: {note}]"
    elif target := element.get("data-ref"):
        text = f"[{target}]"
    elif element.tag == "br":
        text = " "
    else:
        text = (element.text or "") + "".join(_spoken(child, figure) for child in element)
    return text + (element.tail or "")


# Comparing


def _compared(old: list[_Line], new: list[_Line]) -> list[Line]:
    lines: list[Line] = []
    at = new_at = 0
    for change in [*changes([line.bare for line in old], [line.bare for line in new]), _end(old, new)]:
        lines += [_one(*pair) for pair in zip(old[at : change.start], new[new_at : change.new_start], strict=True)]
        lines += _replaced(old[change.start : change.end], new[change.new_start : change.new_end])
        at, new_at = change.end, change.new_end
    return lines


def _end(old: Sequence[object], new: Sequence[object]) -> Change:
    return Change(len(old), len(old), len(new), len(new))


def _replaced(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[Line]:
    """Lines that stand for others: like ones as one line each, before it those that were only removed or added."""
    at = new_at = 0
    for place, new_place in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_whole(line, "removed") for line in old[at:place])
        yield from (_whole(line, "added") for line in new[new_at:new_place])
        if place < len(old):
            yield _one(old[place], new[new_place])
        at, new_at = place + 1, new_place + 1


def _pairs(old: Sequence[_Line], new: Sequence[_Line]) -> list[tuple[int, int]]:
    """Which lines are the same line, changed: in their order, and together as much alike as can be."""
    if len(old) * len(new) > MOST_LIKENESSES:
        return []
    words, new_words = [Counter(line.bare) for line in old], [Counter(line.bare) for line in new]
    alike = [[_likeness(one, other) for other in new_words] for one in words]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], alike[i][j] + best[i + 1][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    share = 2 * (one & other).total() / (one.total() + other.total())
    return share if share >= ALIKE else 0


def _whole(line: _Line, fate: Literal["removed", "added"]) -> Line:
    return Line(line.shape, (Piece(fate, "".join(line.words)),))


def _one(old: _Line, new: _Line) -> Line:
    """One line as it was and as it is."""
    pieces: list[Piece] = []
    at = new_at = 0
    for change in [*_readable(changes(old.bare, new.bare), old, new), _end(old.words, new.words)]:
        if at < change.start:
            space = " " if at and old.words[at][0].isspace() and not new.words[new_at][0].isspace() else ""
            pieces.append(Piece("kept", space + "".join(new.words[new_at : change.new_start])))
        pieces += [Piece("removed", text)] if (text := "".join(old.words[change.start : change.end])) else []
        pieces += [Piece("added", text)] if (text := "".join(new.words[change.new_start : change.new_end])) else []
        at, new_at = change.end, change.new_end
    is_reformatted = old.bare == new.bare and (old.shape, old.look) != (new.shape, new.look)
    return Line(new.shape, tuple(pieces), is_reformatted)


def _readable(found: list[Change], old: _Line, new: _Line) -> list[Change]:
    """Changes with those made one between which fewer letters stayed than either changed: nobody reads such crumbs."""
    joined: list[Change] = []
    for change in found:
        while joined and _letters(old.words[joined[-1].end : change.start]) <= min(
            _extent(joined[-1], old, new), _extent(change, old, new)
        ):
            before = joined.pop()
            change = Change(before.start, change.end, before.new_start, change.new_end)
        joined.append(change)
    return joined


def _extent(change: Change, old: _Line, new: _Line) -> int:
    return max(_letters(old.words[change.start : change.end]), _letters(new.words[change.new_start : change.new_end]))


def _letters(words: Sequence[str]) -> int:
    return sum(len(word.strip()) for word in words)
