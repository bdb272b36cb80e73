"""How one sequence of words or lines became another: what stayed, and what stands where something else stood.

What occurs once on either side is lined up first, as a reader would do it; only what lies between is searched for the
shortest way. That gives changes that make sense to people, and bounds the time: where two parts have so little in
common that the search would be long, the one simply replaces the other.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

MOST_STEPS = 64
"""So many things put in or taken out at one place are searched for the shortest way; the time is their square."""

DEEPEST = 24
"""How often a part between two that stayed is looked at again; a text written by people needs three or four."""


@dataclass(frozen=True)
class Change:
    """`old[start:end]` became `new[new_start:new_end]`; one of the two may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True)
class Kept:
    """`old[start:start + length]` stands unchanged at `new[new_start:new_start + length]`."""

    start: int
    new_start: int
    length: int


def changes(
    old: Sequence[Hashable], new: Sequence[Hashable], *, begins: Callable[[Hashable], bool] = lambda token: False
) -> list[Change]:
    """What was changed, in order; between two changes something stayed.

    Where the same thing could be told as several insertions or deletions ("a b b" from "a b"), the one that begins with
    something for which `begins` is true is told, such as the start of a paragraph, and else the last.
    """
    found: list[Change] = []
    at = new_at = 0
    for kept in [*_joined(_kept(old, new)), Kept(len(old), len(new), 0)]:
        if (at, new_at) != (kept.start, kept.new_start):
            found.append(Change(at, kept.start, new_at, kept.new_start))
        at, new_at = kept.start + kept.length, kept.new_start + kept.length
    for index, change in enumerate(found):
        if (change.start == change.end) != (change.new_start == change.new_end):
            lowest = found[index - 1].end + 1 if index else 0
            highest = found[index + 1].start - 1 if index + 1 < len(found) else len(old)
            found[index] = _settled(old, new, change, lowest, highest, begins)
    return found


def _settled(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    change: Change,
    lowest: int,
    highest: int,
    begins: Callable[[Hashable], bool],
) -> Change:
    """The insertion or deletion moved to where it is best told, between two places of `old`."""
    if change.start == change.end:
        side, start, end = new, change.new_start, change.new_end
    else:
        side, start, end = old, change.start, change.end
    last = 0
    while change.end + last < highest and side[start + last] == side[end + last]:
        last += 1
    step = last
    while not begins(side[start + step]):
        if change.start + step == lowest or side[start + step - 1] != side[end + step - 1]:
            step = last
            break
        step -= 1
    return Change(change.start + step, change.end + step, change.new_start + step, change.new_end + step)


def _joined(parts: Iterator[Kept]) -> Iterator[Kept]:
    """Kept parts in order, those that follow on each other as one."""
    before = Kept(0, 0, 0)
    for part in parts:
        if not part.length:
            continue
        if (before.start + before.length, before.new_start + before.length) == (part.start, part.new_start):
            before = replace(before, length=before.length + part.length)
        else:
            yield before
            before = part
    yield before


def _kept(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Kept]:
    numbers: dict[Hashable, int] = {}
    return _Alignment(
        [numbers.setdefault(token, len(numbers)) for token in old],
        [numbers.setdefault(token, len(numbers)) for token in new],
    ).kept(0, len(old), 0, len(new), DEEPEST)


@dataclass(frozen=True)
class _Alignment:
    old: list[int]
    new: list[int]

    def kept(self, start: int, end: int, new_start: int, new_end: int, depth: int) -> Iterator[Kept]:
        """What stayed between two places of either side."""
        old, new = self.old, self.new
        first, new_first = start, new_start
        while start < end and new_start < new_end and old[start] == new[new_start]:
            start, new_start = start + 1, new_start + 1
        last = end
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
        yield Kept(first, new_first, start - first)
        if start < end and new_start < new_end and depth:
            yield from self._between(start, end, new_start, new_end, depth)
        yield Kept(end, new_end, last - end)

    def _between(self, start: int, end: int, new_start: int, new_end: int, depth: int) -> Iterator[Kept]:
        anchors = self._anchors(start, end, new_start, new_end)
        if not anchors:
            yield from self._shortest(start, end, new_start, new_end)
            return
        for anchor, new_anchor in anchors:
            yield from self.kept(start, anchor, new_start, new_anchor, depth - 1)
            yield Kept(anchor, new_anchor, 1)
            start, new_start = anchor + 1, new_anchor + 1
        yield from self.kept(start, end, new_start, new_end, depth - 1)

    def _anchors(self, start: int, end: int, new_start: int, new_end: int) -> list[tuple[int, int]]:
        """Places of what occurs once on either side: the most of them that stand in the same order on both."""
        old, new = self.old[start:end], self.new[new_start:new_end]
        often, new_often = Counter(old), Counter(new)
        places = {token: place for place, token in enumerate(new, new_start) if new_often[token] == 1}
        pairs = [
            (place, places[token]) for place, token in enumerate(old, start) if often[token] == 1 and token in places
        ]
        return _longest_rising(pairs)

    def _shortest(self, start: int, end: int, new_start: int, new_end: int) -> list[Kept]:
        """Myers' greedy search (An O(ND) difference algorithm, 1986), given up after `MOST_STEPS`."""
        old, new = self.old, self.new
        furthest = {1: start}
        trace: list[dict[int, int]] = []
        for steps in range(min(MOST_STEPS, end - start + new_end - new_start) + 1):
            trace.append(furthest.copy())
            for diagonal in range(-steps, steps + 1, 2):
                is_down = diagonal == -steps or (diagonal != steps and furthest[diagonal - 1] < furthest[diagonal + 1])
                x = furthest[diagonal + 1] if is_down else furthest[diagonal - 1] + 1
                y = x - start - diagonal + new_start
                while x < end and y < new_end and old[x] == new[y]:
                    x, y = x + 1, y + 1
                furthest[diagonal] = x
                if x >= end and y >= new_end:
                    return _walked_back(trace, start, new_start, x, y)
        return []


def _walked_back(trace: list[dict[int, int]], start: int, new_start: int, x: int, y: int) -> list[Kept]:
    kept: list[Kept] = []
    for steps in range(len(trace) - 1, -1, -1):
        furthest = trace[steps]
        diagonal = (x - start) - (y - new_start)
        is_down = diagonal == -steps or (diagonal != steps and furthest[diagonal - 1] < furthest[diagonal + 1])
        before_x = furthest[diagonal + 1] if is_down else furthest[diagonal - 1]
        before_y = before_x - start - (diagonal + 1 if is_down else diagonal - 1) + new_start
        from_x = before_x if is_down else before_x + 1
        if steps == 0:
            from_x, before_x, before_y = start, start, new_start
        kept.append(Kept(from_x, from_x - start - diagonal + new_start, x - from_x))
        x, y = before_x, before_y
    return kept[::-1]


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs rising in the first number the most that rise in the second too."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        row = bisect_left(ends, place)
        before.append(at[row - 1] if row else -1)
        ends[row : row + 1] = [place]
        at[row : row + 1] = [index]
    found = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]
