"""The report as HTML. One set of templates makes the preview, the published page and what the PDF is made from."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from partnership.theme import Logo
from reports.changed_figures import ChangedFigure
from reports.choices import Variant
from reports.document import (
    Block,
    ChartBlock,
    Document,
    KeyFiguresBlock,
    ListBlock,
    MeasureRow,
    MeasureTableBlock,
    RecordsBlock,
    SaidAndDidBlock,
    Section,
    SourcesBlock,
    Table,
    VoiceBlock,
)
from reports.rendering.assets import stylesheet_by_itself, stylesheets_for_pdf
from reports.rendering.charts import chart_uri
from reports.rendering.colour import palette
from reports.rendering.columns import column_widths
from reports.rendering.crossing import with_links
from reports.rendering.pictures import Address, in_portal, inside, with_pictures

FOLDER = "reports/document"
RICH_TEXT = frozenset({"html", "intro_html", "items"})
"""The fields of blocks and notes that hold HTML; it was made clean when the Document was assembled."""

LAYOUTS = {
    Variant.REPORT: "document.html",
    Variant.SHORT: "short_version.html",
    Variant.CHILDRENS: "childrens_version.html",
}
MOST_PAGES = {Variant.SHORT: 2, Variant.CHILDRENS: 4}
"""A retelling that takes more pages than this is too long for its readers."""
WIDEST_LOGO, TALLEST_LOGO = 62, 24
"""On the cover, in millimetres."""
SMALL_TABLE = 5
"""A table with no more rows than this is kept on one page, if it holds no sentences."""
ACROSS = 4
"""So many categories fit into the columns of a table."""

MEASURE_COLUMNS: dict[str, Callable[[MeasureRow], str]] = {
    "Value": lambda row: row.value,
    "Before": lambda row: row.previous,
    "Change": lambda row: row.change,
    "Compared with": lambda row: row.comparators,
}


def report_html(document: Document, *, for_pdf: bool) -> str:
    """The report as one HTML file that needs nothing beside it.

    With `for_pdf`, styles and fonts are at `asset:` addresses, which only the confined renderer serves.
    """
    return _page(document, document_body(document, address=inside), for_pdf=for_pdf)


def section_html(document: Document) -> str:
    """The one section of a Document as a file to make pages from: as in the report, without cover and contents."""
    (section,) = document.sections
    body = render_to_string(
        f"{FOLDER}/section_by_itself.html",
        {"running_title": running_title(document), "section": _section_html(document, section)},
    )
    return _page(document, _in_report(document, body, address=inside), for_pdf=True)


def _page(document: Document, body: SafeString, *, for_pdf: bool) -> str:
    return render_to_string(
        f"{FOLDER}/page.html",
        {
            "document": document,
            "title": full_title(document),
            "css": "" if for_pdf else mark_safe(stylesheet_by_itself()),
            "stylesheets": stylesheets_for_pdf("report-pdf.css", *_more_styles(document)) if for_pdf else [],
            "body": body,
        },
    )


def _more_styles(document: Document) -> list[str]:
    return [] if document.variant == Variant.REPORT else ["retellings-pdf.css"]


def document_body(document: Document, *, address: Address = in_portal) -> SafeString:
    """The whole report (cover, contents, sections) for a page that links `build/report.css`.

    `address` says where the page finds a picture.
    """
    return _in_report(
        document,
        render_to_string(
            f"{FOLDER}/{LAYOUTS[Variant(document.variant)]}",
            {
                "document": document,
                "title": full_title(document),
                "running_title": running_title(document),
                "logo": document.theme.logo,
                "logo_width": logo_width(document.theme.logo),
                "contents": contents(document),
                "sections": [_section_html(document, section) for section in document.sections],
            },
        ),
        address=address,
    )


def section_body(document: Document, section: Section) -> SafeString:
    """One section of the report as it stands in `document_body`, for a page that links `build/report.css`."""
    return _in_report(document, _section_html(document, section))


def with_remarks(section: Section, remarks: Mapping[tuple[int, int], str]) -> Section:
    """A copy of the section for a page of the portal, with a remark beneath points of its lists that no report has.

    The remarks stand by the block's id and the point's place in its list, from 0.
    """
    return replace(section, blocks=tuple(_with_remarks(block, remarks) for block in section.blocks))


def _with_remarks(block: Block, remarks: Mapping[tuple[int, int], str]) -> Block:
    if not isinstance(block, ListBlock):
        return block
    remarked = '{}<span class="point-remark">{}</span>'
    items = (
        format_html(remarked, mark_safe(item), remarks[block.id, place]) if (block.id, place) in remarks else item
        for place, item in enumerate(block.items)
    )
    return replace(block, items=tuple(items))


def with_changed_figures(body: str, changed: Iterable[ChangedFigure]) -> SafeString:
    """A page's body with a mark at each figure of its prose that read otherwise when the section was approved."""
    for figure in changed:
        shown = format_html('<span class="figure" data-figure="{}">{}</span>', figure.code, figure.now)
        marked = format_html(
            '<span class="figure figure--changed" data-figure="{}" title="{}">{}'
            '<span class="figure__was"> ({})</span></span>',
            figure.code,
            f"Read {figure.before} when this was approved" if figure.before else "Changed since this was approved",
            figure.now,
            f"changed, was {figure.before}" if figure.before else "changed",
        )
        body = body.replace(shown, marked)
    return mark_safe(body)


