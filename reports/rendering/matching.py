"""Holds the headings, tables, pictures and lists of a PDF's tags against those of the page it was made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from textwrap import shorten

from reports.rendering.faults import Fault, Place
from reports.rendering.landmarks import CONTENTS, COVER, HEADINGS, Landmark, Landmarks
from reports.rendering.structure import Element, Tree, has_sign

NAMES = {"Table": "Table", "Figure": "Picture", "L": "List"} | dict.fromkeys(HEADINGS.values(), "Heading")
LONGEST_WORDS = 80
ENTRIES = {"Table": "rows", "L": "entries"}


@dataclass
class Thing:
    """What the tags say is one heading, table, picture or list: an element, or several where it runs over pages."""

    parts: list[Element]
    landmark: Landmark | None = None

    @property
    def kind(self) -> str:
        return self.parts[0].kind

    @property
    def size(self) -> int:
        """The rows of a table's body, the entries of a list; what is split over pages counts once for each."""
        return sum(_size(part) for part in self.parts)


@dataclass
class Match:
    things: list[Thing]
    faults: list[Fault] = field(default_factory=list)


def match(tree: Tree, landmarks: Landmarks) -> Match:
    """Finds what is missing or too much, and tells each element of the tree its place."""
    found = Match(_told_apart(_things(tree), landmarks))
    flowing = _aligned(found.things, landmarks.things)
    whole = _aligned(
        [thing for thing in found.things if thing.kind not in ENTRIES],
        [landmark for landmark in landmarks.things if landmark.kind not in ENTRIES],
    )
    _set_places(tree, found.things)
    found.faults += [_missing(landmark) for landmark in whole]
    short = [kind for kind in ENTRIES if not _are_all_there(kind, found.things, landmarks)]
    found.faults += [_missing(landmark) for landmark in flowing if landmark.kind in short]
    for thing in found.things:
        if thing.kind in short or thing.kind not in ENTRIES:
            found.faults += _differences(thing)
    found.faults += _contents_faults(tree, landmarks)
    return found


def _aligned(things: list[Thing], landmarks: list[Landmark]) -> list[Landmark]:
    """Give things their landmarks in order, as far as they agree; gives the landmarks that are left over."""
    missing: list[Landmark] = []
    here, there = [thing.kind for thing in things], [landmark.kind for landmark in landmarks]
    for thing in things:
        thing.landmark = None
    for _, start, end, first, last in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        pairs = list(zip(things[start:end], landmarks[first:last], strict=False))
        agree = all(NAMES[thing.kind] == NAMES[landmark.kind] for thing, landmark in pairs)
        for thing, landmark in pairs if agree else ():
            thing.landmark = landmark
        missing += landmarks[first + len(pairs) * agree : last]
    return missing


def _are_all_there(kind: str, things: list[Thing], landmarks: Landmarks) -> bool:
    """Whether there are as many tables or lists as in the report, with as many rows or entries.

    Where one runs over pages the tags leave open which part belongs to which; but no part can be too much.
    """
    wanted = [landmark.size for landmark in landmarks.things if landmark.kind == kind]
    there = [thing for thing in things if thing.kind == kind]
    return sum(len(thing.parts) for thing in there) >= len(wanted) and sum(thing.size for thing in there) >= sum(wanted)


def _things(tree: Tree) -> list[Thing]:
    things: list[Thing] = []
    parts: dict[Element, Thing] = {}
    for element in tree.of_kind(*NAMES):
        if element.kind in HEADINGS.values() and any(above.kind == element.kind for above in element.ancestors):
            continue  # a line of a heading, which WeasyPrint tags as a heading too
        if element.kind == "L" and not element.kids:
            continue  # no entries, so that the page shows nothing
        if element.continues in parts and not _begins(element):
            parts[element] = parts[element.continues]
            parts[element].parts.append(element)
        else:
            parts[element] = Thing([element])
            things.append(parts[element])
    return things


def _told_apart(things: list[Thing], landmarks: Landmarks) -> list[Thing]:
    """The things; two that were taken for one, as nothing but the foot of a page lies between them, stand as two."""
    apart: list[Thing] = []
    wanted = {kind: [each.size for each in landmarks.things if each.kind == kind] for kind in ENTRIES}
    lacking = {kind: len(wanted[kind]) - sum(thing.kind == kind for thing in things) for kind in ENTRIES}
    waiting = list(reversed(things))
    while waiting:
        thing = waiting.pop()
        apart.append(thing)
        sizes = wanted.get(thing.kind, [])
        enough = _enough(thing.parts, sizes.pop(0)) if sizes else len(thing.parts)
        if enough < len(thing.parts) and lacking[thing.kind] > 0:
            lacking[thing.kind] -= 1
            waiting.append(Thing(thing.parts[enough:]))
            thing.parts = thing.parts[:enough]
    return apart


def _enough(parts: list[Element], size: int) -> int:
    """How many of the parts have so many rows or entries together."""
    sums = accumulate(_size(part) for part in parts)
    return next((number for number, total in enumerate(sums, start=1) if total >= size), len(parts))


def _begins(element: Element) -> bool:
    """Whether it cannot go on from the page before: a table with a caption begins there."""
    return any(kid.kind == "Caption" for kid in element.kids)


def _size(part: Element) -> int:
    if part.kind == "L":
        return sum(kid.kind == "LI" and not _goes_on(kid) for kid in part.kids)
    return sum(row.kind == "TR" for body in part.kids if body.kind == "TBody" for row in body.kids)


def _goes_on(entry: Element) -> bool:
    """Whether it is the rest of an entry that began on the page before: without a sign, in a list that has them."""
    if entry.continues is None or has_sign(entry):
        return False
    return has_sign(entry.continues) or _goes_on(entry.continues)


def _set_places(tree: Tree, things: list[Thing]) -> None:
    """From one matched thing to the next, what is read stands in the same place."""
    landmarks = {id(part): thing.landmark for thing in things for part in thing.parts if thing.landmark}
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
    place = thing.parts[0].place
    if landmark is None:
        yield Fault(message=f"{NAMES[thing.kind]} in the tags that the report does not have", place=place)
    elif landmark.kind != thing.kind:
        level, wanted = thing.kind[1:], landmark.kind[1:]
        message = f"Heading “{landmark.words}” has level {level} in the tags and {wanted} in the report"
        yield Fault(message=message, place=place)
    elif landmark.size > thing.size:
        message = f"{NAMES[thing.kind]} with {thing.size} of {landmark.size} {ENTRIES[thing.kind]} in the tags"
        yield Fault(message=message, place=place)


def _contents_faults(tree: Tree, landmarks: Landmarks) -> Iterator[Fault]:
    entries = [entry for entry in tree.of_kind("TOCI") if not entry.continues]
    if len(entries) < landmarks.entries_of_contents:
        message = f"Contents with {len(entries)} of {landmarks.entries_of_contents} entries in the tags"
        yield Fault(message=message, place=Place(words="the contents"))
