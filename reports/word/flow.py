"""Paragraphs, lists, quotes and tables in their order, as pieces of HTML that each stand on their own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from reports.word.losses import Losses
from reports.word.numbering import Numbering, Place
from reports.word.outline import Loss
from reports.word.package import W
from reports.word.styles import Role, Styles
from reports.word.tables import rows_of, table_html
from reports.word.words import WordReader, chosen, name_of, text_of

MOST_DEPTH = 2


@dataclass(frozen=True)
class Tools:
    """What it takes to read a part of the file."""

    words: WordReader
    styles: Styles
    numbering: Numbering
    losses: Losses


@dataclass
class _Item:
    depth: int
    tag: str
    list_id: str
    paragraphs: list[str]


@dataclass
class Flow:
    """Takes paragraphs and tables one after the other; `pieces` is what they became once it is `finished`."""

    tools: Tools
    is_cell: bool = False
    """In a cell there are no headings, quotes and pictures, and no tables."""
    pieces: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    """Pictures out of a cell, to stand below its table."""
    _items: list[_Item] = field(default_factory=list)
    _quote: list[str] = field(default_factory=list)
    _after: list[str] = field(default_factory=list)
    """What hangs on the items of the open list, to stand below it."""

    def add(self, block: etree._Element) -> None:
        if name_of(block) == "tbl":
            self._add_table(block)
        else:
            self.add_paragraph(block)

    def add_paragraph(self, paragraph: etree._Element) -> None:
        styles = self.tools.styles
        level = styles.heading_level(paragraph)
        numbered = None if level else styles.numbered(paragraph)
        place = numbered and self.tools.numbering.count(numbered.list_id, numbered.depth)
        role = styles.role(paragraph)
        words = self.tools.words.read(paragraph)
        more = [*words.figures, *(piece for box in words.boxes for piece in self._of_box(box))]
        if place and not place.level.is_blank:
            self._add_item(place, words.html)
        elif self._items and (place or role == Role.GOES_ON):
            self._items[-1].paragraphs.append(words.html)
        elif role == Role.QUOTE and not self.is_cell:
            self._close_list()
            self._quote.append(words.html)
        elif words.html.strip():
            self._add_words(words.html, level, role)
        self.add_more(more)

    def add_more(self, pieces: Iterable[str]) -> None:
        """What hangs on the paragraph just read; below the whole list where that is an item."""
        pieces = list(pieces)
        if self.is_cell:
            figures = [piece for piece in pieces if piece.startswith("<figure>")]
            self.figures += figures
            pieces = [piece for piece in pieces if piece not in figures]
        if pieces and self._items:
            self._after += pieces
        elif pieces:
            self._close()
            self.pieces += pieces

    def finished(self) -> list[str]:
        self._close()
        return self.pieces

    def _add_words(self, html: str, level: int | None, role: Role) -> None:
        self._close()
        if level and self.is_cell:
            self.pieces.append(f"<p><strong>{html}</strong></p>")
        elif level:
            self.pieces.append(_wrap(f"h{min(max(level, 3), 6)}", html))
        elif role == Role.CAPTION and self.pieces and self.pieces[-1].endswith('"></figure>'):
            self.pieces[-1] = f"{self.pieces[-1].removesuffix('</figure>')}<figcaption>{html}</figcaption></figure>"
        else:
            self.pieces.append(_wrap("p", html))

    def _add_item(self, place: Place, html: str) -> None:
        tag = "ul" if place.level.is_bullet else "ol"
        begins = not any(item.depth == place.depth and item.list_id == place.list_id for item in self._items)
        if place.depth >= MOST_DEPTH:
            self.tools.losses.add(Loss.LIST_LEVEL, _bare(html))
        elif tag == "ol" and begins and (place.count != 1 or place.level.format != "decimal"):
            self.tools.losses.add(Loss.LIST_NUMBERS, _bare(html))
        self._close_quote()
        self._items.append(_Item(place.depth, tag, place.list_id, [html]))

    def _of_box(self, box: etree._Element) -> list[str]:
        flow = Flow(self.tools, is_cell=self.is_cell)
        for block in blocks_of(box, self.tools.losses):
            flow.add(block)
        return [*flow.finished(), *flow.figures]

    def _add_table(self, table: etree._Element) -> None:
        losses = self.tools.losses
        rows = rows_of(table, losses)
        if len(rows) == 1 and len(rows[0].cells) == 1:
            losses.add(Loss.FRAME, text_of(table))
            for block in blocks_of(rows[0].cells[0].element, losses):
                self.add(block)
            return
        if self.is_cell:
            losses.add(Loss.NESTED_TABLE, text_of(table))
        elif not any(row.is_header for row in rows):
            losses.add(Loss.HEADER_CELLS, text_of(table))
        self._close()
        figures: list[str] = []
        html = table_html(rows, lambda cell: self._in_cell(cell, figures))
        self.pieces.append(html)
        if figures:
            losses.add(Loss.PICTURE_IN_TABLE, text_of(table))
            self.add_more(figures)

    def _in_cell(self, cell: etree._Element, figures: list[str]) -> str:
        flow = Flow(self.tools, is_cell=True)
        for block in blocks_of(cell, self.tools.losses):
            flow.add(block)
        html = "".join(flow.finished())
        figures += flow.figures
        return html

    def _close(self) -> None:
        self._close_list()
        self._close_quote()

    def _close_list(self) -> None:
        self.pieces += list(_lists(self._items))
        self.pieces += self._after
        self._items, self._after = [], []

    def _close_quote(self) -> None:
        if any(html.strip() for html in self._quote):
            self.pieces.append(_wrap("blockquote", "".join(_wrap("p", html) for html in self._quote)))
        self._quote = []


def blocks_of(element: etree._Element, losses: Losses) -> Iterator[etree._Element]:
    """The paragraphs and tables in an element, also those that stand in something around them."""
    for child in element:
        match name_of(child):
            case "p" | "tbl":
                yield child
            case "sdt" if made := _MADE_BY_WORD.get(_gallery(child)):
                losses.add(made, is_of_the_file=True)
            case "sdt" | "sdtContent" | "customXml" | "smartTag":
                yield from blocks_of(child, losses)
            case "ins" | "moveTo":
                losses.add(Loss.TRACKED, text_of(child))
                yield from blocks_of(child, losses)
            case "del" | "moveFrom":
                losses.add(Loss.TRACKED, text_of(child))
            case "AlternateContent":
                yield from blocks_of(chosen(child), losses)
            case "altChunk":
                losses.add(Loss.OBJECT)


_MADE_BY_WORD = {"Table of Contents": Loss.CONTENTS, "Cover Pages": Loss.COVER}


def _gallery(element: etree._Element) -> str:
    """From which of Word's galleries of ready-made parts this one is."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return "" if gallery is None else gallery.get(f"{W}val", "")


def _lists(items: list[_Item]) -> Iterator[str]:
    """Items in a row as lists, with what is deeper inside the item before it. Another kind begins another list."""
    while items:
        first, taken = items[0], 1
        while taken < len(items) and (items[taken].depth > first.depth or _are_of_one_list(first, items[taken])):
            taken += 1
        yield _wrap(first.tag, "".join(_items_html(items[:taken])))
        items = items[taken:]


def _are_of_one_list(one: _Item, other: _Item) -> bool:
    is_same = one.tag == "ul" or one.list_id == other.list_id
    return other.depth == one.depth and other.tag == one.tag and is_same


def _items_html(items: list[_Item]) -> Iterator[str]:
    starts = [at for at, item in enumerate(items) if item.depth == items[0].depth]
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        paragraphs = "".join(_wrap("p", html) for html in items[start].paragraphs)
        yield _wrap("li", paragraphs + "".join(_lists(items[start + 1 : end])))


def _wrap(tag: str, html: str) -> str:
    return f"<{tag}>{html}</{tag}>"


def _bare(html: str) -> str:
    return etree.tostring(etree.HTML(html), method="text", encoding="unicode") if html.strip() else ""
