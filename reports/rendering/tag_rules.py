"""What the tags of a report must say beyond the rules of PDF/UA: each rule is given the file and yields its faults."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

from reports.rendering.faults import Fault, Place
from reports.rendering.landmarks import HEADINGS, Landmarks
from reports.rendering.matching import Match
from reports.rendering.structure import Tree

TOLERANCE = 1.0
"""In points: a figure may reach so far over the edge of its page."""
STANDARD = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
        *("Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry"),
        *("Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    }
)
"""The types of ISO 32000-1, 14.8.4."""
MCID = re.compile(rb"/MCID (\d+)")
BARE = ("http://", "https://", "www.")
PICTURE_FILES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".tif", ".tiff", ".heic")


@dataclass(frozen=True)
class Tagged:
    """A file with its tags, held against the page it was made from."""

    pdf: pikepdf.Pdf
    tree: Tree
    match: Match
    landmarks: Landmarks


Rule = Callable[[Tagged], Iterator[Fault]]


def headings_go_down_by_one(file: Tagged) -> Iterator[Fault]:
    headings = [thing for thing in file.match.things if thing.kind in HEADINGS.values()]
    if headings and headings[0].kind != "H1":
        yield Fault(message="The first heading has no level 1", place=headings[0].element.place)
    for above, below in pairwise(headings):
        if int(below.kind[1:]) > int(above.kind[1:]) + 1:
            is_content = all(thing.landmark and thing.landmark.kind == thing.kind for thing in (above, below))
            yield Fault(
                message=f"Heading level jumps from {above.kind[1:]} to {below.kind[1:]}",
                place=below.element.place,
                is_content=is_content,
                rule="PDFUA1-HEADING-NESTING-001",
            )


def pictures_are_described(file: Tagged) -> Iterator[Fault]:
    for thing in file.match.things:
        if thing.kind == "Figure" and not str(thing.element.raw.get("/Alt", "")).strip():
            yield Fault(
                message="Picture without alternative text",
                place=thing.element.place,
                is_content=thing.landmark is not None and not thing.landmark.words,
                rule="PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
            )


def pictures_lie_on_their_pages(file: Tagged) -> Iterator[Fault]:
    for figure in file.tree.of_kind("Figure"):
        box = [float(edge) for edge in figure.attributes.get("/BBox", ())]
        if len(box) != 4:
            yield Fault(message="Picture without a box", place=figure.place)
        elif figure.page and not _is_inside(box, file.pdf.pages[figure.page - 1]):
            yield Fault(message="Picture with a box that is not on its page", place=figure.place)


def _is_inside(box: list[float], page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    is_wide = box[0] < box[2] and box[1] < box[3]
    return is_wide and all(
        (
            box[0] >= left - TOLERANCE,
            box[1] >= bottom - TOLERANCE,
            box[2] <= right + TOLERANCE,
            box[3] <= top + TOLERANCE,
        )
    )


def header_cells_have_a_scope(file: Tagged) -> Iterator[Fault]:
    for head in file.tree.of_kind("TH"):
        if str(head.attributes.get("/Scope", "")) not in ("/Row", "/Column", "/Both"):
            yield Fault(message="Header cell without a scope", place=head.place)


def tags_are_of_known_types(file: Tagged) -> Iterator[Fault]:
    for kind, first in {element.kind: element for element in reversed(file.tree.elements)}.items():
        if kind not in STANDARD:
            yield Fault(message=f"Tag {kind or 'without a type'} that no reader knows", place=first.place)
    root: Any = file.pdf.Root.get("/StructTreeRoot", {})
    for own in dict(root.get("/RoleMap") or {}):
        if str(own).removeprefix("/") in STANDARD:
            yield Fault(message=f"The tag {str(own).removeprefix('/')} is given another meaning")


def tags_hang_together(file: Tagged) -> Iterator[Fault]:
    """What page-validation lets pass: a tree whose elements do not know their parents."""
    if file.tree.is_broken:
        yield Fault(message="The tree of tags is broken: an element is not where it says it is")


def content_finds_its_tag(file: Tagged) -> Iterator[Fault]:
    """The content of each page, its list of tags and the tags themselves name the same pieces."""
    parents = _parent_tree(file.pdf)
    listed: set[tuple[int, int, tuple[int, int]]] = set()
    for number, page in enumerate(file.pdf.pages, start=1):
        tags = parents.get(int(page.obj.get("/StructParents", -1)))
        listed |= {(number, mcid, tag.objgen) for mcid, tag in enumerate(_several(tags)) if hasattr(tag, "objgen")}
    held = {(*mark, element.raw.objgen) for element in file.tree.elements for mark in element.marks}
    drawn = {(number, mcid) for number, page in enumerate(file.pdf.pages, start=1) for mcid in _drawn(page)}
    astray = {number for number, _, _ in listed ^ held} | {number for number, _ in drawn - {each[:2] for each in held}}
    for number in sorted(astray):
        yield Fault(message="Content that does not lead to its tag", place=Place(words=f"page {number}"))


def _drawn(page: pikepdf.Page) -> set[int]:
    """The numbers of the pieces of content that a page draws."""
    streams = _several(page.obj.get("/Contents"))
    return {int(mcid) for stream in streams for mcid in MCID.findall(stream.read_bytes())}


def _several(things: Any) -> list[Any]:
    return [] if things is None else list(things) if isinstance(things, pikepdf.Array) else [things]


def links_know_their_tags(file: Tagged) -> Iterator[Fault]:
    parents = _parent_tree(file.pdf)
    holders = {numbers: element for element in file.tree.elements for numbers in element.annotations}
    for number, page in enumerate(file.pdf.pages, start=1):
        for annotation in page.get("/Annots", ()):
            holder = holders.get(annotation.objgen)
            tag = parents.get(int(annotation.get("/StructParent", -1)))
            if holder is None or tag is None or tag.objgen != holder.raw.objgen:
                yield Fault(message="Link that does not lead to its tag", place=Place(words=f"page {number}"))


def _parent_tree(pdf: pikepdf.Pdf) -> dict[int, Any]:
    root: Any = pdf.Root.get("/StructTreeRoot", {})
    return dict(pikepdf.NumberTree(root.ParentTree).items()) if "/ParentTree" in root else {}


def notes_are_linked_both_ways(file: Tagged) -> Iterator[Fault]:
    """The notes of a section stand at its end, so the reference must lead there and the note must lead back."""
    goals = {
        str(annotation.get("/Dest", ""))
        for page in file.pdf.pages
        for annotation in page.get("/Annots", ())
        if "/Dest" in annotation
    }
    for note, place in file.landmarks.notes.items():
        name = f"Note {note.rpartition('-')[2]}"
        reference = file.landmarks.references.get(note, "")
        if note not in goals:
            yield Fault(message=f"{name} that no link of the text leads to", place=place)
        if reference not in goals:
            yield Fault(message=f"{name} without a link back to the text", place=place)


def notes_are_tagged_as_notes(file: Tagged) -> Iterator[Fault]:
    """Each with a name of its own, as ISO 14289-1 asks for in 7.9."""
    names = Counter(str(note.raw.get("/ID", "")) for note in file.tree.of_kind("Note"))
    for note, place in file.landmarks.notes.items():
        if names[note] != 1:
            yield Fault(message=f"Note {note.rpartition('-')[2]} that is not tagged as one note", place=place)


def passages_tell_their_language(file: Tagged) -> Iterator[Fault]:
    told = Counter(str(element.raw.Lang) for element in file.tree.elements if "/Lang" in element.raw)
    for passage in file.landmarks.passages:
        if not told[passage.language]:
            yield Fault(message=f"Passage whose tag does not say its language, {passage.language}", place=passage.place)
        told[passage.language] -= 1


def lists_stand_in_their_entries(file: Tagged) -> Iterator[Fault]:
    for inner in file.tree.of_kind("L"):
        if inner.parent and inner.parent.kind == "L":
            yield Fault(
                message="List beside the entry that it belongs to, so that it is read after it", place=inner.place
            )


def words_of_links_and_pictures_help(file: Tagged) -> Iterator[Fault]:
    """What a writer can say better; the file is PDF/UA all the same."""
    for link in file.landmarks.links:
        if link.words.startswith(BARE):
            message = "Link described by its address only"
            yield Fault(message=message, place=link.place, is_content=True, is_conforming=True)
    for thing in file.landmarks.things:
        if thing.kind == "Figure" and thing.words.lower().endswith(PICTURE_FILES):
            message = "Picture described by the name of its file only"
            yield Fault(message=message, place=thing.place, is_content=True, is_conforming=True)


RULES: tuple[Rule, ...] = (
    headings_go_down_by_one,
    pictures_are_described,
    pictures_lie_on_their_pages,
    header_cells_have_a_scope,
    tags_are_of_known_types,
    tags_hang_together,
    content_finds_its_tag,
    links_know_their_tags,
    notes_are_linked_both_ways,
    notes_are_tagged_as_notes,
    passages_tell_their_language,
    lists_stand_in_their_entries,
    words_of_links_and_pictures_help,
)
