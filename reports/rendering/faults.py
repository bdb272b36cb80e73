"""What a check of a file found, in words, and where."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the report: a section by its anchor and in words, and the block's id where it is known."""

    words: str = ""
    """Such as "section 3.1", "section Foreword" or "page 4"."""
    anchor: str = ""
    block: int = 0


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with a file."""

    message: str
    place: Place = field(default=Place())
    is_content: bool = False
    """Whether a writer can mend it in a section; else the fault is the portal's."""
    is_conforming: bool = False
    """Whether the file is PDF/UA all the same."""
    rule: str = ""
    """The rule of PDF/UA that says the same in the words of the standard, where one does."""

    def __str__(self) -> str:
        return f"{self.message}, {self.place.words}" if self.place.words else self.message
