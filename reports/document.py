"""The report as one value: everything that leaves the portal is made from a Document.

`assemble.py` builds it from the records, `rendering/` turns it into page, PDF and Word, `checks/` reads it.
It holds no reference to the database, so it can be frozen (see `to_json`), hashed and rendered years later.

Rich text in a Document is clean HTML: sanitised, figures replaced by their words inside
`<span class="figure" data-figure="CODE">`, notes replaced by `<sup class="note-ref"><a …>1</a></sup>`, references by
links, and every heading already at the level at which it stands in the report.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union, include_subclasses

from partnership.theme import Theme
from priorities.figurebook import Figure
from reports.choices import Variant

FORMAT = 1
"""Raised when the shape changes, so that a frozen Document says which code wrote it."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note of a section; its reference stands in the prose as `#{id}-ref`."""

    id: str
    number: int
    html: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a section. `id` is the record's key, so that a finding can link to it."""

    id: int
    heading: str
    heading_level: int
    """1 to 6; where `heading` is empty, the level a heading would have."""


@dataclass(frozen=True, kw_only=True)
class TextBlock(Block):
    html: str


@dataclass(frozen=True, kw_only=True)
class ListBlock(Block):
    """One of the four standing lists, each with its own recognisable look."""

    kind: str
    """deliverables, difference, barriers or focus."""
    intro_html: str
    items: tuple[str, ...]
    """Each item is inline HTML."""


@dataclass(frozen=True, kw_only=True)
class SaidAndDid:
    """What last year's report said would be done, and what was done; both inline HTML."""

    said: str
    did: str
    """Empty while nobody has answered."""


@dataclass(frozen=True, kw_only=True)
class SaidAndDidBlock(Block):
    """Last year's focus, point by point."""

    intro_html: str
    points: tuple[SaidAndDid, ...]


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    name: str
    value: str
    previous: str
    change: str
    comparators: str
    period: str
    area: str


@dataclass(frozen=True, kw_only=True)
class MeasureTableBlock(Block):
    caption: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """One number, large, with the words that say what it counts."""

    text: str
    words: str
    scope: str
    """Its period and area."""


@dataclass(frozen=True, kw_only=True)
class KeyFiguresBlock(Block):
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, kw_only=True)
class Series:
    name: str
    values: tuple[float | None, ...]
    """One number for each category; None where there is none to be shown."""
    texts: tuple[str, ...]
    """The same values as words, for labels and the data table."""


@dataclass(frozen=True, kw_only=True)
class ChartBlock(Block):
    """A chart and the table that holds its data; `form` is bar (upright), rows (lying, for long names) or line."""

    caption: str
    form: str
    unit: str
    category_name: str
    """The head of the table's first column, such as "Period"."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    """The chart in words: what it shows and its main facts."""
    note: str
    """Shown under chart and table, such as "Illustrative split"."""
    total: str
    """Words for a last row of the table, or empty."""


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row of a table: its head, more words beneath that, and a text for each further column."""

    head: str
    detail: str = ""
    cells: tuple[str, ...]
    is_below: bool = False
    """Whether it belongs to the row above it."""
    is_total: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of texts; the first of its `heads` stands above the heads of its rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    is_prose: bool = False
    """Whether its last column holds sentences and needs the room."""


@dataclass(frozen=True, kw_only=True)
class PointList:
    """Points of plain text under a title of their own."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecordsBlock(Block):
    """What is shown of records and typed nowhere: tables, then lists; where there are none, `intro` says so."""

    intro: str
    tables: tuple[Table, ...] = ()
    lists: tuple[PointList, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Quote:
    text: str
    attribution: str


@dataclass(frozen=True, kw_only=True)
class QuotesBlock(Block):
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What somebody told us, and what came of it; texts may have several paragraphs."""

    title: str
    who: str
    said: str
    quotes: tuple[Quote, ...]
    changed: str
    """Empty while nothing has changed yet."""


