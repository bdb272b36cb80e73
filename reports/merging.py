"""Two people changed the same block: their two versions as one, where their changes do not touch.

Merged three ways, as programmers do it: what each side changed is told from the version that both began with. Changes
touch when they overlap there or meet at one place, unless a paragraph or a row begins at that place and neither is an
insertion. The same change made by both is one change. A text is merged by its lines (a paragraph, list or table each),
and a line that both changed by its words; that counts only if it still is what `richtext.clean` would store.

Pure functions: no database, no request.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from enum import Enum
from typing import Any, Literal

from reports.alignment import Change, changes
from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent
from reports.richtext import TooMuchMarkup, clean, clean_inline

FieldName = Literal["heading", "body", "source", "items", "quotations", "measures"]


@dataclass(frozen=True)
class Clash:
    """A place that both sides changed, each in its own way."""

    field: FieldName
    place: int
    """Counted from 0 in the version both began with: a line of the body, a row of a list; 0 for other fields."""


@dataclass(frozen=True)
class Merge:
    """The merged content or, where the two sides do not fit together, every place at which they clash."""

    content: BlockContent | None
    clashes: tuple[Clash, ...] = ()


def merge(base: BlockContent, mine: BlockContent, theirs: BlockContent) -> Merge:
    """What the changes of `mine` and `theirs` together make of `base`, the version that both were made from.

    All three are canonical rich text, and so is the result. Which side is called mine makes no difference.
    """
    merged: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name, merge_field in _FIELDS.items():
        try:
            merged[name] = _merge_field(merge_field, *(getattr(side, name) for side in (base, mine, theirs)))
        except _Touching as touching:
            clashes += [Clash(name, place) for place in touching.places]
    return Merge(None, tuple(clashes)) if clashes else Merge(BlockContent(**merged))


class _Touching(Exception):
    """Changes of the two sides touch at these places."""

    def __init__(self, places: Sequence[int] = (0,)):
        super().__init__(places)
        self.places = places


def _merge_field(merge_both: Callable[[Any, Any, Any], Any], base: Any, mine: Any, theirs: Any) -> Any:
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else merge_both(base, mine, theirs)


def _merge_label(base: str, mine: str, theirs: str) -> str:
    """A heading or a source means something as a whole: never half of each."""
    raise _Touching


# Rich text

_HEADING = re.compile("<(/?)h[34]>")
# A space belongs to the word after it. A number stays one word ("1,200", "2022/23"), so that no third one comes of two.
_RICH_WORD = re.compile(
    r"(?:\s|&nbsp;)*"
    r'(?:<span(?:[^>"]|"[^"]*")*></span>|<(?:[^>"]|"[^"]*")*>\n?|&\w+;|\w+(?:[^\w\s<&]+\w+)*|[^\w\s])'
    r"|(?:\s|&nbsp;)+"
)
_PLAIN_WORD = re.compile(r"\s*(?:\w+(?:[^\w\s]+\w+)*|[^\w\s])|\s+")
_BLOCK_STARTS = {
    "<p>", "<h3>", "<h4>", "<ul>", "<ol>", "<li>", "<blockquote>", "<figure>", "<table>", "<thead>", "<tbody>", "<tr>",
}  # fmt: skip


def _merge_text(base: str, mine: str, theirs: str) -> str:
    lines: list[str] = []
    places: list[int] = []
    for part in _woven(_lines(base), _lines(mine), _lines(theirs), begins=lambda line: True):
        if not isinstance(part, _Contest):
            lines += part
            continue
        try:
            lines += _merge_lines(part.base, part.mine, part.theirs)
        except _Touching:
            places.append(part.place)
    if places:
        raise _Touching(places)
    return _cleaned("\n".join(lines))


def _merge_lines(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    sides = (_RICH_WORD.findall("".join(f"{line}\n" for line in side)) for side in (base, mine, theirs))
    words: list[str] = []
    for part in _woven(*sides):
        if isinstance(part, _Contest):
            raise _Touching
        words += part
    html = "".join(words).removesuffix("\n")
    _cleaned(html)
    return _lines(html)


def _lines(html: str) -> list[str]:
    return html.split("\n") if html else []


def _cleaned(html: str) -> str:
    """The text with the levels of its headings set anew: what stood above one may have gone."""
    try:
        cleaned = clean(html)
    except TooMuchMarkup as error:
        raise _Touching from error
    if _HEADING.sub(r"<\1h>", cleaned) != _HEADING.sub(r"<\1h>", html):
        raise _Touching
    return cleaned


# Rows of lists: points, quotations, measures


class _Mark(Enum):
    ROW = "r"
    REST = "e"


@dataclass(frozen=True)
class _Row:
    """The words of a row, merged word by word, and all the rest of it, which belongs together."""

    text: str
    rest: tuple[Any, ...]


def _merge_items(*sides: tuple[ItemContent, ...]) -> tuple[ItemContent, ...]:
    rows = _merge_rows(_RICH_WORD, [[_Row(item.text, astuple(item)[1:]) for item in side] for side in sides])
    items = tuple(ItemContent(row.text, *row.rest) for row in rows)
    if any(not (item.text or item.said) or clean_inline(item.text) != item.text for item in items):
        raise _Touching
    return items


def _merge_quotations(*sides: tuple[QuotationContent, ...]) -> tuple[QuotationContent, ...]:
    rows = _merge_rows(_PLAIN_WORD, [[_Row(quote.text, (quote.attribution,)) for quote in side] for side in sides])
    if any(not row.text.strip() for row in rows):
        raise _Touching
    return tuple(QuotationContent(row.text, *row.rest) for row in rows)


def _merge_measures(*sides: tuple[MeasureContent, ...]) -> tuple[MeasureContent, ...]:
    rows = _merge_rows(_PLAIN_WORD, [[_Row("", astuple(measure)) for measure in side] for side in sides])
    return tuple(MeasureContent(*row.rest) for row in rows)


def _merge_rows(word: re.Pattern[str], sides: list[list[_Row]]) -> list[_Row]:
    base, mine, theirs = ([token for row in side for token in _row_tokens(row, word)] for side in sides)
    tokens: list[Any] = []
    places: list[int] = []
    for part in _woven(base, mine, theirs):
        if isinstance(part, _Contest):
            places.append(max(base[: part.place + 1].count(_Mark.ROW) - 1, 0))
        else:
            tokens += part
    if places:
        raise _Touching(places)
    return _rows_from(tokens)


def _row_tokens(row: _Row, word: re.Pattern[str]) -> list[Any]:
    return [_Mark.ROW, *word.findall(row.text), _Mark.REST, row.rest]


def _rows_from(tokens: list[Any]) -> list[_Row]:
    """The rows that merged tokens make, where every one of them is whole and says something."""
    shape = "".join(token.value if isinstance(token, _Mark) else "wo"[isinstance(token, tuple)] for token in tokens)
    if not re.fullmatch("(?:rw*eo)*", shape):
        raise _Touching
    rows = (tokens[row.start() + 1 : row.end()] for row in re.finditer("rw*eo", shape))
    return [_Row("".join(words), rest) for *words, _, rest in rows]


# Three ways


@dataclass(frozen=True)
class _Contest:
    """What each side has where changes of both touch."""

    place: int
    base: Sequence[Any]
    mine: Sequence[Any]
    theirs: Sequence[Any]


@dataclass
class _Group:
    """Changes that touch one another."""

    mine: list[Change] = field(default_factory=list)
    theirs: list[Change] = field(default_factory=list)

    @property
    def start(self) -> int:
        return min(change.start for change in (*self.mine[:1], *self.theirs[:1]))

    @property
    def end(self) -> int:
        return max(change.end for change in (*self.mine[-1:], *self.theirs[-1:]))


def _begins_block(token: Any) -> bool:
    return token is _Mark.ROW or token in _BLOCK_STARTS


def _woven(
    base: Sequence[Any],
    mine: Sequence[Any],
    theirs: Sequence[Any],
    *,
    begins: Callable[[Any], bool] = _begins_block,
) -> Iterator[Sequence[Any] | _Contest]:
    """The merged sequence from front to back, and between its parts what is contested."""
    at = 0
    for group in _groups(base, changes(base, mine, begins=begins), changes(base, theirs, begins=begins), begins):
        start, end = group.start, group.end
        yield base[at:start]
        my_part, their_part = _part(mine, group.mine, start, end), _part(theirs, group.theirs, start, end)
        if not group.theirs or my_part == their_part:
            yield my_part
        elif not group.mine:
            yield their_part
        else:
            yield _Contest(start, base[start:end], my_part, their_part)
        at = end
    yield base[at:]


def _part(side: Sequence[Any], own: list[Change], start: int, end: int) -> Sequence[Any]:
    """What a side has for a part of the base at whose edges it may have changed nothing."""
    if not own:
        return []
    return side[own[0].new_start - (own[0].start - start) : own[-1].new_end + (end - own[-1].end)]


def _groups(
    base: Sequence[Any], mine: list[Change], theirs: list[Change], begins: Callable[[Any], bool]
) -> list[_Group]:
    """All changes in order, those that touch in one group."""
    groups: list[_Group] = []
    for change, is_mine in sorted(
        [(change, True) for change in mine] + [(change, False) for change in theirs], key=_place
    ):
        others = (groups[-1].theirs if is_mine else groups[-1].mine) if groups else []
        if not others or not _touch(others[-1], change, base, begins):
            groups.append(_Group())
        (groups[-1].mine if is_mine else groups[-1].theirs).append(change)
    return groups


def _place(pair: tuple[Change, bool]) -> tuple[int, int]:
    return pair[0].start, pair[0].end


def _touch(before: Change, after: Change, base: Sequence[Any], begins: Callable[[Any], bool]) -> bool:
    if after.start != before.end:
        return after.start < before.end
    is_insertion = before.start == before.end or after.start == after.end
    return is_insertion or not begins(base[after.start])


_FIELDS: dict[FieldName, Callable[..., Any]] = {
    "heading": _merge_label,
    "body": _merge_text,
    "source": _merge_label,
    "items": _merge_items,
    "quotations": _merge_quotations,
    "measures": _merge_measures,
}
