"""HTML in, PDF/UA out, in a process of its own that may be killed: `python -m reports.rendering.confined`.

Reads the HTML from standard input and writes the PDF to standard output. On standard error it writes one JSON object
a line: `{"stage": …}`, `{"warning": …}` or `{"failure": …}`; it exits with ENOMEM when memory has run out. It knows
nothing of Django or of settings.
"""

import argparse
import errno
import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from partnership.confinement import confine
from reports.rendering.linebreaks import mend_line_breaks
from reports.rendering.tagging import finish_tags

CONTENT_TYPES = {".woff2": "font/woff2", ".css": "text/css"}
STAGES = {
    "Step 1": "Reading the report",
    "Step 4": "Setting the text",
    "Step 5": "Laying out the pages",
    "Step 6": "Writing the PDF",
}
"""WeasyPrint's own steps, in the words of a job's page."""


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
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": CONTENT_TYPES[path.suffix]})


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


def tell(**event: str) -> None:
    print(json.dumps(event), file=sys.stderr, flush=True)


def to_pdf(html: str, assets: Path) -> bytes:
    """The PDF/UA-1 of an HTML document. The same HTML gives the same bytes: no date and no random identifier."""
    mend_line_breaks()
    return HTML(string=html, url_fetcher=AssetFetcher(assets)).write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tags)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--cpu-seconds", type=int, required=True)
    parser.add_argument("--memory-mb", type=int, required=True)
    parser.add_argument("--assets", type=Path, required=True)
    arguments = parser.parse_args()
    confine(parent=arguments.parent, cpu_seconds=arguments.cpu_seconds, memory_mb=arguments.memory_mb)

    logger = logging.getLogger("weasyprint")
    logger.addHandler(Teller())
    logger.setLevel(logging.INFO)
    status = 1
    try:
        sys.stdout.buffer.write(to_pdf(sys.stdin.buffer.read().decode(), arguments.assets))
        sys.stdout.flush()
        status = 0
    except MemoryError:
        status = errno.ENOMEM
        traceback.print_exc()
    except BaseException as error:
        tell(failure=f"{type(error).__name__}: {error}"[:500])
        traceback.print_exc()
    finally:
        # Not by the ordinary way out: it waits for Pango's threads, which stand still when memory has run out.
        os._exit(status)


if __name__ == "__main__":
    main()
