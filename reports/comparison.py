"""Two versions of a section held against each other, block by block."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from partnership.models import ReportingPeriod
from priorities.figurebook import SHOWS
from priorities.models import Measure
from reports.choices import Kind
from reports.content import BlockContent, MeasureContent, from_json
from reports.difference import Line, compare, render
from reports.queries import whole_figure_book
from reports.richtext import FigureToken, figure_tokens

FEW = 2
"""So many unchanged lines in a row are shown as they are; of more it is said how many there are."""

Blocks = Sequence[Mapping[str, Any]]
"""The blocks of a version as it keeps them."""


@dataclass(frozen=True)
class Part:
    """Some lines in a row, as HTML: changed ones, or unchanged ones, folded away where they are many."""

    html: SafeString
    folded: int = 0
    """How many unchanged lines these are; 0 where they are shown."""


@dataclass(frozen=True)
class ComparedBlock:
    title: str
    fate: str
    """kept, changed, added or removed."""
    parts: tuple[Part, ...]


def compare_versions(old: Blocks, new: Blocks) -> list[ComparedBlock]:
    """What became of each block, in the order of the new version; those that are gone stand where they stood."""
    before = {data["block"]: data for data in old}
    after = {data["block"]: data for data in new}
    words = Words([from_json(data) for data in (*old, *new)])
    return [_compared(before.get(pk), after.get(pk), words) for pk in _in_order(list(before), list(after))]


def _in_order(old: list[int], new: list[int]) -> list[int]:
    order = list(new)
    for place, pk in enumerate(old):
        if pk not in order:
            above = [other for other in old[:place] if other in order]
            order.insert(order.index(above[-1]) + 1 if above else 0, pk)
    return order


def _compared(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, words: "Words") -> ComparedBlock:
    data = new or old or {}
    lines = compare(
        from_json(old) if old else BlockContent(),
        from_json(new) if new else BlockContent(),
        measure=words.measure,
        figure=words.figure,
    )
    is_kept = all(line.is_kept for line in lines)
    fate = "added" if old is None else "removed" if new is None else "kept" if is_kept else "changed"
    return ComparedBlock(_title(data), fate, tuple(_parts(lines)))


def _title(data: Mapping[str, Any]) -> str:
    kind = str(Kind(data["kind"]).label)
    return f"{kind}: {data['heading']}" if data["heading"] else kind


def _parts(lines: Iterable[Line]) -> Iterable[Part]:
    for is_kept, group in groupby(lines, key=lambda line: line.is_kept):
        together = list(group)
        yield Part(mark_safe(render(together)), len(together) if is_kept and len(together) > FEW else 0)


@dataclass(frozen=True)
class ReadBlock:
    title: str
    html: SafeString
    """Its lines; empty where nothing was written in it."""


def read_version(blocks: Blocks) -> list[ReadBlock]:
    """What stood in each block of a version, with figures and rows of tables by their names."""
    contents = [from_json(data) for data in blocks]
    words = Words(contents)
    return [
        ReadBlock(str(Kind(data["kind"]).label), _as_read(content, words))
        for data, content in zip(blocks, contents, strict=True)
    ]


def _as_read(content: BlockContent, words: "Words") -> SafeString:
    lines = compare(content, content, measure=words.measure, figure=words.figure)
    return mark_safe(render(lines) if lines else "")


class Words:
    """How figures and rows of tables are called in these contents, read once."""

    def __init__(self, contents: Collection[BlockContent]):
        tokens = {token for content in contents for text in _texts(content) for token in figure_tokens(text)}
        rows = [row for content in contents for row in content.measures]
        self._measures = Measure.objects.in_bulk({row.measure_id for row in rows})
        self._periods = ReportingPeriod.objects.in_bulk({row.period_id for row in rows})
        self._book = whole_figure_book({token.code for token in tokens}) if tokens else None

    def measure(self, row: MeasureContent) -> str:
        measure, period = self._measures.get(row.measure_id), self._periods.get(row.period_id)
        name = f"{measure or 'A measure that is no longer there'}, {period or 'a period that is no longer there'}"
        shown = f", {SHOWS.get(row.show, row.show).lower()}" if row.show != "value" else ""
        return f"{name}{shown}: {row.words}" if row.words else f"{name}{shown}"

    def figure(self, token: FigureToken) -> str:
        """The figure as it reads today, in brackets: what changed is which figure stands there, never its value."""
        figure = self._book and self._book.figure(token.code, token.period, token.show)
        return f"[{figure.name}, {figure.period}: {figure.text}]" if figure else f"[{token.code}]"


def _texts(content: BlockContent) -> Iterable[str]:
    return (content.body, *(item.text for item in content.items))
