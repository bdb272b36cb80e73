"""Why a file could not be made."""


class RenderingFailed(Exception):
    """The file could not be made; the message says why in words for the board's officers, `details` for developers."""

    def __init__(self, reason: str, details: str = ""):
        super().__init__(reason)
        self.details = details
