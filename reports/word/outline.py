"""What was read from a Word report, as one plain value that can wait until somebody has looked at it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cattrs.preconf.json import make_converter

from partnership.years import year_written
from reports.richtext import word_count


class Loss(StrEnum):
    """What cannot be kept as it was, in the words of the page that lists it."""

    COVER = "The cover: the report makes its own"
    CONTENTS = "The table of contents: the report makes its own"
    HEADERS = "Headers and footers: the report makes its own"
    CHART = "Charts: add them as charts of measures, so that they cannot disagree with the figures"
    SMART_ART = "Diagrams (SmartArt)"
    PICTURE = "Pictures that are not PNG or JPEG, or are damaged"
    LINKED_PICTURE = "Pictures that are not in the file but somewhere else"
    OBJECT = "Files and objects inside the document"
    OUTSIDE = "What Word would fetch from outside the file: it was not fetched"
    TEXT_BOX = "Text boxes: their words now stand in the text"
    FRAME = "Boxes around text: their words now stand in the text"
    NESTED_TABLE = "Tables inside tables: their words stand in the cell as paragraphs"
    PICTURE_IN_TABLE = "Pictures inside tables: they now stand below the table"
    HEADER_CELLS = "Tables without a header row: mark their header cells"
    LIST_LEVEL = "Lists deeper than two levels: the third level joined the second"
    LIST_NUMBERS = "Lists that do not count 1, 2, 3 from 1: they now do"
    LONG_HEADING = "Headings longer than 200 characters: they stand in the text and begin no section"
    ALTERNATIVE_TEXT = "Pictures without alternative text: write it, so that everybody knows what they show"
    CROSS_REFERENCE = "Links to other places in the document: their words stay, the link does not"
    LINK = "Links to files and other places that are no web address: their words stay, the link does not"
    FORMULA = "Formulas: their letters and numbers stay, their shape does not"
    SYMBOL = "Symbols of a special font"
    STRUCK = "Words that were struck through: they now stand as ordinary words"
    HIDDEN = "Hidden text"
    TRACKED = "Tracked changes: they were taken as if all had been accepted"
    COMMENT = "Comments"
    IN_NOTE = "Pictures, tables and lists in notes: notes hold words only"


@dataclass(frozen=True, kw_only=True)
class Lost:
    """Something that could not be kept in one section, how often, and the first words of it."""

    loss: Loss
    where: str
    """The section's number and title; empty for the file as a whole."""
    words: str = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture, drawn anew as a report keeps it. The texts name it by its place among all pictures, counted from 1."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class ImportedSection:
    number: str
    title: str
    level: int
    """1 for a chapter, 2 for a section below the chapter before it."""
    texts: tuple[str, ...] = ()
    """Canonical rich text, in pieces of which each fits one block."""

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def words(self) -> int:
        return sum(map(word_count, self.texts))

    @property
    def lists(self) -> int:
        """Lists that do not stand inside another, or in a cell."""
        return sum(line.startswith(("<ul>", "<ol>")) for text in self.texts for line in text.split("\n"))

    @property
    def tables(self) -> int:
        return self._count("<table>")

    @property
    def quotes(self) -> int:
        return self._count("<blockquote>")

    @property
    def pictures(self) -> int:
        return self._count("<img ")

    @property
    def notes(self) -> int:
        return self._count("<span data-note=")

    @property
    def holds(self) -> str:
        """What stands in it beside paragraphs, in words: "2 lists, 1 table"."""
        counts = {
            "list": self.lists,
            "table": self.tables,
            "quote": self.quotes,
            "picture": self.pictures,
            "note": self.notes,
        }
        found = [f"{count} {noun}{'s' if count > 1 else ''}" for noun, count in counts.items() if count]
        return ", ".join(found) or ("Text" if self.texts else "Only its heading")

    def _count(self, tag: str) -> int:
        return sum(text.count(tag) for text in self.texts)


@dataclass(frozen=True, kw_only=True)
class Outline:
    sections: tuple[ImportedSection, ...]
    pictures: tuple[Picture, ...] = ()
    lost: tuple[Lost, ...] = ()

    def years_named(self) -> Iterator[int]:
        """Every financial year that the file names, such as 2022/23, by the calendar year in which it begins."""
        words = (lost.words for lost in self.lost)
        texts = (text for section in self.sections for text in (section.title, *section.texts))
        for text in (*words, *texts):
            for year, next_year in _YEAR.findall(text):
                if begins := year_written(f"{year}-{next_year}"):
                    yield begins


_YEAR = re.compile(r"\b(20\d\d) ?[/–-] ?(?:20)?(\d\d)\b")

_converter = make_converter()


def to_json(outline: Outline) -> bytes:
    return json.dumps(_converter.unstructure(outline), ensure_ascii=False).encode()


def from_json(content: bytes) -> Outline:
    """The Outline that `to_json` wrote."""
    return _converter.structure(json.loads(content), Outline)
