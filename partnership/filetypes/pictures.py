"""Pictures: drawn anew, so that only what is seen is kept, and not where and by whom it was taken."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from partnership.choices import FileKind
from partnership.filetypes.refused import DAMAGED, RefusedFile

MOST_PIXELS = 50_000_000
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}
TOO_MANY_PIXELS = "This picture is too large to be checked. Make it smaller, to at most 50 megapixels."


def refuse_huge(content: bytes, kind: FileKind) -> None:
    """What the head of the picture says, before any of it is decoded."""
    _opened(content, kind)


def redrawn(content: bytes, kind: FileKind) -> bytes:
    """The same picture, upright, in a file that holds nothing else; raises `RefusedFile`."""
    picture = _opened(content, kind)
    try:
        with _whole_ones_only():
            picture.load()
        upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RefusedFile(DAMAGED) from error
    bare = upright.convert(_mode(upright, kind))
    bare.info = {}
    kept = io.BytesIO()
    bare.save(kept, FORMATS[kind], **({"quality": 90} if kind == FileKind.JPEG else {}))
    return kept.getvalue()


@contextmanager
def _whole_ones_only() -> Iterator[None]:
    """WeasyPrint, once imported, lets the whole process read pictures of which a part is missing."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _opened(content: bytes, kind: FileKind) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        try:
            picture = Image.open(io.BytesIO(content), formats=[FORMATS[kind]])
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
