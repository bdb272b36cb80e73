"""What somebody wrote into a block, as one plain value: compared, kept in versions, and saved as a whole."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from reports.models import Block
from reports.richtext import FigureToken, clean_inline, figure_tokens, plain_text, word_count


@dataclass(frozen=True)
class ItemContent:
    text: str
    update_id: int | None = None
    how_known: str = ""
    known_from: str = ""
    known_measure_id: int | None = None
    said: str = ""


@dataclass(frozen=True)
class QuotationContent:
    text: str
    attribution: str = ""


@dataclass(frozen=True)
class MeasureContent:
    measure_id: int
    period_id: int
    show: str = "value"
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class BlockContent:
    """The written part of a block; a kind uses what it needs and leaves the rest empty."""

    heading: str = ""
    body: str = ""
    source: str = ""
    items: tuple[ItemContent, ...] = ()
    quotations: tuple[QuotationContent, ...] = ()
    measures: tuple[MeasureContent, ...] = ()


def content_of(block: Block) -> BlockContent:
    """What stands in a block. Reads its items, quotations and measures; prefetch them for many blocks."""
    return BlockContent(
        heading=block.heading,
        body=block.body,
        source=block.source,
        items=tuple(
            ItemContent(item.text, item.update_id, item.how_known, item.known_from, item.known_measure_id, item.said)
            for item in block.items.all()
        ),
        quotations=tuple(QuotationContent(quote.text, quote.attribution) for quote in block.quotations.all()),
        measures=tuple(
            MeasureContent(row.measure_id, row.period_id, row.show, row.words) for row in block.measures.all()
        ),
    )


def as_json(block: Block, content: BlockContent | None = None) -> dict[str, Any]:
    """A block for a version's record, or with another content; `from_json` gives it back, of older records too."""
    return {
        "block": block.pk,
        "kind": block.kind,
        "variants": list(block.variants),
        **asdict(content or content_of(block)),
    }


def from_json(data: Mapping[str, Any]) -> BlockContent:
    return BlockContent(
        heading=data["heading"],
        body=data["body"],
        source=data["source"],
        items=tuple(ItemContent(**item) for item in data["items"]),
        quotations=tuple(QuotationContent(**quote) for quote in data["quotations"]),
        measures=tuple(MeasureContent(**row) for row in data["measures"]),
    )


def points_from(text: str) -> list[str]:
    """Plain text as the points of a standing list: a point for each paragraph that has something in it."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return [point for paragraph in paragraphs if (point := clean_inline(escape(paragraph)))]


MOST_POINTS = 100
"""A standing list with more points than this is no list that anybody reads."""

LONGEST_POINT = 4_000
"""Characters of a point, as they are read."""


def text_of(content: BlockContent) -> str:
    """All words of a content, a line for each paragraph or point; figures stand as their codes."""
    lines = [content.heading, plain_text(content.body)]
    lines += [line for item in content.items for line in _lines_of(item)]
    lines += [f"“{quote.text}” {quote.attribution}".strip() for quote in content.quotations]
    lines += [row.words for row in content.measures if row.words]
    return "\n".join(filter(None, [*lines, content.source]))


def _lines_of(item: ItemContent) -> list[str]:
    said = [f"We said: {plain_text(item.said)}"] if item.said else []
    return [*said, f"• {plain_text(item.text)}"]


def words_in(content: BlockContent) -> int:
    """How many words somebody wrote into a block, headings and notes on sources left out."""
    words = sum(map(word_count, (content.body, *(item.text for item in content.items))))
    return words + sum(len(quote.text.split()) for quote in content.quotations)


def figures_named_in(blocks: Iterable[Block]) -> set[FigureToken]:
    """The figures that blocks with their contents name, in prose or as rows, whether there is a value or not."""
    texts = [text for block in blocks for text in (block.body, *(item.text for item in block.items.all()))]
    in_prose = {token for text in texts for token in figure_tokens(text)}
    rows = {
        FigureToken(row.measure.code, row.period.code, row.show) for block in blocks for row in block.measures.all()
    }
    return in_prose | rows
