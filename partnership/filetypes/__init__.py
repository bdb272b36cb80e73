"""What a file is by its content, never by its name, and whether the portal takes it. Pure functions.

What is read is hostile until shown otherwise. `kind_of` is quick and meant for a form; `thorough.py` reads all of the
file and is meant for a process that may be killed (`partnership/confined.py`). Every refusal is a `RefusedFile` that
tells a person what to do.
"""

import puremagic

from partnership.choices import FileKind
from partnership.filetypes import office, pdf, pictures
from partnership.filetypes.names import CONTENT_TYPES, clean_name, download_name, ending_of, require_matching_ending
from partnership.filetypes.refused import RefusedFile
from partnership.filetypes.texts import is_text

__all__ = ["CONTENT_TYPES", "LARGEST_FILE", "RefusedFile", "clean_name", "download_name", "kind_of"]

LARGEST_FILE = 20 * 1024 * 1024
HEAD = 4096
TEXTS = {"csv": FileKind.CSV, "txt": FileKind.TEXT}

TOO_LARGE = "This file is larger than 20 MB. Make its pictures smaller, or send it in pieces."
EMPTY = "This file is empty."
PHONE_PHOTO = "This photo is in a format of phones (HEIC). Save it as JPEG, then send that."
OTHER_PICTURE = "The portal takes pictures as JPEG or PNG. Save it as one of them, then send that."
OTHER = (
    "The portal does not take this kind of file. Send a PDF, a Word or Excel file, a picture (JPEG or PNG) or a CSV."
)


def kind_of(content: bytes, *, name: str) -> FileKind:
    """The kind of file, where the portal takes it and its name says the same; raises `RefusedFile`."""
    if len(content) > LARGEST_FILE:
        raise RefusedFile(TOO_LARGE)
    if not content.strip(b"\0\t\r\n "):
        raise RefusedFile(EMPTY)
    kind = _kind_by_content(content, ending_of(name))
    require_matching_ending(name, kind)
    return kind


def _kind_by_content(content: bytes, ending: str) -> FileKind:
    signatures = _signatures(content)
    if ".pdf" in signatures:
        pdf.refuse_password(content)
        return FileKind.PDF
    for signature, kind in {".jpg": FileKind.JPEG, ".png": FileKind.PNG}.items():
        if signature in signatures:
            pictures.refuse_huge(content, kind)
            return kind
    if ".docx" in signatures:
        return office.kind_of_archive(content)
    if ".doc" in signatures:
        office.refuse_old_office(content)
    if ending in TEXTS and is_text(content):
        return TEXTS[ending]
    if signatures & {".heic", ".heif"}:
        raise RefusedFile(PHONE_PHOTO)
    if signatures & {".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg"}:
        raise RefusedFile(OTHER_PICTURE)
    raise RefusedFile(OTHER)


def _signatures(content: bytes) -> set[str]:
    """The endings of all kinds of files that begin as this one does."""
    try:
        return {match.extension for match in puremagic.magic_string(content[:HEAD])}
    except (puremagic.PureError, ValueError):
        return set()
