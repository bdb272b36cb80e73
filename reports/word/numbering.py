"""The numbers and bullets that Word puts before paragraphs, counted as Word counts them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from reports.word.package import W


@dataclass(frozen=True)
class Level:
    """How one level of a list looks: a bullet, or a text such as "%1.%2" in which the counts are put."""

    format: str = "bullet"
    text: str = ""
    start: int = 1

    @property
    def is_bullet(self) -> bool:
        return self.format == "bullet"

    @property
    def is_blank(self) -> bool:
        """Whether nothing is put before the paragraph, so that it goes on with the one before it."""
        return not self.text.strip() and self.format in ("bullet", "none")


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands in its list."""

    level: Level
    depth: int
    """0 for the outermost."""
    list_id: str
    count: int
    label: str
    """The number as it is printed, such as "4.1"; empty for a bullet, or where Word counts in another way."""


@dataclass
class _List:
    abstract: str
    restarts: Mapping[int, int] = field(default_factory=dict)


class Numbering:
    """Counts while the paragraphs are read in their order."""

    def __init__(self, tree: etree._Element | None):
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if tree is not None:
            self._read(tree)

    def count(self, list_id: str, depth: int) -> Place | None:
        """Count one paragraph more; None where the list is not defined."""
        found = self._lists.get(list_id)
        if found is None:
            return None
        levels = self._levels.get(found.abstract, {})
        level = levels.get(depth, Level())
        counts = self._counts.setdefault(found.abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            counts.update({at: start - 1 for at, start in found.restarts.items()})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return Place(level, depth, list_id, counts[depth], _label(levels, level, counts))

    def _read(self, tree: etree._Element) -> None:
        linked = {}
        for each in tree.iter(f"{W}abstractNum"):
            name = each.get(f"{W}abstractNumId", "")
            self._levels[name] = {_number(level, "ilvl"): _level(level) for level in each.iter(f"{W}lvl")}
            linked[_value(each, "styleLink")] = name
        for each in tree.iter(f"{W}abstractNum"):  # one that only names the style in which it is defined
            if link := _value(each, "numStyleLink"):
                self._levels[each.get(f"{W}abstractNumId", "")] = self._levels.get(linked.get(link, ""), {})
        for each in tree.iter(f"{W}num"):
            restarts = {
                _number(change, "ilvl"): int(start)
                for change in each.iter(f"{W}lvlOverride")
                if (start := _value(change, "startOverride")).isdecimal() and len(start) < 6
            }
            self._lists[each.get(f"{W}numId", "")] = _List(_value(each, "abstractNumId"), restarts)


def _level(element: etree._Element) -> Level:
    start = _value(element, "start")
    return Level(
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        start=int(start) if start.isdecimal() and len(start) < 6 else 1,
    )


def _label(levels: Mapping[int, Level], level: Level, counts: Mapping[int, int]) -> str:
    if level.is_bullet:
        return ""
    shown = [int(digit) - 1 for digit in re.findall(r"%([1-9])", level.text)]
    if any(
        levels.get(depth, Level("decimal")).format not in ("decimal", "lowerLetter", "upperLetter") for depth in shown
    ):
        return ""
    return re.sub(r"%([1-9])", lambda found: _counted(levels, counts, int(found[1]) - 1), level.text).strip()


def _counted(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int) -> str:
    level = levels.get(depth, Level("decimal"))
    count = counts.get(depth, level.start)
    if level.format == "decimal" or not 1 <= count <= 26:
        return str(count)
    return chr(ord("a" if level.format == "lowerLetter" else "A") + count - 1)


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _number(element: etree._Element, name: str) -> int:
    text = element.get(f"{W}{name}", "0")
    return int(text) if text.isdecimal() and len(text) < 3 else 0
