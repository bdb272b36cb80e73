"""Word, Excel and OpenDocument files: archives, looked into before anybody opens them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from partnership.choices import FileKind
from partnership.filetypes.refused import DAMAGED, HAS_MACROS, HAS_PASSWORD, RefusedFile

MOST_PARTS = 5_000
LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_RATIO = 200
"""XML shrinks to a twentieth, a bomb to a thousandth."""
SMALL = 10 * 1024 * 1024
LARGEST_LIST = 2 * 1024 * 1024
PIECE = 256 * 1024

CONTENT_TYPES = "[Content_Types].xml"
MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": FileKind.WORD,
    b"spreadsheetml.sheet.main+xml": FileKind.EXCEL,
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": FileKind.OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.OPEN_SHEET,
}
MACRO_PARTS = re.compile(r"vbaproject|vbadata|(^|/)(macrosheets|activex|basic|scripts)/", re.IGNORECASE)
OFFICE_EMBEDDED = re.compile(r"embeddings/[^/]+\.(docx|xlsx)$", re.IGNORECASE)
EMBEDDED = re.compile(r"(^|/)embeddings/.", re.IGNORECASE)
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*/(attachedTemplate|oleObject|frame|subDocument)\")(?=[^>]*Target=\"(https?:|\\\\))[^>]*>"
)
"""A part that Word fetches from somewhere else as soon as the document is opened."""

TOO_MUCH_INSIDE = (
    "This file unpacks to far more than it seems to hold, so the portal does not open it. "
    "Save it again in Word or Excel, or as a PDF."
)
ARCHIVE = "This is an archive of files. Send the files in it one by one."
SLIDES = "The portal does not take slides. Save them as a PDF, then send that."
HOLDS_FILE = "This document holds another file inside it. Take it out, or save the document as a PDF, then send that."
FETCHES = "This document fetches something from another place when it is opened. Save it as a PDF, then send that."
OTHER_OFFICE = "The portal does not take this kind of document. Save it as a Word document (.docx) or as a PDF."
OLD = "This file is of an older kind (.doc, .xls or .ppt). Save it as .docx or .xlsx, or as a PDF, then send that."


def kind_of_archive(content: bytes) -> FileKind:
    """Which document this archive is, by its own list of what it holds; raises `RefusedFile`."""
    with opened(content) as archive:
        parts = archive.infolist()
        _refuse_bombs(parts)
        if any(part.flag_bits & 1 for part in parts):
            raise RefusedFile(HAS_PASSWORD)
        names = {part.filename for part in parts}
        if CONTENT_TYPES in names:
            kind = _kind_of_office(read_part(archive, CONTENT_TYPES))
        elif "mimetype" in names:
            kind = _kind_of_open_document(archive, names)
        else:
            raise RefusedFile(ARCHIVE)
        if any(MACRO_PARTS.search(name) for name in names):
            raise RefusedFile(HAS_MACROS)
        return kind


def refuse_old_office(content: bytes) -> None:
    """Say of the container that Office used until 2007, and still uses around a password, why it is refused."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RefusedFile(HAS_PASSWORD)
    raise RefusedFile(OLD)


def look_inside(content: bytes, *, depth: int = 0) -> None:
    """Unpack every part, within limits, and refuse what is hidden in it; raises `RefusedFile`."""
    kind_of_archive(content)
    left = LARGEST_UNPACKED
    with opened(content) as archive:
        for part in archive.infolist():
            is_document = bool(OFFICE_EMBEDDED.search(part.filename)) and depth == 0
            if EMBEDDED.search(part.filename) and not is_document:
                raise RefusedFile(HOLDS_FILE)
            is_kept = is_document or part.filename.endswith(".rels")
            kept = []
            for piece in _pieces(archive, part):
                left -= len(piece)
                if left < 0:
                    raise RefusedFile(TOO_MUCH_INSIDE)
                if is_kept:
                    kept.append(piece)
            if is_document:
                look_inside(b"".join(kept), depth=depth + 1)
            elif FETCHED.search(b"".join(kept)):
                raise RefusedFile(FETCHES)


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive; raises `RefusedFile` where it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RefusedFile(DAMAGED) from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_dense = unpacked > SMALL and unpacked > LARGEST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or is_dense:
        raise RefusedFile(TOO_MUCH_INSIDE)
    if len({part.filename for part in parts}) != len(parts):
        raise RefusedFile(DAMAGED)


def _kind_of_office(listed: bytes) -> FileKind:
    if b"macroEnabled" in listed or b"vbaProject" in listed:
        raise RefusedFile(HAS_MACROS)
    for main_part, kind in MAIN_PARTS.items():
        if main_part in listed:
            return kind
    raise RefusedFile(SLIDES if b"presentationml" in listed else OTHER_OFFICE)


def _kind_of_open_document(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    kind = OPEN_DOCUMENTS.get(read_part(archive, "mimetype").strip())
    if kind is None:
        raise RefusedFile(OTHER_OFFICE)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in read_part(archive, manifest):
        raise RefusedFile(HAS_PASSWORD)
    return kind


def read_part(archive: zipfile.ZipFile, name: str, *, most: int = LARGEST_LIST, said: str = TOO_MUCH_INSIDE) -> bytes:
    """A part unpacked; raises `RefusedFile` with what is to be said where it holds more than the most."""
    pieces: list[bytes] = []
    left = most
    for piece in _pieces(archive, archive.getinfo(name)):
        left -= len(piece)
        if left < 0:
            raise RefusedFile(said)
        pieces.append(piece)
    return b"".join(pieces)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(part) as opened:
            while piece := opened.read(PIECE):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise RefusedFile(DAMAGED) from error
