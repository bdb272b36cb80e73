"""What `scripts/assets` builds for the report: its stylesheet and its fonts."""

import base64
import re
from pathlib import Path

from django.conf import settings

BUILD_DIR: Path = settings.BASE_DIR / "static" / "build"
FONT = re.compile(r"""url\(["']?(fonts/[\w.-]+)["']?\)""")


class AssetsMissing(Exception):
    """`scripts/assets` has not been run."""


def stylesheet_for_pdf() -> str:
    """The report's CSS with the fonts at `asset:` addresses, which only the confined renderer serves."""
    return FONT.sub(r'url("asset:\1")', _read("report-pdf.css"))


def stylesheet_for_briefing() -> str:
    """The CSS of a briefing's page, likewise: the report's, and what is its own."""
    return stylesheet_for_pdf() + _read("briefing-pdf.css")


def stylesheet_by_itself() -> str:
    """The report's CSS with the fonts inside, for a page that is one file."""
    return FONT.sub(lambda match: f'url("{_font_uri(match[1])}")', _read("report.css"))


def built(name: str) -> Path:
    """The path of a built file. Raises `AssetsMissing`."""
    path = BUILD_DIR / name
    if not path.exists():
        raise AssetsMissing(f"{path} is missing: run scripts/assets")
    return path


def _read(name: str) -> str:
    return built(name).read_text(encoding="utf-8-sig")


def _font_uri(name: str) -> str:
    return "data:font/woff2;base64," + base64.b64encode(built(name).read_bytes()).decode()
