"""What `scripts/assets` builds for the report: its stylesheet and its fonts."""

import base64
import re
from pathlib import Path

from django.conf import settings

BUILD_DIR: Path = settings.BASE_DIR / "static" / "build"
FONT = re.compile(r"""url\(["']?(fonts/[\w.-]+)["']?\)""")


def stylesheet() -> str:
    """The report's compiled CSS, with its fonts at addresses relative to `BUILD_DIR`."""
    return built("report.css").read_text(encoding="utf-8-sig")


def stylesheet_for_pdf() -> str:
    """The same with the fonts at `asset:` addresses, which only the confined renderer serves."""
    return FONT.sub(r'url("asset:\1")', stylesheet())


def stylesheet_by_itself() -> str:
    """The same with the fonts inside, for a page that is one file."""
    return FONT.sub(lambda match: f'url("{_font_uri(match[1])}")', stylesheet())


def built(name: str) -> Path:
    """The path of a built file; says how to make it if it is not there."""
    path = BUILD_DIR / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run scripts/assets")
    return path


def _font_uri(name: str) -> str:
    return "data:font/woff2;base64," + base64.b64encode(built(name).read_bytes()).decode()
