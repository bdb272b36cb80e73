"""The demo report's picture, drawn here."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1_600, 900)
SOFTNESS = 2
"""Drawn so many times larger, then made smaller, so that edges are soft."""


def picture_of_partners() -> bytes:
    """Three circles for the partners, and a small one for the child where they meet, as on the report's cover."""
    picture = Image.new("RGB", [side * SOFTNESS for side in SIZE], "white")
    draw = ImageDraw.Draw(picture, "RGBA")
    for middle in ((670, 560), (930, 560), (800, 340)):
        _circle(draw, middle, 290, fill="#1d4f7622", outline="#1d4f76", width=6)
    _circle(draw, (800, 487), 46, fill="#ffbf00", outline="#1d4f76", width=6)
    kept = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(kept, "PNG")
    return kept.getvalue()


def _circle(draw: ImageDraw.ImageDraw, middle: tuple[int, int], radius: int, *, width: int, **colours: str) -> None:
    draw.circle([at * SOFTNESS for at in middle], radius * SOFTNESS, width=width * SOFTNESS, **colours)
