"""Pictures: drawn anew, so that only what is seen is kept, and not where and by whom it was taken."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from partnership.choices import FileKind
from partnership.filetypes.refused import DAMAGED, RefusedFile

MOST_PIXELS = 50_000_000
PICTURES_BEGIN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}
LONGEST_SIDE = 2_000
"""Pixels of a picture in a report: across the width of the text, about 300 to the inch."""
SAMPLE = 400
FEW_COLOURS = 2_048
"""A drawing with soft edges has hundreds, a photo tens of thousands."""
MOST_TIMES = 1.5
"""So much larger than the JPEG may a PNG be, for the sake of sharp lines."""
TOO_MANY_PIXELS = "This picture is too large to be checked. Make it smaller, to at most 50 megapixels."


def refuse_huge(content: bytes, kind: FileKind) -> None:
    """What the head of the picture says, before any of it is decoded."""
    _opened(content, kind)


def redrawn(content: bytes, kind: FileKind) -> bytes:
    """The same picture, upright, in a file that holds nothing else; raises `RefusedFile`."""
    upright = _upright(_opened(content, kind))
    bare = upright.convert(_mode(upright, kind))
    bare.info = {}
    return _saved(bare, FORMATS[kind], **({"quality": 90} if kind == FileKind.JPEG else {}))


def redrawn_for_print(content: bytes) -> bytes:
    """The picture for a report, no larger than print needs and on white: a photo as JPEG, a drawing as PNG without a
    palette, in which its lines stay sharp; raises `RefusedFile`.
    """
    picture = _opened(content, *FORMATS)
    picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    picture = _on_white(_upright(picture))
    sample = picture.resize(_fitted(picture, SAMPLE), Image.Resampling.NEAREST)
    picture = picture.resize(_fitted(picture, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture.info = {}
    photo = _saved(picture, "JPEG", quality=85, optimize=True)
    if sample.getcolors(FEW_COLOURS) is None:
        return photo
    # A photo in greys has few colours, too, but it makes a large PNG.
    drawing = _saved(picture, "PNG", optimize=True)
    return drawing if len(drawing) <= MOST_TIMES * len(photo) else photo


def _saved(picture: Image.Image, format: str, **options: Any) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, format, **options)
    return kept.getvalue()


def _fitted(picture: Image.Image, longest: int) -> tuple[int, int]:
    """The picture's size, made smaller where a side is longer than this."""
    scale = min(1, longest / max(picture.size))
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in grey or in colours, as it looks on paper."""
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")
    if picture.mode.startswith("I"):  # 65,536 greys
        picture = picture.convert("I").point(lambda grey: grey / 256)
    return picture.convert("L" if picture.mode in ("1", "L", "I") else "RGB")


def _upright(picture: Image.Image) -> Image.Image:
    """The whole picture, read to its end and turned as the camera was held."""
    try:
        with _whole_ones_only():
            picture.load()
        return ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RefusedFile(DAMAGED) from error


@contextmanager
def _whole_ones_only() -> Iterator[None]:
    """WeasyPrint, once imported, lets the whole process read pictures of which a part is missing."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _opened(content: bytes, *kinds: FileKind) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        try:
            picture = Image.open(io.BytesIO(content), formats=[FORMATS[kind] for kind in kinds])
        except Image.DecompressionBombError as error:
            raise RefusedFile(TOO_MANY_PIXELS) from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
            raise RefusedFile(DAMAGED) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise RefusedFile(TOO_MANY_PIXELS)
    return picture


def _mode(picture: Image.Image, kind: FileKind) -> str:
    if picture.mode in ("1", "L"):
        return "L"
    return "RGBA" if kind == FileKind.PNG and picture.has_transparency_data else "RGB"
