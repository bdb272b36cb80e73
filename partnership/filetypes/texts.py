"""Plain text and CSV."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def is_text(content: bytes) -> bool:
    """Whether it reads as text: in UTF-8, or as older Windows programs write it."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return not CONTROL.search(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False