def full_title(document: Document) -> str:
    """The title with its year, such as "Annual report 2022/23", and what of it this is."""
    named = document.year_label in document.title
    title = document.title if named else f"{document.title} {document.year_label}"
    return title if document.variant == Variant.REPORT else f"{title}: {Variant(document.variant).label.lower()}"


def running_title(document: Document) -> str:
    """What stands at the foot of every page."""
    name = document.partnership if document.variant == Variant.REPORT else document.short_name
    parts = (name, full_title(document), document.status)
    return Truncator(" · ".join(filter(None, parts))).chars(85)


def logo_width(logo: Logo | None) -> str:
    """In millimetres: the logo as large as its place on the cover allows."""
    return f"{min(WIDEST_LOGO, TALLEST_LOGO * logo.width / logo.height):.1f}" if logo else ""


@dataclass
class Entry:
    """A line of the contents, with the lines below it."""

    section: Section
    below: list["Entry"] = field(default_factory=list)


def contents(document: Document) -> list[Entry]:
    """The sections as a tree by their levels."""
    top: list[Entry] = []
    open_entries: list[Entry] = []
    for section in document.sections:
        while open_entries and open_entries[-1].section.level >= section.level:
            open_entries.pop()
        entry = Entry(section)
        (open_entries[-1].below if open_entries else top).append(entry)
        open_entries.append(entry)
    return top


def _in_report(document: Document, inside: SafeString, *, address: Address = in_portal) -> SafeString:
    """The element that the report's styles and colours hang on."""
    html = render_to_string(
        f"{FOLDER}/report.html",
        {
            "document": document,
            "palette": palette(document.colour),
            "is_retold": document.variant != Variant.REPORT,
            "most_pages": MOST_PAGES.get(Variant(document.variant)),
            "inside": inside,
        },
    )
    whole_report = reverse("reports:report-preview", args=[document.year]) if address is in_portal else ""
    return with_pictures(with_links(html, whole_report=whole_report), document.images, address)


def _section_html(document: Document, section: Section) -> SafeString:
    return render_to_string(
        f"{FOLDER}/{'section.html' if document.variant == Variant.REPORT else 'retold_section.html'}",
        {
            "section": section,
            # The report's title is heading 1, so a chapter stands at 2.
            "heading_level": min(section.level + 1, 6),
            "notes_level": min(section.level + 2, 6),
            "blocks": [_block_html(document, block) for block in section.blocks],
            "notes": [_with_rich_text_marked(note) for note in section.notes],
            "is_all_figures": all(isinstance(block, KeyFiguresBlock) for block in section.blocks),
            "is_unwritten": not section.blocks and not _has_sections_below(document, section),
        },
    )


def _has_sections_below(document: Document, section: Section) -> bool:
    following = document.sections[document.sections.index(section) + 1 :]
    return bool(following) and following[0].level > section.level


def _block_html(document: Document, block: Block) -> SafeString:
    """The block by the template that is named after its class: `blocks/case_study.html` for a `CaseStudyBlock`."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(block).__name__.removesuffix("Block")).lower()
    more = MORE_CONTEXT.get(type(block), lambda document, block: {})
    return render_to_string(
        f"{FOLDER}/blocks/{name}.html", {"block": _with_rich_text_marked(block), **more(document, block)}
    )


def _chart_context(document: Document, chart: ChartBlock) -> dict[str, Any]:
    return {
        "picture": chart_uri(chart, document.colour, document.theme.chart_colour),
        "table": data_table(chart),
    }


@dataclass(frozen=True, kw_only=True)
class DataTable:
    """The table beside a chart. `total` is its last row, if that is not a cell already."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    total: str = ""

    @property
    def is_small(self) -> bool:
        return len(self.rows) <= SMALL_TABLE


