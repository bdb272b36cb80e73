"""The report as a Word file, written by a process that is stopped when it takes too much."""

import base64

from partnership.filetypes.refused import RefusedFile
from partnership.inspection import look_through
from partnership.theme import Logo
from priorities.figurebook import SHOWS, Figure
from reports.document import ChartBlock, Document, Image
from reports.rendering.charts import PIXELS, chart_png, chart_uri
from reports.rendering.docx.manuscript import Manuscript, Picture, Source
from reports.rendering.docx.pictures import PRINTED, png_size
from reports.rendering.failed import RenderingFailed
from reports.rendering.html import document_body, full_title, logo_width, running_title
from reports.rendering.logos import logo_in_pixels
from reports.rendering.pdf import OnStage, limits_from_settings
from reports.rendering.pictures import inside

INCH = 25.4
"""In millimetres."""
TOO_MUCH = (
    "Writing the Word file took more than {seconds} seconds or {memory} MB, so it was stopped. Try again. If it stops "
    "again, look in the sections edited last for a very long table or for text pasted from another program."
)


def report_docx(document: Document, *, on_stage: OnStage = lambda stage: None) -> bytes:
    """The report as a .docx file; the same Document gives the same bytes.

    `on_stage` is called with a few words at each step. Raises `RenderingFailed`.
    """
    on_stage("Drawing the charts")
    manuscript = manuscript_of(document)
    on_stage("Writing the file")
    limits = limits_from_settings()
    try:
        return look_through(
            "reports.rendering.docx.confined",
            content=manuscript.pack(),
            too_hard=TOO_MUCH.format(seconds=limits.cpu_seconds, memory=limits.memory_mb),
            limits=limits,
        )
    except RefusedFile as refusal:
        raise RenderingFailed(str(refusal)) from refusal


def manuscript_of(document: Document) -> Manuscript:
    """What the Word file is written from: the HTML of page and PDF, and its pictures in their order."""
    pictures = [_photo(image) for image in document.images]
    numbers = {image.id: number for number, image in enumerate(document.images)}
    html: str = document_body(document, address=lambda image: f"picture:{numbers[image.id]}")
    for address, chart in _charts(document).items():
        html = html.replace(address, f"picture:{len(pictures)}")
        pictures.append(_chart(chart, document))
    if logo := document.theme.logo:
        html = html.replace(logo.uri, f"picture:{len(pictures)}")
        pictures.append(_logo(logo))
    return Manuscript(
        html=html,
        title=full_title(document),
        running_title=running_title(document),
        author=document.partnership,
        description=", ".join(filter(None, (document.period, document.status))),
        language=document.language,
        accent=document.colour,
        sources=tuple(
            Source(code=each.code, shown=each.text, said=source_in_words(each))
            for each in dict.fromkeys(document.figures)
        ),
        pictures=tuple(pictures),
    )


def source_in_words(figure: Figure) -> str:
    """Where a figure comes from, in a sentence or two."""
    what = figure.name if figure.show == "value" else f"{figure.name} ({SHOWS.get(figure.show, figure.show).lower()})"
    said = f"{', '.join(filter(None, (what, figure.period, figure.area)))}: {figure.text}."
    source = figure.source and f" Source: {figure.source.rstrip('.')}."
    return said + source + (f" As at {figure.as_at}." if figure.as_at else "")


def _photo(image: Image) -> Picture:
    content = base64.b64decode(inside(image).partition("base64,")[2])
    kind = image.file.rpartition(".")[2]
    return Picture(kind=kind, width=image.width / PRINTED, height=image.height / PRINTED, content=content)


def _charts(document: Document) -> dict[str, ChartBlock]:
    """The charts that have something to draw, by the addresses that they have in the page."""
    charts = (block for section in document.sections for block in section.blocks if isinstance(block, ChartBlock))
    second = document.theme.chart_colour
    return {address: chart for chart in charts if (address := chart_uri(chart, document.colour, second))}


def _logo(logo: Logo) -> Picture:
    content, kind = logo_in_pixels(logo)
    width = float(logo_width(logo)) / INCH
    return Picture(kind=kind, width=width, height=width * logo.height / logo.width, content=content)


def _chart(chart: ChartBlock, document: Document) -> Picture:
    """In pixels: not every Word shows SVG."""
    drawn = chart_png(chart, document.colour, document.theme.chart_colour)
    width, height = png_size(drawn)
    return Picture(kind="png", width=width / PIXELS, height=height / PIXELS, content=drawn)
