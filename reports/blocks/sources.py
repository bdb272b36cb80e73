"""Where every figure of the report comes from: made of what all other blocks show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from priorities.figurebook import SHOWS, Figure, FigureBook
from reports import document
from reports.blocks.records import records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader, Records

INTRO = (
    "Each figure in this report is kept once, with its period, its area and where it comes from. A number that could "
    "tell who somebody is stays hidden here too."
)
NOTHING = "This report shows no figure of a measure."


def read(block: Block, reader: Reader) -> document.SourcesBlock:
    return document.SourcesBlock(
        id=block.pk, heading=block.heading, heading_level=reader.heading_level, intro="", sources=(), note=block.source
    )


def filled(
    block: document.SourcesBlock, sections: Sequence[document.Section], records: Records
) -> document.SourcesBlock:
    """The block with what the sections show."""
    sources = sources_of(sections, records.used_in, lambda figure: _said(figure, records.figures))
    return replace(block, intro=INTRO if sources else NOTHING, sources=sources)


@dataclass
class Uses:
    """What is said of one measure in one period, and where; both in the order of the report, each once."""

    figure: Figure
    texts: dict[str, None] = field(default_factory=dict)
    places: dict[document.Place, None] = field(default_factory=dict)

    @property
    def source(self) -> document.Source:
        return document.Source(
            measure=self.figure.name,
            texts=tuple(self.texts),
            period=self.figure.period,
            area=self.figure.area,
            source=self.figure.source,
            as_at=self.figure.as_at,
            places=tuple(self.places),
        )


def sources_of(
    sections: Sequence[document.Section],
    used_in: Mapping[int, Mapping[tuple[str, str, str], Figure]],
    said: Callable[[Figure], str],
) -> tuple[document.Source, ...]:
    """A source for each measure and period that the sections show, by the measure's name, with what is said of them."""
    found: dict[tuple[str, str], Uses] = {}
    for section in sections:
        place = document.Place(anchor=section.anchor, number=section.number, title=section.title)
        for figure in used_in.get(section.id, {}).values():
            uses = found.setdefault((figure.code, figure.period_code), Uses(figure))
            uses.texts.setdefault(said(figure))
            uses.places.setdefault(place)
    return tuple(uses.source for uses in sorted(found.values(), key=lambda uses: uses.figure.name.casefold()))


def _said(figure: Figure, book: FigureBook) -> str:
    """The value with its unit, for no prose stands around it; of anything else its words, and what of it they are."""
    entry = book.entry(figure.code, figure.period_code)
    if figure.show == "value":
        return entry.with_unit if entry else figure.text
    return f"{figure.text} ({SHOWS[figure.show].lower()})"


KIND = records_kind(Kind.SOURCES, read, records="reports:measure-list")