def data_table(chart: ChartBlock) -> DataTable:
    """Every value of the chart as words. A few upright bars stand across, as in the chart; all else stands below."""
    if chart.form == "bar" and len(chart.categories) <= ACROSS and not chart.total:
        return DataTable(
            heads=(chart.category_name, *chart.categories),
            rows=tuple((series.name, series.texts) for series in chart.series),
        )
    by_category = zip(*(series.texts for series in chart.series), strict=True)
    return DataTable(
        heads=(chart.category_name, *(series.name for series in chart.series)),
        rows=tuple(zip(chart.categories, by_category, strict=False)),
        total=chart.total,
    )


def _measures_context(document: Document, table: MeasureTableBlock) -> dict[str, Any]:
    """The rows by the columns in which any of them has something to say; period and area stand under the name."""
    columns = {name: read for name, read in MEASURE_COLUMNS.items() if any(read(row) for row in table.rows)}
    heads = ("Measure", *columns)
    texts = [(f"{row.name}\n{row.period}, {row.area}", *(read(row) for read in columns.values())) for row in table.rows]
    return {
        "heads": list(zip(heads, column_widths(heads, texts), strict=True)),
        "rows": [
            (
                row.name,
                ", ".join(filter(None, (row.period, row.area))),
                [(name, read(row)) for name, read in columns.items()],
            )
            for row in table.rows
        ],
    }


def _records_context(document: Document, block: RecordsBlock) -> dict[str, Any]:
    """Each table with its rows, in which every cell knows the head of its column."""
    return {
        "title_level": _level_below(block),
        "tables": [
            {
                "table": table,
                "heads": list(zip(table.heads, _widths(table), strict=True)),
                "rows": [(row, list(zip(table.heads[1:], row.cells, strict=True))) for row in table.rows],
                "is_small": len(table.rows) <= SMALL_TABLE and not table.is_prose,
            }
            for table in block.tables
        ],
    }


def _widths(table: Table) -> tuple[int, ...]:
    texts = [(f"{row.head}\n{row.detail}", *row.cells) for row in table.rows]
    return column_widths(table.heads, texts)


def _voice_context(document: Document, block: VoiceBlock) -> dict[str, Any]:
    return {"title_level": _level_below(block)}


@dataclass(frozen=True, kw_only=True)
class Number:
    """The words of a figure about its digits, which are set larger: "around ", "6,000", ""."""

    before: str
    digits: str
    after: str


def number_in(text: str) -> Number:
    """The first number of a text; where there is none, as in "two-thirds", the whole text stands before it."""
    found = re.search(r"[£−-]?\d(?:[\d,.]*\d)?%?", text)
    if found is None:
        return Number(before=text, digits="", after="")
    return Number(before=text[: found.start()], digits=found[0], after=text[found.end() :])


def _key_figures_context(document: Document, block: KeyFiguresBlock) -> dict[str, Any]:
    return {"figures": [(figure, number_in(figure.text)) for figure in block.figures]}


def _said_and_did_context(document: Document, block: SaidAndDidBlock) -> dict[str, Any]:
    return {"points": [(mark_safe(point.said), mark_safe(point.did)) for point in block.points]}


def _sources_context(document: Document, block: SourcesBlock) -> dict[str, Any]:
    """Each source with the words of its cells: as those of measures, its period and area stand under its name."""
    return {
        "rows": [
            (source, ", ".join(filter(None, (source.period, source.area))), "; ".join(source.texts))
            for source in block.sources
        ]
    }


def _level_below(block: Block) -> int:
    """Where a title inside a block stands."""
    return min(block.heading_level + bool(block.heading), 6)


MORE_CONTEXT: dict[type[Block], Callable[[Document, Any], dict[str, Any]]] = {
    ChartBlock: _chart_context,
    KeyFiguresBlock: _key_figures_context,
    MeasureTableBlock: _measures_context,
    RecordsBlock: _records_context,
    SaidAndDidBlock: _said_and_did_context,
    SourcesBlock: _sources_context,
    VoiceBlock: _voice_context,
}


def _with_rich_text_marked(value: Any) -> Any:
    """A copy of a block or note whose rich text the templates do not escape; everything else they do."""
    rich = {name: getattr(value, name) for name in RICH_TEXT if hasattr(value, name)}
    return replace(
        value,
        **{
            name: mark_safe(html) if isinstance(html, str) else tuple(mark_safe(item) for item in html)
            for name, html in rich.items()
        },
    )
