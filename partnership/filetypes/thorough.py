"""The whole of a file, read to its last part. Only for a process that may be killed."""

from partnership.choices import FileKind
from partnership.filetypes import TEXTS, office, pdf_inside, pictures


def content_to_keep(content: bytes, kind: FileKind) -> bytes:
    """What the portal keeps of the file: a picture is drawn anew, all else stays; raises `RefusedFile`."""
    if kind in pictures.FORMATS:
        return pictures.redrawn(content, kind)
    if kind == FileKind.PDF:
        pdf_inside.look_inside(content)
    elif kind not in TEXTS.values():
        office.look_inside(content)
    return content
