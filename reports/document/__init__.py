"""The report as one value: everything that leaves the portal is made from a Document.

`assemble.py` builds it from the records, `rendering/` turns it into page, PDF and Word.
It holds no reference to the database, so it can be frozen (see `to_json`), hashed and rendered years later.

Rich text in a Document is clean HTML: sanitised, figures replaced by their words inside
`<span class="figure" data-figure="CODE">`, notes replaced by `<sup class="note-ref"><a …>1</a></sup>`, references by
links, and every heading already at the level at which it stands in the report.
"""

from reports.document.keeping import content_hash, from_json, to_json
from reports.document.parts import (
    Block,
    CaseStudyBlock,
    ChartBlock,
    CoveredItem,
    ExplainedTerm,
    GlossaryBlock,
    KeyFigure,
    KeyFiguresBlock,
    ListBlock,
    MeasureRow,
    MeasureTableBlock,
    Note,
    Place,
    PointList,
    Quote,
    QuotesBlock,
    RecordsBlock,
    SaidAndDid,
    SaidAndDidBlock,
    Series,
    Signature,
    SignaturesBlock,
    Source,
    SourcesBlock,
    StatutoryCoverageBlock,
    Table,
    TableRow,
    TextBlock,
    Voice,
    VoiceBlock,
    WhereAnswered,
)
from reports.document.signed import signed_hash, with_signatures
from reports.document.whole import FORMAT, Document, Image, Problem, Retelling, Section

__all__ = [
    "FORMAT",
    "Block",
    "CaseStudyBlock",
    "ChartBlock",
    "CoveredItem",
    "Document",
    "ExplainedTerm",
    "GlossaryBlock",
    "Image",
    "KeyFigure",
    "KeyFiguresBlock",
    "ListBlock",
    "MeasureRow",
    "MeasureTableBlock",
    "Note",
    "Place",
    "PointList",
    "Problem",
    "Quote",
    "QuotesBlock",
    "RecordsBlock",
    "Retelling",
    "SaidAndDid",
    "SaidAndDidBlock",
    "Section",
    "Series",
    "Signature",
    "SignaturesBlock",
    "Source",
    "SourcesBlock",
    "StatutoryCoverageBlock",
    "Table",
    "TableRow",
    "TextBlock",
    "Voice",
    "VoiceBlock",
    "WhereAnswered",
    "content_hash",
    "from_json",
    "signed_hash",
    "to_json",
    "with_signatures",
]
