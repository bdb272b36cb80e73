"""All that a Word file is written from, so that the process that writes it needs neither database nor settings."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture or a chart, as a file; its size on the page is in inches."""

    kind: str
    """png or jpg."""
    width: float
    height: float
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a figure of the prose comes from, in words, known by its code and by what is shown of it."""

    code: str
    shown: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """A report to be written as a Word file. In its HTML, the address of a picture is `picture:` and its place."""

    html: str
    title: str
    running_title: str
    author: str
    description: str
    language: str
    accent: str
    sources: tuple[Source, ...]
    pictures: tuple[Picture, ...]

    def pack(self) -> bytes:
        """One line of JSON, then the pictures, one after the other."""
        whole: dict[str, Any] = vars(self) | {
            "sources": [asdict(source) for source in self.sources],
            "pictures": [vars(picture) | {"content": len(picture.content)} for picture in self.pictures],
        }
        return json.dumps(whole).encode() + b"\n" + b"".join(picture.content for picture in self.pictures)

    @classmethod
    def unpack(cls, packed: bytes) -> "Manuscript":
        line, _, contents = packed.partition(b"\n")
        whole: Mapping[str, Any] = json.loads(line)
        pictures, at = [], 0
        for picture in whole["pictures"]:
            size = picture["content"]
            pictures.append(Picture(**picture | {"content": contents[at : at + size]}))
            at += size
        sources = tuple(Source(**source) for source in whole["sources"])
        return cls(**{**whole, "sources": sources, "pictures": tuple(pictures)})
