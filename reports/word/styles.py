"""What a paragraph is by its style. Word names its own styles in English in every language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from reports.word.package import W

MOST_BASES = 20
"""A style is based on another; Word itself goes no deeper than eleven."""
BODY_TEXT = 9
"""The outline level of what is no heading."""


class Role(StrEnum):
    BODY = "body"
    COVER = "cover"
    CONTENTS = "contents"
    QUOTE = "quote"
    CAPTION = "caption"
    GOES_ON = "goes on"
    """A further paragraph of a list's item."""


_ROLES = (
    (re.compile(r"title|subtitle|author|date"), Role.COVER),
    (re.compile(r"toc (heading|[1-9])|table of figures"), Role.CONTENTS),
    (re.compile(r"(intense )?quote|block text"), Role.QUOTE),
    (re.compile(r"((image|table) )?caption"), Role.CAPTION),
    (re.compile(r"list continue( [2-5])?"), Role.GOES_ON),
)
_DEEPER_LIST = re.compile(r"list (bullet|number) ([2-5])")


@dataclass(frozen=True)
class Numbered:
    list_id: str
    depth: int


class Styles:
    def __init__(self, tree: etree._Element | None):
        styles = [] if tree is None else list(tree.iter(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        self._default = next(
            (
                style.get(f"{W}styleId", "")
                for style in styles
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )

    def role(self, paragraph: etree._Element) -> Role:
        for name in self._names(self._style_of(paragraph)):
            for pattern, role in _ROLES:
                if pattern.fullmatch(name):
                    return role
        return Role.BODY

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """1 to 9 for a heading, None for what is none."""
        for name, properties in self._said_of(paragraph):
            if (level := _value(properties, "outlineLvl")).isdecimal():
                return int(level) + 1 if int(level) < BODY_TEXT else None
            if found := re.fullmatch(r"heading ([1-9])", name):
                return int(found[1])
        return None

    def numbered(self, paragraph: etree._Element) -> Numbered | None:
        """Which list the paragraph belongs to and how deep, by itself or by its style."""
        depth = ""
        for _, properties in self._said_of(paragraph):
            numbering = None if properties is None else properties.find(f"{W}numPr")
            depth = depth or _value(numbering, "ilvl")
            if list_id := _value(numbering, "numId"):
                level = int(depth) if depth.isdecimal() and len(depth) < 3 else 0
                return None if list_id == "0" else Numbered(list_id, level or self._depth_by_name(paragraph))
        return None

    def is_strong(self, style: str) -> bool:
        """Whether a style of words, not of paragraphs, makes them bold."""
        return self._is(style, "strong", "b")

    def is_em(self, style: str) -> bool:
        return self._is(style, "emphasis", "i")

    def _is(self, style: str, name: str, mark: str) -> bool:
        return any(
            name in _name(each).split() or is_on(each.find(f"{W}rPr"), mark) for each in self._chain(style) if style
        )

    def _depth_by_name(self, paragraph: etree._Element) -> int:
        """ "List Bullet 2" is a list of its own in Word, and the second level of one for its reader."""
        found = (_DEEPER_LIST.fullmatch(name) for name in self._names(self._style_of(paragraph)))
        return next((int(each[2]) - 1 for each in found if each), 0)

    def _style_of(self, paragraph: etree._Element) -> str:
        return _value(paragraph.find(f"{W}pPr"), "pStyle") or self._default

    def _said_of(self, paragraph: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
        """What the paragraph says of itself, then its style by name, then what that is based on."""
        yield "", paragraph.find(f"{W}pPr")
        for style in self._chain(self._style_of(paragraph)):
            yield _name(style), style.find(f"{W}pPr")

    def _names(self, style: str) -> Iterator[str]:
        yield from map(_name, self._chain(style))

    def _chain(self, style: str) -> Iterator[etree._Element]:
        for _ in range(MOST_BASES):
            element = self._styles.get(style)
            if element is None:
                return
            yield element
            style = _value(element, "basedOn")


def is_on(properties: etree._Element | None, mark: str) -> bool:
    """Whether a mark such as bold is set, and not set to "off"."""
    found = None if properties is None else properties.find(f"{W}{mark}")
    return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def _name(style: etree._Element) -> str:
    return _value(style, "name").lower()


def _value(element: etree._Element | None, name: str) -> str:
    found = None if element is None else element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")
