"""A logo in pixels, for programs that do not show drawings."""

import base64

from partnership.theme import DRAWING, Logo
from reports.rendering.pdf import limits_from_settings, typeset

PIXELS = 1_000
"""Across."""
PAGE = """<!doctype html><html lang="en"><title>Logo</title><style>@page {{ size: {width}mm {height}mm; margin: 0 }}
body {{ margin: 0 }} img {{ display: block; width: {width}mm; height: {height}mm }}</style>
<img src="{uri}" alt="Logo"></html>"""


def logo_in_pixels(logo: Logo) -> tuple[bytes, str]:
    """The logo as a picture, and its kind, png or jpg; a drawing is laid out as a page is. Raises `RenderingFailed`."""
    kind, _, content = logo.uri.removeprefix("data:").partition(";base64,")
    if kind != DRAWING:
        return base64.b64decode(content), kind.removeprefix("image/").replace("jpeg", "jpg")
    page = PAGE.format(width=100, height=round(100 * logo.height / logo.width, 2), uri=logo.uri)
    (picture,) = typeset(page, limits=limits_from_settings(), picture_width=PIXELS).pictures
    return picture, "jpg"
