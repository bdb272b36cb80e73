import sys
from typing import NoReturn

REFUSED_STATUS = 3
"""With this a confined process ends that refuses a file."""


class RefusedFile(Exception):
    """The portal does not take this file; the text tells the person why and what to do."""


def refuse(refusal: RefusedFile) -> NoReturn:
    """End the confined process: why stands on standard error, for `partnership.inspection` to read."""
    sys.stderr.buffer.write(str(refusal).encode())
    sys.exit(REFUSED_STATUS)


DAMAGED = "This file is damaged. Open it in the program that made it, save it again and send the new one."
HAS_PASSWORD = "This file has a password. Save it without the password, then send that."
HAS_MACROS = "This file holds macros, small programs that can do harm. Save it without macros, then send that."
