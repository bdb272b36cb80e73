"""What can be told of a PDF at once, without reading it."""

import re

from partnership.filetypes.refused import HAS_PASSWORD, RefusedFile

ENCRYPTED = re.compile(rb"/Encrypt\s+\d{1,10}\s+\d{1,5}\s+R")


def refuse_password(content: bytes) -> None:
    """Refuse a PDF that says of itself that it is encrypted; raises `RefusedFile`."""
    if ENCRYPTED.search(content):
        raise RefusedFile(HAS_PASSWORD)
