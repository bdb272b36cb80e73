"""How the partnership's publications look: one file, theme.toml, that is changed without touching code.

Where it stands is THEME_FILE; without one, theme.toml in VAR_DIR counts if there is one. Everything in it may be left
out. It is read once in each process; `docs/theme.md` says what it holds.
"""

import base64
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from partnership.colour import READABLE, SEEN, contrast_with_white, nearest_readable
from partnership.filetypes.drawings import size_of
from partnership.filetypes.refused import RefusedFile
from partnership.inspection import redraw_logo

COLOUR = re.compile(r"#[0-9a-f]{6}")
LONGEST_LINE = 120
LARGEST_LOGO = 300 * 1024
"""Of the logo as it is kept: it goes into every report that is frozen."""
NARROWEST, WIDEST = 0.2, 8.0
"""Width to height. What is longer would be a line on the cover."""
TYPES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
DRAWING = "image/svg+xml"


@dataclass(frozen=True, kw_only=True)
class Logo:
    """The partnership's sign, drawn anew, as it goes onto covers."""

    uri: str
    """The picture itself as a data: address."""
    alt: str
    width: float
    """In units of the picture, as `height`: only how they relate counts."""
    height: float


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What is empty is as without a theme."""

    colour: str = ""
    """As #rrggbb; without it, the colour that the partnership was set up with."""
    chart_colour: str = ""
    """Of the second bars and lines in a chart."""
    cover_line: str = ""
    logo: Logo | None = None


class ThemeRefused(ValueError):
    """The theme file cannot be used; each of `faults` is a sentence that says what to change."""

    def __init__(self, faults: list[str]):
        super().__init__(" ".join(faults))
        self.faults = faults


def theme_in_force() -> Theme:
    """The theme of this portal; raises `ThemeRefused`."""
    path = theme_file()
    return _read_once(path) if path else Theme()


def theme_file() -> Path | None:
    """Where the theme stands, if there is one; one that is named must exist."""
    if settings.THEME_FILE:
        return Path(settings.THEME_FILE)
    usual = Path(settings.VAR_DIR) / "theme.toml"
    return usual if usual.exists() else None


@lru_cache(maxsize=4)
def _read_once(path: Path) -> Theme:
    return read_theme(path)


def read_theme(path: Path) -> Theme:
    """The theme that a file describes; raises `ThemeRefused` with everything that is wrong with it."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ThemeRefused([f"{path} cannot be read: {error.strerror}."]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThemeRefused([f"{path} is not TOML: {error}."]) from error
    faults: list[str] = []
    theme = Theme(
        colour=_colour(given, "colour", READABLE, "white words on it, and it on white, cannot be read", faults),
        chart_colour=_colour(given, "chart_colour", SEEN, "bars and lines in it cannot be told from the paper", faults),
        cover_line=_line(given, "cover_line", faults),
        logo=_logo(given.pop("logo", None), path.parent, faults),
    )
    faults += [f"A theme has no “{name}”. It may hold colour, chart_colour, cover_line and logo." for name in given]
    if faults:
        raise ThemeRefused(faults)
    return theme


def _colour(given: dict[str, Any], name: str, wanted: float, why: str, faults: list[str]) -> str:
    value = given.pop(name, "")
    colour = value.lower() if isinstance(value, str) else ""
    if value == "":
        return ""
    if not COLOUR.fullmatch(colour):
        faults.append(f"Write {name} as # and six digits, such as #1d4f76, not {value!r}.")
        return ""
    found = contrast_with_white(colour)
    if found < wanted:
        faults.append(
            f"The {name} {colour} is too light: its contrast with white is {_ratio(found)} and must be {wanted:g} or "
            f"more, or {why}. The nearest colour that passes is {nearest_readable(colour, wanted)}."
        )
    return colour


def _ratio(contrast: float) -> str:
    """Cut off, not rounded: 4.49 is not 4.5."""
    return f"{int(contrast * 100) / 100:g}"


def _line(given: dict[str, Any], name: str, faults: list[str]) -> str:
    value = given.pop(name, "")
    if not isinstance(value, str) or not (value.isprintable() and len(value) <= LONGEST_LINE):
        faults.append(f"Write {name} as one line of up to {LONGEST_LINE} characters.")
        return ""
    return value.strip()


def _logo(given: Any, folder: Path, faults: list[str]) -> Logo | None:
    if given is None:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("file"), str) or set(given) - {"file", "alt"}:
        faults.append("Write the logo as [logo] with its file and its alt.")
        return None
    alt = _line(given, "alt", faults)
    if not alt:
        faults.append("Give the logo an alt: words for people who cannot see it, such as the name that it shows.")
        return None
    try:
        return kept_logo((folder / given["file"]).read_bytes(), alt)
    except OSError as error:
        faults.append(f"The logo {given['file']} cannot be read: {error.strerror}.")
    except RefusedFile as refusal:
        faults.append(f"The logo {given['file']} cannot be used. {refusal}")
    return None


def kept_logo(content: bytes, alt: str) -> Logo:
    """The logo of a file, drawn anew; raises `RefusedFile`."""
    drawn = redraw_logo(content)
    kind = next((type for begins, type in TYPES.items() if drawn.startswith(begins)), DRAWING)
    if len(drawn) > LARGEST_LOGO:
        raise RefusedFile("It is too large. Make it about 1,000 pixels wide.")
    width, height = size_of(drawn) if kind == DRAWING else _pixels(drawn)
    if not NARROWEST <= width / height <= WIDEST:
        raise RefusedFile("It is far longer one way than the other. Choose one that fits onto a cover.")
    return Logo(uri=f"data:{kind};base64,{base64.b64encode(drawn).decode()}", alt=alt, width=width, height=height)


def _pixels(drawn: bytes) -> tuple[float, float]:
    with Image.open(BytesIO(drawn)) as picture:
        return float(picture.width), float(picture.height)
