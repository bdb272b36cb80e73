"""The report itself: its sections with their parts, and what goes with them."""

from dataclasses import dataclass, field

from partnership.theme import Theme
from priorities.figurebook import Figure
from reports.choices import Variant
from reports.document.parts import Block, Note

FORMAT = 1
"""Raised when the shape changes, so that a frozen Document says which code wrote it."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section in reading order; `level` 1 is a chapter, 2 a sub-section."""

    id: int
    anchor: str
    number: str
    title: str
    level: int
    owner: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture of the prose, where `<img data-image="{id}" …>` stands for it."""

    id: int
    digest: str
    """SHA-256 of the file, so that another picture makes another Document."""
    file: str
    """Its name among the portal's files."""
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What assembling could not resolve, named so that somebody can mend it."""

    section_id: int
    section: str
    block_id: int
    message: str
    measure: str = ""
    """The code of the measure of which a value could be recorded, and the problem is gone."""
    period: str = ""
    """The code of the period that lacks it."""
    abbreviation: str = ""
    """What the glossary could explain, and the problem is gone."""


@dataclass(frozen=True, kw_only=True)
class Retelling:
    """What stands in the short version or the children's version: sections of one level, with what they show."""

    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A year's report, whole, or retold (`retelling.retold`). `status` is as printed, such as "Final draft"."""

    format: int
    title: str
    partnership: str
    short_name: str
    area: str
    year: str
    year_label: str
    period: str
    status: str
    language: str
    accent: str
    """The colour that the partnership was set up with, as #rrggbb; its theme may name another."""
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    """Every figure shown in the report, each once, in order of first use."""
    problems: tuple[Problem, ...] = field(default=())
    images: tuple[Image, ...] = field(default=())
    """Every picture shown in the report, each once, in order of first use."""
    theme: Theme = field(default=Theme())
    """How it looks: frozen with it, so that a new theme changes nothing published."""
    short: Retelling = field(default=Retelling())
    childrens: Retelling = field(default=Retelling())
    variant: str = Variant.REPORT.value
    """Which of the tellings its sections are."""

    @property
    def colour(self) -> str:
        """The partnership's own colour, as #rrggbb."""
        return self.theme.colour or self.accent
