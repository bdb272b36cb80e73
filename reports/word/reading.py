"""Reading a Word file in a process that cannot take the portal down with it."""

from partnership.inspection import look_through
from reports.word.outline import Outline, from_json

TOO_HARD = (
    "This file could not be read: it is damaged, or made in an unusual way. Open it in Word, save it again as “Word "
    "document (.docx)”, then send that."
)


def read_word(content: bytes) -> Outline:
    """What a Word file holds; raises `RefusedFile`, also where reading it took too much."""
    return from_json(look_through("reports.word.confined", content=content, too_hard=TOO_HARD))
