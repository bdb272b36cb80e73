"""Paragraphs, lists, quotes, tables and pictures in their order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from reports.rendering.docx.markup import NAMESPACES, bookmark_name, is_right_to_left, paragraph, styled, wrapped
from reports.rendering.docx.package import Relations
from reports.rendering.docx.styles import BULLET_LIST, DEPTH, INDENT, NUMBER_LIST
from reports.rendering.docx.tables import table_xml
from reports.rendering.docx.words import Element, Words, inline_nodes

INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "dfn", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"}
)
HEADINGS = {f"h{level}": f"Heading{level - 1}" for level in range(2, 7)}
"""The page's heading 1 is the report's title."""
STYLES = {
    "cover-title": "Title",
    "cover-partnership": "CoverLine",
    "cover-period": "Subtitle",
    "cover-status": "CoverLine",
    "contents-title": "TOCHeading",
    "quote-attribution": "Attribution",
    "chart-note": "SourceNote",
    "case-study-source": "SourceNote",
    "case-study-label": "Label",
    "said-label": "Label",
    "signature-name": "Label",
    "key-figure-number": "KeyFigure",
    "key-figure-scope": "SourceNote",
}
DEFINITIONS = {"dt": "DefinitionTerm", "dd": "Definition"}
FRAMED = frozenset({"standing-list", "case-study", "said-and-did-point", "voice"})
"""Parts with a look of their own: a line in the report's colour beside them."""
NOT_LISTS = frozenset({"key-figures-list", "said-and-did-points", "signatures-list"})
"""Lists of what are paragraphs on paper."""
LEFT_OUT = frozenset({"notes"})
"""Notes stand at the foot of the page where they are referred to."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a paragraph stands."""

    style: str = "Normal"
    is_framed: bool = False
    list_id: int = 0
    """The list whose mark the next paragraph gets, or 0."""
    depth: int = 0
    """How many lists it stands in."""


