"""What the page of a file says is wrong with it, as its row keeps it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Finding:
    words: str
    """With its place, such as "Picture without alternative text, section 3.1"."""
    section: int | None = None
    """The key of the section it stands in, where it stands in one."""
    block: int | None = None
    is_content: bool = False
    """Whether a writer can mend it in the section."""
    is_conforming: bool = True
    """Whether the file is PDF/UA all the same."""
    is_blocking: bool = False
    """Whether the file is held back because of it."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Finding":
        return cls(**stored)
