"""Holds the headings, tables, pictures and lists of a PDF's tags against those of the page it was made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from textwrap import shorten

from reports.rendering.faults import Fault, Place
from reports.rendering.landmarks import CONTENTS, COVER, HEADINGS, Landmark, Landmarks
from reports.rendering.structure import Element, Tree

NAMES = {"Table": "Table", "Figure": "Picture", "L": "List"} | dict.fromkeys(HEADINGS.values(), "Heading")
LONGEST_WORDS = 80
ENTRIES = {"Table": "rows", "L": "entries"}


@dataclass
class Thing:
    """What the tags say is a heading, table, picture or list."""

    element: Element
    landmark: Landmark | None = None

    @property
    def kind(self) -> str:
        return self.element.kind

    @property
    def size(self) -> int:
        """The rows of a table's body, the entries of a list."""
        kids = self.element.kids
        if self.kind == "L":
            return sum(kid.kind == "LI" for kid in kids)
        return sum(row.kind == "TR" for body in kids if body.kind == "TBody" for row in body.kids)


@dataclass
class Match:
    things: list[Thing]
    faults: list[Fault] = field(default_factory=list)


def match(tree: Tree, landmarks: Landmarks) -> Match:
    """Finds what is missing or too much, and tells each element of the tree its place."""
    # A list without entries shows nothing.
    found = Match([Thing(element) for element in tree.of_kind(*NAMES) if element.kids or element.kind != "L"])
    missing = _aligned(found.things, landmarks.things)
    _set_places(tree, found.things)
    found.faults += [_missing(landmark) for landmark in missing]
    for thing in found.things:
        found.faults += _differences(thing)
    found.faults += _contents_faults(tree, landmarks)
    return found


def _aligned(things: list[Thing], landmarks: list[Landmark]) -> list[Landmark]:
    """Give things their landmarks in order, as far as they agree; gives the landmarks that are left over."""
    missing: list[Landmark] = []
    here, there = [thing.kind for thing in things], [landmark.kind for landmark in landmarks]
    for _, start, end, first, last in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        pairs = list(zip(things[start:end], landmarks[first:last], strict=False))
        agree = all(NAMES[thing.kind] == NAMES[landmark.kind] for thing, landmark in pairs)
        for thing, landmark in pairs if agree else ():
            thing.landmark = landmark
        missing += landmarks[first + len(pairs) * agree : last]
    return missing


def _set_places(tree: Tree, things: list[Thing]) -> None:
    """From one matched thing to the next, what is read stands in the same place."""
    landmarks = {id(thing.element): thing.landmark for thing in things if thing.landmark}
    place = COVER
    for element in tree.elements:
        landmark = landmarks.get(id(element))
        if landmark:
            place = landmark.place
        elif element.kind == "TOC":
            place = CONTENTS
        element.place = place


def _missing(landmark: Landmark) -> Fault:
    words = f" “{shorten(landmark.words, LONGEST_WORDS, placeholder='…')}”" if landmark.words else ""
    return Fault(message=f"{NAMES[landmark.kind]}{words} is missing from the tags", place=landmark.place)


def _differences(thing: Thing) -> Iterator[Fault]:
    landmark = thing.landmark
    place = thing.element.place
    if landmark is None:
        yield Fault(message=f"{NAMES[thing.kind]} in the tags that the report does not have", place=place)
    elif landmark.kind != thing.kind:
        level, wanted = thing.kind[1:], landmark.kind[1:]
        message = f"Heading “{landmark.words}” has level {level} in the tags and {wanted} in the report"
        yield Fault(message=message, place=place)
    elif landmark.kind in ENTRIES and landmark.size != thing.size:
        message = f"{NAMES[thing.kind]} with {thing.size} of {landmark.size} {ENTRIES[thing.kind]} in the tags"
        yield Fault(message=message, place=place)


def _contents_faults(tree: Tree, landmarks: Landmarks) -> Iterator[Fault]:
    entries = tree.of_kind("TOCI")
    if len(entries) != landmarks.entries_of_contents:
        message = f"Contents with {len(entries)} of {landmarks.entries_of_contents} entries in the tags"
        yield Fault(message=message, place=Place(words="the contents"))
