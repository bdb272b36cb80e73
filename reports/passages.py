"""Where a commented passage stands: in the text it was copied from, and after that text was edited.

Pure functions: no database, no request.
"""

import re
from collections.abc import Iterator

from reports.alignment import Change, changes

LEAST_LEFT = 0.5
"""A passage of which a smaller share of its letters is left has gone: what stands there now is something else."""

LONG_ENOUGH = 12
"""Characters of a passage that, where it stands word for word at another place, must have been moved there."""

LONGEST_QUOTE = 1_000
"""Words of a passage that are looked for; somebody who means more of a text means all of it."""

_STANDS_FOR = r"\[[^\[\]\n]{1,120}\]"
"""A figure or cross-reference in a text that shows no words of its own, such as [MACE_CHILDREN]."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def find(text: str, quote: str, *, before: str = "") -> tuple[int, int] | None:
    """Where in a text stands what somebody selected or copied from a page that shows it; None where it does not.

    Only letters and digits must agree: marks, spaces, bullets and the numbers of notes are as the page shows them. What
    stands in brackets in the quote, and any number, may be a figure of the text. `before` is what the page shows
    straight before; of several places that one is meant which fits it best.
    """
    words = re.findall(rf"{_STANDS_FOR}|\w+", quote)
    if not 0 < len(words) <= LONGEST_QUOTE:
        return None
    places = [match.span() for match in re.finditer(r"[^\w\[]*".join(map(_pattern, words)), text)]
    behind = _bare(before)[::-1]
    return max(places, key=lambda place: _same(_bare(text[: place[0]])[::-1], behind), default=None)


def _pattern(word: str) -> str:
    """What a word of a quote may be in the text."""
    if word.startswith("["):
        return rf"(?:{_STANDS_FOR}|{re.escape(word.strip('[]'))})"
    if without_note := re.fullmatch(r"([^\W\d]+)\d{1,2}", word):
        return rf"(?:{word}|{without_note[1]})"
    return rf"(?:{word}|{_STANDS_FOR})" if word[0].isdigit() else word


def _bare(text: str) -> str:
    return re.sub(rf"{_STANDS_FOR}|[\W\d]", "", text)


def follow(old_text: str, new_text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the passage `old_text[start:end]` stands in `new_text`: from the first to the last of its letters left.

    An edit wholly before or behind it leaves its words as they are. None where it has gone: less than half of its
    letters are left (all characters but spaces count), and it was not moved as a whole.
    """
    passage = old_text[start:end]
    if new_text.startswith(old_text[:end]):
        return start, end
    if new_text.endswith(old_text[start:]):
        return len(new_text) - len(old_text) + start, len(new_text) - len(old_text) + end
    if len(passage) >= LONG_ENOUGH and old_text.count(passage) == new_text.count(passage) == 1:
        return new_text.index(passage), new_text.index(passage) + len(passage)
    left = [new_place for place, new_place in _kept(old_text, new_text) if start <= place < end]
    if not left or len(left) < LEAST_LEFT * len(re.findall(r"\S", passage)):
        return None
    return left[0], left[-1] + 1


def _kept(old_text: str, new_text: str) -> Iterator[tuple[int, int]]:
    """The place of each letter of the old text that is left, and its place in the new one."""
    old, new = _WORD.findall(old_text), _WORD.findall(new_text)
    at = place = new_place = 0
    for change in [*changes(old, new), Change(len(old), len(old), len(new), len(new))]:
        stayed = "".join(old[at : change.start])
        yield from _letters(stayed, place, new_place)
        place, new_place = place + len(stayed), new_place + len(stayed)
        before, after = "".join(old[change.start : change.end]), "".join(new[change.new_start : change.new_end])
        same = _same(before, after)
        yield from _letters(before[:same], place, new_place)
        place, new_place = place + len(before), new_place + len(after)
        rest = _same(before[same:][::-1], after[same:][::-1])
        yield from _letters(before[len(before) - rest :], place - rest, new_place - rest)
        at = change.end


def _letters(text: str, place: int, new_place: int) -> Iterator[tuple[int, int]]:
    return ((place + n, new_place + n) for n, letter in enumerate(text) if not letter.isspace())


def _same(text: str, other: str) -> int:
    """With how many characters both begin."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((n for n, (one, another) in pairs if one != another), min(len(text), len(other)))
