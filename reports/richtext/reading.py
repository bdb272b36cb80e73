"""What stands in clean rich text."""

from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

WORDS = {"strong", "em", "a", "br", "span"}
"""The tags of words; all others are blocks."""


@dataclass(frozen=True)
class FigureToken:
    """A figure placed in prose: which measure, of which period, and what of it is shown."""

    code: str
    period: str
    show: str


@dataclass(frozen=True)
class Reference:
    """A cross-reference: to a section, or to a block that is a chart or a table."""

    kind: str
    """section or block."""
    pk: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


@dataclass(frozen=True)
class Picture:
    """A picture by the key under which the report keeps it, and what it shows in words."""

    image: int
    alt: str


def figure_tokens(html: str) -> list[FigureToken]:
    """The figures of clean rich text in reading order, repeated as often as they are used."""
    return [token_of(span) for span in tree_of(html).iter("span") if span.get("data-figure")]


def references(html: str) -> list[Reference]:
    """The cross-references, likewise."""
    if "data-ref" not in html:  # most texts have none
        return []
    return [reference_of(span) for span in tree_of(html).iter("span") if span.get("data-ref")]


def pictures(html: str) -> list[Picture]:
    """The pictures, likewise."""
    if "<img" not in html:
        return []
    return [picture_of(img) for img in tree_of(html).iter("img")]


def note_texts(html: str) -> list[str]:
    """The texts of the notes, likewise."""
    return [span.get("data-note") for span in tree_of(html).iter("span") if span.get("data-note")]


def table_sizes(html: str) -> list[int]:
    """How many cells each table has, one that reaches over others counted as all that it covers."""
    if "<table" not in html:
        return []
    return [sum(map(_covered_by, table.iter("td", "th"))) for table in tree_of(html).iter("table")]


def _covered_by(cell: lxml.html.HtmlElement) -> int:
    return int(cell.get("colspan", 1)) * int(cell.get("rowspan", 1))


def plain_text(html: str) -> str:
    """The words of clean rich text: a line for each block, tabs between cells, no notes and no alternative texts.

    A figure that is not resolved stands as its code in brackets, a cross-reference as its target; after `resolve`,
    their words stand.
    """
    lines = "".join(_plain(tree_of(html))).split("\n")
    return "\n".join(filter(None, (line.strip(" \t") for line in lines)))


def word_count(html: str) -> int:
    """How many words the clean rich text has. A figure counts as one, dashes and bullets as none, notes not at all."""
    return sum(any(map(str.isalnum, word)) for word in plain_text(html).split())


def tree_of(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def token_of(span: lxml.html.HtmlElement) -> FigureToken:
    return FigureToken(span.get("data-figure"), span.get("data-period", ""), span.get("data-show", ""))


def reference_of(span: lxml.html.HtmlElement) -> Reference:
    kind, _, pk = span.get("data-ref").partition(":")
    return Reference(kind, int(pk))


def picture_of(img: lxml.html.HtmlElement) -> Picture:
    return Picture(int(img.get("data-image")), img.get("alt", ""))


def _plain(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The text of an element and its children; what follows the element itself is its parent's."""
    is_block = element.tag not in WORDS
    if is_block:
        yield "\t" if element.tag in {"td", "th"} else "\n"
    if element.tag == "br":
        yield "\n"
    token = element.get("data-figure") or element.get("data-ref")
    yield element.text or (f"[{token}]" if token and not len(element) else "")
    for child in element:
        yield from _plain(child)
        yield child.tail or ""
    if is_block and element.tag not in {"td", "th"}:
        yield "\n"
