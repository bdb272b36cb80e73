"""HTML in, PDF/UA out, with pictures of its pages: what a child of the press does.

It tells what happens on standard error, one JSON object a line: `{"stage": …}`, `{"warning": …}`, `{"pictures": …}`
or `{"failure": …}`; it ends with ENOMEM when memory has run out. It knows nothing of Django or of settings.
"""

import errno
import gc
import json
import logging
import os
import re
import resource
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from weasyprint import CSS, HTML, Document, Page
from weasyprint.css.counters import CounterStyle
from weasyprint.logger import LOGGER
from weasyprint.text.ffi import ffi, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering.boxends import mend_box_ends
from reports.rendering.chapters import Parts, parts_of
from reports.rendering.finishing import finish
from reports.rendering.fonts import at_asset_addresses
from reports.rendering.joining import follow_boxes
from reports.rendering.linebreaks import mend_line_breaks
from reports.rendering.quicker import keep_lines, make_quicker
from reports.rendering.tagging import mend_definitions

CONTENT_TYPES = {".woff2": "font/woff2", ".css": "text/css"}
SHARED = ("asset:report-pdf.css", "asset:retellings-pdf.css", "asset:briefing-pdf.css")
"""The stylesheets that are read once, before anything is rendered."""
STAGES = {
    "Step 1": "Reading the report",
    "Step 4": "Setting the text",
    "Step 5": "Laying out the pages",
    "Step 6": "Writing the PDF",
}
"""WeasyPrint's own steps, in the words of a job's page."""
MOST_PICTURES = 60
"""No section has so many pages that anybody looks at."""
REHEARSED = """<!doctype html><html lang="en"><title>Rehearsal</title>
<link rel="stylesheet" href="asset:report-pdf.css"><div class="report">
<section class="report-section report-section--level-1"><h2 class="section-title">Title</h2>
<div class="block prose"><h3 class="block-heading">Heading</h3><p>Some words, <strong>strong</strong>, <em>said</em>,
<a href="https://www.example.org/">linked</a>.</p><ul><li>A point</li></ul><table><thead><tr><th>Head</th></tr></thead>
<tbody><tr><td>Cell</td></tr></tbody></table></div></section></div>"""


class AssetFetcher(URLFetcher):
    """Serves `data:` addresses, and the fonts and stylesheets of one folder as `asset:…`; refuses all else."""

    def __init__(self, folder: Path):
        super().__init__(allowed_protocols=("data", "asset"), allow_redirects=False)
        self._assets = {
            f"asset:{path.relative_to(folder).as_posix()}": path
            for path in folder.rglob("*")
            if path.suffix in CONTENT_TYPES and path.is_file()
        }

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = self._assets.get(url)
        if path is None:
            raise ValueError("a report is made without addresses outside it")
        content = path.read_bytes()
        if path.suffix == ".css":
            content = at_asset_addresses(content.decode("utf-8-sig")).encode()
        return URLFetcherResponse(url, content, {"Content-Type": f"{CONTENT_TYPES[path.suffix]}; charset=utf-8"})


