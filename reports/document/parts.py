"""The parts of a report, as they are told: blocks, what stands in them, and notes."""

from dataclasses import dataclass


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