@dataclass
class Flow:
    """Writes the blocks of the report's body."""

    words: Words
    picture: Callable[[Element], str]
    """Gives the run of a picture."""
    accent: str
    targets: frozenset[str]
    """The anchors that links lead to."""
    relations: Relations = field(default_factory=Relations)
    numbered_lists: int = 0
    _anchors: list[str] = field(default_factory=list)
    """Those that wait for the next paragraph."""
    _bookmarks: int = 0
    _is_after_table: bool = False

    def blocks(self, parent: Element, place: Place = Place()) -> Iterator[str]:
        """What stands in an element; words that stand there bare become paragraphs."""
        bare: list[Element | str] = []
        for node in inline_nodes(parent):
            if isinstance(node, str) or node.tag in INLINE:
                bare.append(node)
                continue
            for block in self._paragraph(bare, place):
                place = replace(place, list_id=0)
                yield block
            bare = []
            for block in self._block(node, place):
                place = replace(place, list_id=0)
                yield block
        yield from self._paragraph(bare, place)

    def _block(self, element: Element, place: Place) -> Iterator[str]:
        names = set(element.get("class", "").split())
        if not isinstance(element.tag, str) or names & LEFT_OUT:
            return
        if element.get("id") in self.targets:
            self._anchors.append(element.get("id"))
        style = next((STYLES[name] for name in sorted(names) if name in STYLES), "")
        inside = replace(place, is_framed=place.is_framed or bool(names & FRAMED))
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" as tag:
                yield from self._paragraph(inline_nodes(element), Place(style=style or HEADINGS.get(tag, "Title")))
            case "p":
                yield from self._paragraph(inline_nodes(element), replace(inside, style=style or place.style))
            case "figcaption":
                yield from self._paragraph(inline_nodes(element), replace(inside, style="Caption"))
            case "blockquote":
                yield from self.blocks(element, replace(inside, style="Quote"))
            case "dt" | "dd" as tag:
                yield from self._paragraph(inline_nodes(element), replace(inside, style=DEFINITIONS[tag]))
            case "ul" | "ol" if not names & NOT_LISTS:
                yield from self._list(element, inside)
            case "table":
                yield from self._table(element, inside)
            case "img":
                yield paragraph(self.picture(element), properties=self._properties(inside, ""))
            case "nav":
                yield from self._contents(element)
            case _:
                yield from self.blocks(element, inside)

    def _paragraph(self, nodes: Iterable[Element | str], place: Place) -> Iterator[str]:
        nodes = list(nodes)
        runs = self.words.runs(nodes, self.relations)
        if runs:
            said = "".join(node if isinstance(node, str) else node.text_content() for node in nodes)
            yield paragraph(self._marked(runs), properties=self._properties(place, said.strip()))

    def _properties(self, place: Place, said: str) -> str:
        style = place.style
        if place.depth and style == "Normal":
            style = "ListItem" if place.list_id else "ListContinue"
        mark = f'<w:ilvl w:val="{place.depth - 1}"/><w:numId w:val="{place.list_id}"/>' if place.list_id else ""
        beside = f'<w:left w:val="single" w:sz="24" w:space="10" w:color="{self.accent}"/>' if place.is_framed else ""
        goes_on = bool(place.depth) and not place.list_id
        is_after_table, self._is_after_table = self._is_after_table, False
        return "".join(
            (
                f'<w:pStyle w:val="{style}"/>',
                wrapped("w:numPr", mark),
                wrapped("w:pBdr", beside),
                "<w:bidi/>" if is_right_to_left(said) else "",
                '<w:spacing w:before="200"/>' if is_after_table else "",
                f'<w:ind w:left="{INDENT * place.depth}"/>' if goes_on else "",
            )
        )

    def _marked(self, runs: str) -> str:
        """The runs of a paragraph, with the bookmarks that links to it or to what it begins lead to."""
        begun = ended = ""
        for anchor in self._anchors:
            self._bookmarks += 1
            begun += f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="{bookmark_name(anchor)}"/>'
            ended += f'<w:bookmarkEnd w:id="{self._bookmarks}"/>'
        self._anchors.clear()
        return begun + runs + ended

    def _list(self, element: Element, place: Place) -> Iterator[str]:
        list_id = BULLET_LIST
        if element.tag == "ol":
            list_id = NUMBER_LIST + self.numbered_lists
            self.numbered_lists += 1
        depth = min(place.depth + 1, DEPTH)
        for item in element.iterchildren("li"):
            yield from self.blocks(item, replace(place, list_id=list_id, depth=depth))

    def _table(self, element: Element, place: Place) -> Iterator[str]:
        caption = element.find("caption")
        name = element.get("aria-label", "")
        if caption is not None:
            name = " ".join(caption.text_content().split())
            yield from self._paragraph(inline_nodes(caption), replace(place, style="Caption", is_framed=False))
        elif labelled := element.get("aria-labelledby"):
            name = " ".join(element.getroottree().getroot().get_element_by_id(labelled).text_content().split())
        elif self._is_after_table:
            yield styled("", "CellText")  # two tables without words between them would be one
        yield table_xml(element, name=name, accent=self.accent, cell=self._cell)
        self._is_after_table = True

    def _cell(self, element: Element, style: str) -> str:
        self._is_after_table = False
        blocks = "".join(self.blocks(element, Place(style=style)))
        return blocks if blocks.endswith("</w:p>") else f"{blocks}<w:p/>"

    def _contents(self, element: Element) -> Iterator[str]:
        """The contents as Word's own, which it counts anew when asked; until then they are without pages."""
        for heading in element.iterchildren("h2"):
            yield from self._block(heading, Place())
        lines = [(_depth(link), link) for link in element.iter("a")]
        deepest = max((depth for depth, _ in lines), default=1)
        begun = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            f' TOC \\o "1-{deepest}" \\h \\z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        ended = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for at, (depth, link) in enumerate(lines, 1):
            runs = self.words.runs(inline_nodes(link.getparent()), self.relations)
            yield styled((begun if at == 1 else "") + runs + (ended if at == len(lines) else ""), f"TOC{depth}")


def _depth(link: Element) -> int:
    """How many lists of the contents a line stands in."""
    return min(sum(1 for each in link.iterancestors("ol")), 6)


def part(name: str, inside: str) -> str:
    """A part of the file, by the name of its outermost element."""
    return f"<w:{name} {NAMESPACES}>{inside}</w:{name}>"
