"""What `scripts/assets` builds for the report: its stylesheet and its fonts."""

import base64
from pathlib import Path

from django.conf import settings

from reports.rendering.fonts import FONT

BUILD_DIR: Path = settings.BASE_DIR / "static" / "build"


class AssetsMissing(Exception):
    """`scripts/assets` has not been run."""


def stylesheets_for_pdf(*names: str) -> list[str]:
    """The addresses of these built stylesheets, which only the confined renderer serves."""
    return [f"asset:{built(name).name}" for name in names]


def stylesheet_by_itself() -> str:
    """The report's CSS with the fonts inside, for a page that is one file."""
    css = built("report.css").read_text(encoding="utf-8-sig")
    return FONT.sub(lambda match: f'url("{_font_uri(match[1])}")', css)


def built(name: str) -> Path:
    """The path of a built file. Raises `AssetsMissing`."""
    path = BUILD_DIR / name
    if not path.exists():
        raise AssetsMissing(f"{path} is missing: run scripts/assets")
    return path


def _font_uri(name: str) -> str:
    return "data:font/woff2;base64," + base64.b64encode(built(name).read_bytes()).decode()