class Notes(logging.Handler):
    """Notes down what WeasyPrint warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record)


@dataclass(frozen=True)
class Chapter:
    """A chapter that was laid out, with what WeasyPrint warned of."""

    pages: list[Page]
    warnings: list[logging.LogRecord]

    def told_again(self) -> "Chapter":
        for warning in self.warnings:
            LOGGER.handle(warning)
        return self


class Typesetter:
    """What is read once and serves every rendering: the stylesheets with their fonts."""

    def __init__(self, assets: Path, *, is_quick: bool = True):
        mend_line_breaks()
        mend_definitions()
        mend_box_ends()
        follow_boxes()
        if is_quick:
            make_quicker()
        self._fetcher = AssetFetcher(assets)
        self._fonts = FontConfiguration()
        self._counter_style = CounterStyle()
        self._sheets = {address: self._read(address) for address in SHARED}
        self._pictures: dict[str, object] = {}
        self._kept: dict[str, Chapter] = {}
        """The chapters of the report that was rendered last, by their HTML."""

    def _read(self, address: str) -> CSS:
        return CSS(url=address, url_fetcher=self._fetcher, font_config=self._fonts, counter_style=self._counter_style)

    def start_in_child(self) -> None:
        """Get ready in a process that was forked: Pango's map of fonts may have had a thread, which is gone."""
        self._fonts.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self._fonts.font_map), self._fonts._config)
        pictures_of(self.to_pdf(REHEARSED), width=100)

    def to_pdf(self, html: str) -> bytes:
        """The PDF/UA-1 of an HTML document. The same HTML gives the same bytes: no date and no random identifier."""
        parts = parts_of(html)
        laid_out = self._report(parts) if parts else self._laid_out(html)
        return laid_out.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True, finisher=finish)

    def _report(self, parts: Parts) -> Document:
        """A report by its parts. Chapters that were laid out before, on the same pages, are taken as they are."""
        self._pictures = {}
        pages_before = len(self._laid_out(parts.front_html({})).pages)
        pages: list[Page] = []
        known, self._kept = self._kept, {}
        for chapter in parts.chapters:
            html = parts.chapter_html(chapter, first_page=pages_before + len(pages) + 1)
            self._kept[html] = known[html].told_again() if html in known else self._chapter(html)
            pages += self._kept[html].pages
        stands_on = {
            anchor: number
            for number, page in reversed(list(enumerate(pages, start=pages_before + 1)))
            for anchor in page.anchors
        }
        front = self._laid_out(parts.front_html(stands_on))
        return front.copy([*front.pages, *pages])

    def _chapter(self, html: str) -> Chapter:
        notes = Notes()
        LOGGER.addHandler(notes)
        try:
            return Chapter(self._laid_out(html).pages, notes.warnings)
        finally:
            LOGGER.removeHandler(notes)

    def _laid_out(self, html: str) -> Document:
        source = HTML(string=html, url_fetcher=self._fetcher)
        return source.render(
            pdf_variant="pdf/ua-1",
            stylesheets=list(self._shared(source)),
            font_config=self._fonts,
            counter_style=self._counter_style,
            cache=self._pictures,
        )

    def _shared(self, source: HTML) -> Iterator[CSS]:
        """The shared stylesheets that a document links; its links are taken out, so that nothing reads them again."""
        for link in list(source.etree_element.iter("link")):
            sheet = self._sheets.get(link.get("href", ""))
            if sheet:
                del link.attrib["href"]
                yield sheet


def pictures_of(pdf: bytes, *, width: int) -> list[bytes]:
    """The pages as JPEG pictures, so many pixels wide."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_picture(document[number], width) for number in range(min(len(document), MOST_PICTURES))]


def _picture(page: pypdfium2.PdfPage, width: int) -> bytes:
    image = page.render(scale=width / page.get_width(), rev_byteorder=True).to_pil()
    picture = BytesIO()
    image.save(picture, "JPEG", quality=88, subsampling=0)  # a fifth of the time that PNG takes
    return picture.getvalue()


class Teller(logging.Handler):
    """Passes on what WeasyPrint logs: its steps as stages, each once, and everything else as warnings."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.name == "weasyprint.progress":
            stage = STAGES.get(message[:6])
            if stage and stage not in self._told:
                self._told.add(stage)
                tell(stage=stage)
        elif record.levelno >= logging.WARNING:
            tell(warning=message[:500])


def memory_was_full() -> bool:
    """Whether the process has had nearly all it may have: then other exceptions than MemoryError come of it too."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    try:
        peak = re.search(r"VmPeak:\s+(\d+) kB", Path("/proc/self/status").read_text())
    except MemoryError:
        return True
    except OSError:  # no Linux
        return False
    return peak is not None and int(peak[1]) * 1024 > 0.9 * limit


def tell(**event: object) -> None:
    print(json.dumps(event), file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Work:
    """One rendering: where its HTML stands and where the PDF goes, followed by the pictures if any are wanted."""

    source: int
    """A descriptor, as that of the target."""
    target: int
    picture_width: int = 0
    """In pixels; 0 for no pictures."""
    may_keep: bool = False


def do(work: Work, typesetter: Typesetter) -> None:
    """Render; ends the process where that fails."""
    logger = logging.getLogger("weasyprint")
    logger.handlers = [Teller()]
    logger.setLevel(logging.INFO)
    status = 1
    if work.may_keep:
        keep_lines()
    gc.disable()  # tidying up would be a sixth of the work, and can wait until nobody waits
    try:
        with open(work.source, encoding="utf-8", newline="") as source:
            pdf = typesetter.to_pdf(source.read())
        with open(work.target, "wb") as target:
            target.write(pdf)
            if work.picture_width:
                pictures = pictures_of(pdf, width=work.picture_width)
                target.write(b"".join(pictures))
                tell(pictures=[len(pdf), *map(len, pictures)])
        return
    except MemoryError:
        status = errno.ENOMEM
        traceback.print_exc()
    except BaseException as error:
        status = errno.ENOMEM if memory_was_full() else status
        tell(failure=f"{type(error).__name__}: {error}"[:500])
        traceback.print_exc()
    # Not by the ordinary way out: it waits for Pango's threads, which stand still when memory has run out.
    os._exit(status)


def has_room_to_go_on() -> bool:
    """Whether less than half of the memory is taken, so that what was kept leaves enough for the next rendering."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:  # no Linux
        return False
    return pages * resource.getpagesize() < limit / 2
