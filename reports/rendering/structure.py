"""The structure tree of a PDF, read once: its elements in reading order, each with its page and what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from reports.rendering.faults import Place

Raw = Any
"""An object of pikepdf, whose types say nothing of what a PDF holds there."""
Mark = tuple[int, int]
"""A piece of content: its page, counted from 1, and its number there."""


@dataclass(eq=False)
class Element:
    kind: str
    """Such as "H2", as the role map has it."""
    raw: Raw
    parent: "Element | None"
    page: int = 0
    """Where its content begins, counted from 1; 0 where it has none."""
    kids: list["Element"] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    annotations: list[tuple[int, int]] = field(default_factory=list)
    """What it refers to, by the numbers of the objects."""
    place: Place = field(default=Place())

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def attributes(self) -> dict[str, Raw]:
        """Those of layout and of tables together."""
        given = self.raw.get("/A")
        owners = given if isinstance(given, pikepdf.Array) else [] if given is None else [given]
        return {key: value for owner in owners if hasattr(owner, "items") for key, value in owner.items()}


@dataclass
class Tree:
    elements: list[Element]
    """In reading order."""
    is_broken: bool
    """Whether an element says of another than that which holds it that it is its parent."""

    def of_kind(self, *kinds: str) -> list[Element]:
        return [element for element in self.elements if element.kind in kinds]


def tree_of(pdf: pikepdf.Pdf) -> Tree:
    """The structure tree; empty where there is none."""
    root: Any = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return Tree([], is_broken=True)
    reading = _Reading(
        pages={page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)},
        roles={str(own): str(standard) for own, standard in dict(root.get("/RoleMap") or {}).items()},
    )
    elements: list[Element] = []
    for raw in _several(root.get("/K")):
        elements += reading.element(raw, None, root).walk()
    return Tree(elements, reading.is_broken)


@dataclass
class _Reading:
    pages: dict[tuple[int, int], int]
    roles: dict[str, str]
    seen: set[tuple[int, int]] = field(default_factory=set)
    is_broken: bool = False

    def element(self, raw: Raw, parent: Element | None, above: Raw) -> Element:
        own = str(raw.get("/S", ""))
        element = Element(self.roles.get(own, own).removeprefix("/"), raw, parent)
        holder = raw.get("/P")
        self.is_broken |= holder is None or holder.objgen != above.objgen or raw.objgen in self.seen
        self.seen.add(raw.objgen)
        page = self._page(raw)
        for kid in _several(raw.get("/K")):
            self._take(kid, element, page)
        element.page = next((number for number, _ in element.marks), 0) or next(
            (kid.page for kid in element.kids if kid.page), page
        )
        return element

    def _take(self, kid: Raw, element: Element, page: int) -> None:
        if isinstance(kid, int):
            element.marks.append((page, kid))
        elif "/Obj" in kid:
            element.annotations.append(kid.Obj.objgen)
        elif "/MCID" in kid:
            element.marks.append((self._page(kid) or page, int(kid.MCID)))
        elif kid.objgen in self.seen:
            self.is_broken = True
        else:
            element.kids.append(self.element(kid, element, element.raw))

    def _page(self, raw: Raw) -> int:
        page = raw.get("/Pg")
        return 0 if page is None else self.pages.get(page.objgen, 0)


def _several(kids: Raw) -> list[Raw]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, (list, pikepdf.Array)) else [kids]
