"""The name that a file came with, and the name and content type that it goes out with."""

import re
import unicodedata

from partnership.choices import FileKind
from partnership.filetypes.refused import RefusedFile

LONGEST_NAME = 150

ENDINGS = {kind: (kind.value,) for kind in FileKind} | {FileKind.JPEG: ("jpg", "jpeg", "jpe", "jfif")}

CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.OPEN_TEXT: "application/vnd.oasis.opendocument.text",
    FileKind.OPEN_SHEET: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.CSV: "text/csv",
    FileKind.TEXT: "text/plain",
}


def clean_name(name: str) -> str:
    """The name without folders, and without characters that are not seen, such as those that turn text round.

    Raises `RefusedFile` where it is too long or nothing is left.
    """
    seen = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    cleaned = " ".join(re.split(r"[/\\]", seen)[-1].split()).strip(". ")
    if not cleaned:
        raise RefusedFile("This file has no name. Give it one that says what it is.")
    if len(cleaned) > LONGEST_NAME:
        raise RefusedFile(f"The name of this file is too long. Shorten it to {LONGEST_NAME} characters.")
    return cleaned


def ending_of(name: str) -> str:
    """What the name says of the kind of file, in small letters; empty where it says nothing."""
    found = re.search(r"\.([a-z0-9]{0,7}[a-z][a-z0-9]{0,7})$", name.lower())
    return found[1] if found else ""


def download_name(name: str, kind: str) -> str:
    """The name with an ending that tells its kind."""
    return name if ending_of(name) in ENDINGS[FileKind(kind)] else f"{name}.{kind}"


def require_matching_ending(name: str, kind: FileKind) -> None:
    """Refuse a name that says something else than the content."""
    ending = ending_of(name)
    if ending and ending not in ENDINGS[kind]:
        raise RefusedFile(
            f"The name of this file ends in .{ending}, but its content is a {kind.label}. "
            f"Rename it to end in .{kind}, or save it again as what it should be."
        )
