"""The archive that a Word file is: its parts and how they point at each other. Hostile until shown otherwise."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from partnership.choices import FileKind
from partnership.filetypes import LARGEST_FILE, TOO_LARGE, office
from partnership.filetypes.refused import DAMAGED, RefusedFile

LARGEST_XML = 30 * 1024 * 1024
"""Of one part. A report of ninety pages has 3 MB; a tree needs ten times that."""
LARGEST_PICTURE = 20 * 1024 * 1024

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# The "strict" form of the format has the same elements in other namespaces (ISO/IEC 29500-1).
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/drawingml/main": "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
    ),
}

NO_WORD = "This is not a Word file. Open it in Word, choose “Save as” and “Word document (.docx)”, then send that."
HAS_DTD = (
    "This file has a part (a document type) that no Word file needs and that can do harm. "
    "Save it again in Word, then send the new one."
)
TOO_LONG = (
    "This file holds more text than any report. Take out what does not belong to the report, or import it in parts."
)


@dataclass(frozen=True)
class Relation:
    """What a part points at: another part by its name, or an address outside the file."""

    kind: str
    """The last word of its type, such as "image" or "hyperlink"."""
    target: str
    is_external: bool


class Package:
    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}

    def xml(self, part: str) -> etree._Element | None:
        """The tree of a part, or None where there is no such part; raises `RefusedFile`."""
        if part.lower() not in self._names:
            return None
        return _parsed(self._read(part, LARGEST_XML, TOO_LONG))

    def picture(self, part: str) -> bytes:
        """The bytes of a part; none where there is no such part."""
        return self._read(part, LARGEST_PICTURE, TOO_LARGE) if part.lower() in self._names else b""

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points at, by the name that it has for it."""
        folder, name = posixpath.split(part)
        tree = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if tree is None else dict(_relations(tree, folder))

    def main_part(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        return "word/document.xml"

    def _read(self, part: str, most: int, said: str) -> bytes:
        return office.read_part(self._archive, self._names[part.lower()], most=most, said=said)


def open_word(content: bytes) -> Package:
    """The parts of a Word file; raises `RefusedFile` for what is none, is locked, has macros or unpacks to too much."""
    if len(content) > LARGEST_FILE:
        raise RefusedFile(TOO_LARGE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        office.refuse_old_office(content)
    if not content.startswith(b"PK") or office.kind_of_archive(content) != FileKind.WORD:
        raise RefusedFile(NO_WORD)
    return Package(office.opened(content))


def _parsed(content: bytes) -> etree._Element:
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual.strip("{}").encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise RefusedFile(TOO_LONG) from error
        raise RefusedFile(HAS_DTD if b"<!DOCTYPE" in content else DAMAGED) from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise RefusedFile(HAS_DTD)
    return tree


def _relations(tree: etree._Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for each in tree:
        target = each.get("Target", "")
        is_external = each.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield each.get("Id", ""), Relation(posixpath.basename(each.get("Type", "")), target, is_external)
