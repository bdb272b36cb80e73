"""The archive that a Word file is: its parts, how they point at each other, and no date of its own."""

import io
import zipfile
from collections.abc import Mapping

from reports.rendering.docx.markup import xml_text

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
EXTERNAL = ' TargetMode="External"'
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every part: archives know none before."""

MAIN = "word/document.xml"
KINDS = {
    MAIN: "document.main",
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/footnotes.xml": "footnotes",
    "word/endnotes.xml": "endnotes",
    "word/footer.xml": "footer",
}
"""The content type of each part that is always there."""


class Relations:
    """What a part points at, by ids that are given in the order of first use."""

    def __init__(self) -> None:
        self._targets: dict[tuple[str, str, bool], str] = {}

    def id_of(self, kind: str, target: str, *, is_external: bool = False) -> str:
        return self._targets.setdefault((kind, target, is_external), f"rId{len(self._targets) + 1}")

    def xml(self) -> str:
        each = "".join(
            f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{xml_text(target)}"'
            f"{EXTERNAL if is_external else ''}/>"
            for (kind, target, is_external), name in self._targets.items()
        )
        return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def packed(parts: Mapping[str, str], pictures: Mapping[str, bytes], relations: Mapping[str, Relations]) -> bytes:
    """The archive of these parts, each by its name; `relations` stand by the name of the part that points."""
    whole: dict[str, str | bytes] = {"[Content_Types].xml": _content_types(), "_rels/.rels": _of_package(), **parts}
    for part, pointed in relations.items():
        folder, _, name = part.rpartition("/")
        whole[f"{folder}/_rels/{name}.rels"] = pointed.xml()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**whole, **pictures}.items():
            info = zipfile.ZipInfo(name, date_time=EARLIEST)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(info, content if isinstance(content, bytes) else HEAD + content)
    return file.getvalue()


def _content_types() -> str:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpg": "image/jpeg",
    }
    overrides = {part: f"{WORDS}.{kind}+xml" for part, kind in KINDS.items()} | {"docProps/core.xml": CORE}
    each = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items())
    each += "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{each}</Types>'


def _of_package() -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{MAIN}"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )
