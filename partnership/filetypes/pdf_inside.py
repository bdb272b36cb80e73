"""PDFs read object by object: no programs, no other files inside."""

import io
from collections.abc import Iterator

import pikepdf

from partnership.filetypes.refused import DAMAGED, HAS_PASSWORD, RefusedFile

MOST_OBJECTS = 300_000
MOST_PARTS = 3_000_000
PROGRAM_KEYS = {"/JS", "/JavaScript", "/XFA"}
FILE_KEYS = {"/EmbeddedFiles", "/EF", "/RichMediaContent"}
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie"}
"""Actions with which a PDF does something outside itself."""

HOLDS_PROGRAM = (
    "This PDF holds a program or a form that acts by itself. "
    "Open it, choose “Print” and then “Save as PDF”, and send the new file."
)
HOLDS_FILE = "This PDF holds other files inside it. Send those by themselves, and print this one to a new PDF."
TOO_MUCH_INSIDE = "This PDF has so many parts that it cannot be checked. Print it to a new PDF, or send it in pieces."


def look_inside(content: bytes) -> None:
    """Read every object and refuse what acts by itself or hides a file; raises `RefusedFile`."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise RefusedFile(HAS_PASSWORD)
            if len(pdf.objects) > MOST_OBJECTS:
                raise RefusedFile(TOO_MUCH_INSIDE)
            if not len(pdf.pages):
                raise RefusedFile(DAMAGED)
            for dictionary in _dictionaries(pdf):
                _refuse_dangerous(dictionary)
    except pikepdf.PasswordError as error:
        raise RefusedFile(HAS_PASSWORD) from error
    except pikepdf.PdfError as error:
        raise RefusedFile(DAMAGED) from error


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, also those that stand inside others. A reference is not followed: its object
    has its own turn."""
    waiting: list[pikepdf.Object] = [pdf.trailer, *pdf.objects]
    read = 0
    while waiting:
        each = waiting.pop()
        read += 1
        if read > MOST_PARTS:
            raise RefusedFile(TOO_MUCH_INSIDE)
        inner: list = []
        if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
            yield each
            inner = [value for _, value in each.items()]
        elif isinstance(each, pikepdf.Array):
            inner = list(each)
        waiting += [part for part in inner if isinstance(part, pikepdf.Object) and not part.is_indirect]


def _refuse_dangerous(dictionary: pikepdf.Object) -> None:
    keys = set(dictionary.keys())
    action = dictionary.get("/S") if "/S" in keys else None
    name = str(action) if isinstance(action, pikepdf.Name) else ""
    if keys & PROGRAM_KEYS or name in ACTIONS:
        raise RefusedFile(HOLDS_PROGRAM)
    if keys & FILE_KEYS:
        raise RefusedFile(HOLDS_FILE)