@dataclass(frozen=True, kw_only=True)
class VoiceBlock(Block):
    voices: tuple[Voice, ...]
    intro: str
    """Where there are no voices, a sentence that says so."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WhereAnswered:
    """A section that answers a statutory item: a link to it, and what in it is the evidence."""

    anchor: str
    words: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class CoveredItem:
    """What the statutory guidance asks of the report, and where it is answered, if it is."""

    code: str
    title: str
    asks: str
    duty: str
    """Must or Should."""
    answers: tuple[WhereAnswered, ...]


@dataclass(frozen=True, kw_only=True)
class StatutoryCoverageBlock(Block):
    intro: str
    caption: str
    rows: tuple[CoveredItem, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A section that something stands in, as a link names it: by its number where it has one."""

    anchor: str
    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the figures of one measure and period come from, what is said of them, and in which sections."""

    measure: str
    texts: tuple[str, ...]
    """What the report says, such as "610" and "20% (change in per cent)"."""
    period: str
    area: str
    source: str
    as_at: str
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class SourcesBlock(Block):
    """Every figure that the report shows, by measure."""

    intro: str
    sources: tuple[Source, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ExplainedTerm:
    abbreviation: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class GlossaryBlock(Block):
    """The abbreviations that the report uses, in the order of the alphabet."""

    intro: str
    """Where there are no terms, a sentence that says so."""
    terms: tuple[ExplainedTerm, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseStudyBlock(Block):
    html: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Signature:
    name: str
    post: str
    agency: str
    signed_on: str
    """A date in words, or empty while the signature is awaited."""


@dataclass(frozen=True, kw_only=True)
class SignaturesBlock(Block):
    signatures: tuple[Signature, ...]


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


_converter = make_converter()
include_subclasses(Block, _converter, union_strategy=partial(configure_tagged_union, tag_name="block"))
# A Document without retellings, or from before there were themes, keeps its JSON, and so its hash.
_converter.register_unstructure_hook(
    Document,
    make_dict_unstructure_fn(
        Document,
        _converter,
        theme=override(omit_if_default=True),
        short=override(omit_if_default=True),
        childrens=override(omit_if_default=True),
        variant=override(omit_if_default=True),
    ),
)


def to_json(document: Document) -> str:
    """The Document as JSON text, the same text for equal Documents."""
    return json.dumps(_converter.unstructure(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Document:
    """The Document that `to_json` wrote; raises `ValueError` for another format."""
    data = json.loads(text)
    if data.get("format") != FORMAT:
        raise ValueError(f"this code reads documents of format {FORMAT}, not {data.get('format')}")
    return _converter.structure(data, Document)


def content_hash(document: Document) -> str:
    """SHA-256 of the Document's JSON as 64 hex digits."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def signed_hash(document: Document) -> str:
    """What a signature is bound to: the content hash without what signing itself adds.

    That is the status on the cover, and the names and dates of the signatures; who is asked to sign is part of it. Nor
    does it depend on the theme (docs/decisions/0017).
    """
    return content_hash(replace(_with_signatures(document, {}, status=""), theme=Theme()))


def with_signatures(document: Document, signatures: Sequence[Signature], *, status: str) -> Document:
    """The Document with these in the places of its signatures, each by its post and agency, and a status."""
    return _with_signatures(document, {(each.post, each.agency): each for each in signatures}, status=status)


def _with_signatures(document: Document, given: Mapping[tuple[str, str], Signature], *, status: str) -> Document:
    return replace(
        document,
        status=status,
        sections=_all_signed(document.sections, given),
        short=replace(document.short, sections=_all_signed(document.short.sections, given)),
        childrens=replace(document.childrens, sections=_all_signed(document.childrens.sections, given)),
    )


def _all_signed(sections: Sequence[Section], given: Mapping[tuple[str, str], Signature]) -> tuple[Section, ...]:
    return tuple(
        replace(section, blocks=tuple(_signed(block, given) for block in section.blocks)) for section in sections
    )


def _signed(block: Block, given: Mapping[tuple[str, str], Signature]) -> Block:
    if not isinstance(block, SignaturesBlock):
        return block
    return replace(
        block,
        signatures=tuple(
            given.get((place.post, place.agency)) or replace(place, name="", signed_on="") for place in block.signatures
        ),
    )
