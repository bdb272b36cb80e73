"""What a report's HTML has that its PDF must have too: headings, tables, pictures, lists and notes, and where."""

from dataclasses import dataclass, field
from typing import Any

import lxml.html

from reports.rendering.faults import Place

HEADINGS = {"h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6"}
LISTS = {"ul", "ol", "dl"}
COVER = Place(words="the cover")
CONTENTS = Place(words="the contents")

Node = Any
"""An element of lxml, which has no types."""


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """A thing of the page with the kind its tag in the PDF must have."""

    kind: str
    place: Place
    size: int = 0
    """The rows of a table's body, the entries of a list."""
    words: str = ""
    """The text of a heading, the alternative text of a picture."""


@dataclass(frozen=True, kw_only=True)
class Link:
    href: str
    words: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Words in another language than the report's."""

    language: str
    place: Place


@dataclass
class Landmarks:
    """All of them, each kind in reading order."""

    language: str
    title: str
    most_pages: int = 0
    """How many pages are meant at most; 0 for any number."""
    things: list[Landmark] = field(default_factory=list)
    section_titles: list[Landmark] = field(default_factory=list)
    entries_of_contents: int = 0
    notes: dict[str, Place] = field(default_factory=dict)
    """By the note's id."""
    references: dict[str, str] = field(default_factory=dict)
    """The id of each reference in the text, by that of its note."""
    links: list[Link] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def landmarks_of(html: str) -> Landmarks:
    """What the HTML of a report, a section or a briefing has."""
    tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=True))
    most_pages = int(next(iter(tree.xpath("//@data-most-pages")), 0))
    found = Landmarks(language=tree.get("lang", ""), title=_text(tree.find("head/title")), most_pages=most_pages)
    _gather(tree.find("body"), COVER, found)
    return found


def _gather(node: Node, place: Place, found: Landmarks) -> None:
    for child in node.iterchildren(tag=lxml.etree.Element):
        here = _place_of(child, place)
        _note_down(child, here, found)
        _gather(child, here, found)


def _place_of(node: Node, place: Place) -> Place:
    classes = node.get("class", "").split()
    if "report-section" in classes:
        return Place(words=f"section {_name_of(node)}", anchor=node.get("id", ""))
    if "contents" in classes:
        return CONTENTS
    if "notes" in classes:
        return Place(words=place.words, anchor=place.anchor)
    if "block" in classes:
        number = node.get("id", "").removeprefix("block-")
        return Place(words=place.words, anchor=place.anchor, block=int(number) if number.isdecimal() else 0)
    return place


def _name_of(section: Node) -> str:
    """The number by which people name a section, else its title."""
    number = section.find_class("section-number")
    title = section.find_class("section-title")
    return _text(number[0]) if number and number[0].getparent() in title[:1] else _text(title[0] if title else None)


def _note_down(node: Node, place: Place, found: Landmarks) -> None:
    tag = node.tag
    if node.get("lang", found.language) != found.language and _text(node):
        found.passages.append(Passage(language=node.get("lang"), place=place))
    if tag in HEADINGS:
        heading = Landmark(kind=HEADINGS[tag], place=place, words=_text(node))
        found.things.append(heading)
        if "section-title" in node.get("class", ""):
            found.section_titles.append(heading)
    elif tag == "img":
        found.things.append(Landmark(kind="Figure", place=place, words=node.get("alt", "").strip()))
    elif tag == "table":
        found.things.append(Landmark(kind="Table", place=place, size=len(node.xpath("./tbody/tr"))))
    elif tag in LISTS and place is not CONTENTS and len(node):
        found.things.append(Landmark(kind="L", place=place, size=len(node.xpath("./li|./dt"))))
    elif tag == "li" and place is CONTENTS:
        found.entries_of_contents += 1
    elif tag == "li" and "notes-list" in node.getparent().get("class", ""):
        found.notes[node.get("id", "")] = place
    elif tag == "a" and node.get("href"):
        if node.get("role") == "doc-noteref":
            found.references[node.get("href").removeprefix("#")] = node.get("id", "")
        found.links.append(Link(href=node.get("href"), words=node.get("aria-label") or _text(node), place=place))


def _text(node: Node) -> str:
    return "" if node is None else " ".join(node.text_content().split())
