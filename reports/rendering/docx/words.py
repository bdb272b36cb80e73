"""The words of a paragraph, with links, notes and figures in their places."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reports.rendering.docx.manuscript import Source
from reports.rendering.docx.markup import PLAIN, Manner, bookmark_name, run
from reports.rendering.docx.package import Relations

Element = Any
"""An element of lxml, which has no types."""

Piece = str | tuple[str, Manner]
"""What is written already, or words with their manner."""

BREAK = "<w:r><w:br/></w:r>"
_SPACES = re.compile("[ \t\n\r\f]+")

NOT_SAID = frozenset({"note-back", "govuk-visually-hidden"})
"""Words for those who move about in a page."""


@dataclass
class Notes:
    """Footnotes or endnotes, in the order in which they are first referred to."""

    kind: str
    """footnote or endnote."""
    relations: Relations = field(default_factory=Relations)
    texts: list[str] = field(default_factory=list)
    """The runs of each."""

    @property
    def name(self) -> str:
        return self.kind.capitalize()

    def add(self, runs: str) -> str:
        """Keep a note; gives the reference that stands in the text."""
        self.texts.append(runs)
        return (
            f'<w:r><w:rPr><w:rStyle w:val="{self.name}Reference"/></w:rPr>'
            f'<w:{self.kind}Reference w:id="{len(self.texts)}"/></w:r>'
        )


@dataclass
class Words:
    """Writes runs; it knows the report's notes and figures, and which of them have been said."""

    sources: Sequence[Source]
    notes: Mapping[str, Element]
    """What each note says, by its anchor."""
    footnotes: Notes = field(default_factory=lambda: Notes("footnote"))
    endnotes: Notes = field(default_factory=lambda: Notes("endnote"))
    _told: set[Source] = field(default_factory=set)

    def runs(self, nodes: Iterable[Element | str], relations: Relations, manner: Manner = PLAIN) -> str:
        """Text and inline elements as runs, without the space around them; links stand in `relations`."""
        pieces = _tidied(self._pieces(nodes, relations, manner))
        return "".join(piece if isinstance(piece, str) else run(*piece) for piece in pieces)

    def _pieces(self, nodes: Iterable[Element | str], relations: Relations, manner: Manner) -> Iterator[Piece]:
        for node in nodes:
            if isinstance(node, str):
                yield node, manner
            elif isinstance(node.tag, str) and not NOT_SAID & set(node.get("class", "").split()):
                yield from self._of_element(node, relations, manner)

    def _of_element(self, element: Element, relations: Relations, manner: Manner) -> Iterator[Piece]:
        inside, names = inline_nodes(element), element.get("class", "").split()
        manner = replace(manner, language=element.get("lang", manner.language))
        if element.tag == "br":
            yield BREAK
        elif element.tag == "a":
            yield from self._link(element, relations, manner)
        elif "data-table-scope" in names:
            yield BREAK
            yield from self._pieces(inside, relations, replace(manner, is_small=True, is_bold=False))
        else:
            yield from self._pieces(inside, relations, _manner_in(element.tag, manner))
            if "figure" in names:
                yield from self._source(element)

    def _link(self, element: Element, relations: Relations, manner: Manner) -> Iterator[Piece]:
        address = element.get("href", "")
        if element.get("role") == "doc-noteref":
            note = self.notes[address.removeprefix("#")]
            yield self.footnotes.add(self.runs(inline_nodes(note), self.footnotes.relations))
            return
        if address.startswith("#"):
            yield f'<w:hyperlink w:anchor="{bookmark_name(address[1:])}">'
        else:
            yield f'<w:hyperlink r:id="{relations.id_of("hyperlink", address, is_external=True)}">'
        yield from self._pieces(inline_nodes(element), relations, replace(manner, is_link=True))
        yield "</w:hyperlink>"

    def _source(self, element: Element) -> Iterator[Piece]:
        """A note with the source of each figure that these words may be, where they are said first."""
        code, shown = element.get("data-figure"), element.text_content()
        told = [each for each in self.sources if (each.code, each.shown) == (code, shown) and each not in self._told]
        self._told.update(told)
        if told:
            yield self.endnotes.add(run(" ".join(each.said for each in told)))


def inline_nodes(element: Element) -> list[Element | str]:
    """What stands directly in an element: texts and elements, in their order."""
    nodes: list[Element | str] = [element.text] if element.text else []
    for child in element:
        nodes.append(child)
        if child.tail:
            nodes.append(child.tail)
    return nodes


def _manner_in(tag: str, manner: Manner) -> Manner:
    match tag:
        case "strong" | "b":
            return replace(manner, is_bold=True)
        case "em" | "i" | "cite":
            return replace(manner, is_italic=True)
        case _:
            return manner


def _tidied(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with white space as a browser shows it: one space between words, none at the edges of a line."""
    is_at_edge, space = True, None
    for piece in pieces:
        if isinstance(piece, str):
            if space and piece != BREAK:
                yield space
            space, is_at_edge = None, piece == BREAK
            yield piece
            continue
        words, manner = _SPACES.sub(" ", piece[0]), piece[1]
        if words.startswith(" ") and not is_at_edge:
            space = space or (" ", manner)
        if bare := words.strip(" "):
            if space:
                yield space
            yield bare, manner
            is_at_edge, space = False, (" ", manner) if words.endswith(" ") else None
