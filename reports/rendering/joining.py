"""Tags of what runs over pages, joined: WeasyPrint 70 makes one for each page.

WeasyPrint makes its tags box by box, and a paragraph, list or table that is broken is a box on each page.
`follow_boxes` notes down which tag comes from which element of the page, so that `join_tags` can put together what is
one. A table's head that is repeated on the next page is read once: there, it becomes decoration.

A list in an entry, which WeasyPrint tags beside the entry, goes into it, so that what follows it is read after it.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

Tag = Any
"""An element of the structure tree, a `pydyf.Dictionary`; pydyf has no types, and neither have the boxes."""
Source = tuple[int, str, str]
"""Where a tag comes from: an element of the page or a part of it such as a bullet, and the kind of tag."""

_build = tags._build_box_tree


def follow_boxes() -> None:
    """From now on, in this process, every PDF knows which element each of its tags comes from."""
    tags._build_box_tree = _followed


def _followed(box: Any, parent: Tag, pdf: Any, *more: Any) -> Iterator[Tag]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if box.element_tag == "li" and isinstance(box, boxes.ParentBox):
        for child in box.children:
            if child.element_tag in ("ul", "ol"):
                child.element_tag = "dl"  # a list all the same, but one that stays where it is
    for tag in _build(box, parent, pdf, *more):
        if box.element is not None:
            sources_of(pdf).append((tag, box.element, box.element_tag))
        yield tag


def sources_of(pdf: pydyf.PDF) -> list[tuple[Tag, Any, str]]:
    """Each tag with the element of the page that it comes from, and the part of that."""
    made: Any = pdf
    if not hasattr(made, "tag_sources"):
        made.tag_sources = []
    sources: list[tuple[Tag, Any, str]] = made.tag_sources
    return sources


def join_tags(pdf: pydyf.PDF) -> None:
    """Join the tags that come from the same element, in place."""
    Joining(pdf).join()


class Joining:
    def __init__(self, pdf: pydyf.PDF):
        self._objects: dict[bytes, Any] = {thing.reference: thing for thing in pdf.objects}
        self._sources: dict[bytes, Source] = {
            tag.reference: (id(element), part, tag["S"]) for tag, element, part in sources_of(pdf)
        }
        self._pages = {reference: number for number, reference in enumerate(pdf.page_references)}
        self._last_pages: dict[bytes, int] = {}
        self._joined: dict[bytes, bytes] = {}
        """What has become part of another tag, by references."""
        self._root = self._objects[pdf.catalog["StructTreeRoot"]]

    def join(self) -> None:
        for reference in self._root["K"]:
            self._join_kids(self._objects[reference])
        if self._joined:
            numbers = self._objects[self._root["ParentTree"]]["Nums"]
            for tag in (each for each in numbers if isinstance(each, list)):
                tag[:] = [self._final(each) for each in tag]
            numbers[1::2] = [self._final(each) if isinstance(each, bytes) else each for each in numbers[1::2]]
        self._name_heads_once()

    def _final(self, reference: bytes) -> bytes:
        while reference in self._joined:
            reference = self._joined[reference]
        return reference

    def _join_kids(self, holder: Tag) -> None:
        kept: list[Any] = []
        for kid in holder["K"]:
            if kept and self._goes_on(kept[-1], kid):
                self._absorb(self._objects[kept[-1]], self._objects[kid])
            else:
                kept.append(kid)
        holder["K"] = pydyf.Array(kept)
        for kid in kept:
            if self._is_tag(kid):
                self._join_kids(self._objects[kid])

    def _is_tag(self, kid: Any) -> bool:
        return isinstance(kid, bytes) and self._objects[kid].get("Type") == "/StructElem"

    def _goes_on(self, one: Any, other: Any) -> bool:
        """Whether the other is the rest of the one, on the next page."""
        if not (isinstance(one, bytes) and one in self._sources and self._sources[one] == self._sources.get(other)):
            return False
        return self._pages[self._objects[other]["Pg"]] == self._last_page(one) + 1

    def _last_page(self, reference: bytes) -> int:
        return self._last_pages.get(reference, self._pages[self._objects[reference]["Pg"]])

    def _absorb(self, tag: Tag, rest: Tag) -> None:
        self._last_pages[tag.reference] = self._last_page(rest.reference)
        self._joined[rest.reference] = tag.reference
        for kid in rest["K"]:
            if isinstance(kid, int):
                tag["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": rest["Pg"], "MCID": kid}))
            elif tag["S"] == "/TR" and (cell := self._same_as(kid, tag)):
                self._absorb(self._objects[cell], self._objects[kid])
            elif not (self._is_head(kid) and self._same_as(kid, tag)):
                # A head that found no room beside a long first row is read before it all the same.
                tag["K"].insert(self._before_rows(tag) if self._is_head(kid) else len(tag["K"]), kid)
                if self._is_tag(kid):
                    self._objects[kid]["P"] = tag.reference
        rest.clear()

    def _same_as(self, reference: bytes, holder: Tag) -> bytes | None:
        """What the holder has of the same source."""
        source = self._sources.get(reference)
        return next((kid for kid in holder["K"] if source and self._sources.get(kid) == source), None)

    def _is_head(self, kid: Any) -> bool:
        return self._is_tag(kid) and self._objects[kid]["S"] == "/THead"

    def _before_rows(self, table: Tag) -> int:
        kinds = [self._objects[kid]["S"] for kid in table["K"]]
        return next((place for place, kind in enumerate(kinds) if kind != "/Caption"), len(kinds))

    def _name_heads_once(self) -> None:
        """The cells below a repeated head refer to its cells, which are no longer there: to those of the first."""
        first: dict[Source, Any] = {}
        instead: dict[str, Any] = {}
        heads = (self._objects[reference] for reference in self._sources)
        for head in (each for each in heads if each.get("S") == "/TH" and "ID" in each):
            name = first.setdefault(self._sources[head.reference], head["ID"])
            instead[head["ID"].string] = name
        for cell in (each for each in self._objects.values() if isinstance(each, dict) and each.get("S") == "/TD"):
            names = {instead[each.string].string: instead[each.string] for each in cell["A"].get("Headers", ())}
            if names:
                cell["A"]["Headers"] = pydyf.Array(names.values())
