REFUSED_STATUS = 3
"""With this a confined process ends that refuses a file."""


class RefusedFile(Exception):
    """The portal does not take this file; the text tells the person why and what to do."""


DAMAGED = "This file is damaged. Open it in the program that made it, save it again and send the new one."
HAS_PASSWORD = "This file has a password. Save it without the password, then send that."
HAS_MACROS = "This file holds macros, small programs that can do harm. Save it without macros, then send that."
