"""Small pieces of WordprocessingML as text (ECMA-376, part 1). Order matters: Word refuses properties out of order."""

import re
import unicodedata
from dataclasses import dataclass
from html import escape

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NAME = 40
"""Word takes no longer names for bookmarks."""

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{address}"'
    for prefix, address in {
        "w": "wordprocessingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "wp": "drawingml/2006/wordprocessingDrawing",
        "a": "drawingml/2006/main",
        "pic": "drawingml/2006/picture",
    }.items()
)


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How words are set."""

    is_bold: bool = False
    is_italic: bool = False
    is_raised: bool = False
    is_small: bool = False
    is_link: bool = False
    language: str = ""
    """Where it is another than that of the report."""

    def properties(self, words: str) -> str:
        return "".join(
            (
                '<w:rStyle w:val="Hyperlink"/>' if self.is_link else "",
                "<w:b/><w:bCs/>" if self.is_bold else "",
                "<w:i/><w:iCs/>" if self.is_italic else "",
                '<w:sz w:val="20"/><w:szCs w:val="20"/>' if self.is_small else "",
                '<w:vertAlign w:val="superscript"/>' if self.is_raised else "",
                "<w:rtl/>" if is_right_to_left(words) else "",
                f'<w:lang w:val="{xml_text(self.language)}"/>' if self.language else "",
            )
        )


PLAIN = Manner()


def run(words: str, manner: Manner = PLAIN) -> str:
    properties = wrapped("w:rPr", manner.properties(words))
    return f'<w:r>{properties}<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r>' if words else ""


def paragraph(runs: str, *, properties: str = "") -> str:
    return f"<w:p>{wrapped('w:pPr', properties)}{runs}</w:p>"


def styled(runs: str, style: str) -> str:
    """A paragraph of which nothing is to be said but its style."""
    return paragraph(runs, properties=f'<w:pStyle w:val="{style}"/>')


def wrapped(name: str, inside: str) -> str:
    """The element, or nothing where there is nothing in it."""
    return f"<{name}>{inside}</{name}>" if inside else ""


def field(instruction: str, shown: str) -> str:
    """What Word works out itself, such as the number of a page, and what it shows until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {xml_text(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def xml_text(words: str) -> str:
    """Words as the text or the attribute of an element; what XML cannot hold is left out."""
    return escape(_NOT_XML.sub("", words))


def bookmark_name(anchor: str) -> str:
    """The name in Word of what a page calls `anchor`."""
    return re.sub(r"\W", "_", f"at-{anchor}")[:_LONGEST_NAME]


def is_right_to_left(words: str) -> bool:
    """Whether the first letter with a direction runs to the left, as in Arabic or Hebrew."""
    directions = (unicodedata.bidirectional(letter) for letter in words)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"
