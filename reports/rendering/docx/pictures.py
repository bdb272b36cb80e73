"""Pictures and charts as Word holds them: a file of the archive, its size on the page, and what it shows in words."""

import struct
from dataclasses import dataclass, field

from reports.rendering.docx.markup import xml_text
from reports.rendering.docx.package import Relations

EMU = 914_400
"""Word's measure for drawings, to the inch."""
WIDEST = 160 / 25.4
TALLEST = 210 / 25.4
PRINTED = 96
"""Pixels of a photo to the inch, where it is not too wide for the page."""


@dataclass
class Pictures:
    """The pictures of a file in the order of their places; the same one is kept once."""

    relations: Relations
    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[bytes, str] = field(default_factory=dict)
    _placed: int = 0

    def place(self, content: bytes, kind: str, size: tuple[float, float], alt: str) -> str:
        """A run with the picture; `kind` is png or jpg, `size` is in inches and is made smaller to fit the page."""
        width, height = size
        scale = min(1, WIDEST / width, TALLEST / height)
        across, down = round(width * scale * EMU), round(height * scale * EMU)
        self._placed += 1
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="{across}" cy="{down}"/>'
            f'<wp:docPr id="{self._placed}" name="Picture {self._placed}" descr="{xml_text(alt)}"/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{self._placed}" name="Picture {self._placed}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{self._kept(content, kind)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def _kept(self, content: bytes, kind: str) -> str:
        name = self._names.setdefault(content, f"media/picture-{len(self._names) + 1}.{kind}")
        self.files[f"word/{name}"] = content
        return self.relations.id_of("image", name)


def png_size(content: bytes) -> tuple[int, int]:
    """The width and height of a PNG in pixels, which stand at its beginning."""
    width, height = struct.unpack(">II", content[16:24])
    return width, height
