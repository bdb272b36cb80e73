"""What the portal hands to its press: an order of fixed length, with three descriptors beside it."""

import struct
from dataclasses import astuple, dataclass

PACKED = struct.Struct("!III?")
DESCRIPTORS = 3
"""The HTML, the file for the PDF, and the channel on which the child tells what happens."""


@dataclass(frozen=True)
class Order:
    """What a rendering may take, and what is wanted beside the PDF."""

    cpu_seconds: int
    memory_mb: int
    picture_width: int = 0
    """Of the pictures of its pages, in pixels; 0 for none."""
    may_keep: bool = False
    """Whether the laid-out chapters may be kept for the next order that may keep."""

    def pack(self) -> bytes:
        return PACKED.pack(*astuple(self))

    @classmethod
    def unpack(cls, packed: bytes) -> "Order":
        return cls(*PACKED.unpack(packed))
