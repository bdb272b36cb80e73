"""Word files, written part by part as Word writes them."""

from html import escape

from partnership.tests.sample_files import DOCUMENT_TYPE, archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

STYLES = {
    "Normal": ("Normal", "", ""),
    "Title": ("Title", "", ""),
    # As German Word calls it: the identifier is in German, the name is not.
    "berschrift1": ("heading 1", "", '<w:outlineLvl w:val="0"/>'),
    "Heading2": ("heading 2", "", '<w:outlineLvl w:val="1"/>'),
    "Heading3": ("heading 3", "", '<w:outlineLvl w:val="2"/>'),
    "OurChapter": ("Our chapter", "berschrift1", ""),
    "TOCHeading": ("TOC Heading", "berschrift1", '<w:outlineLvl w:val="9"/>'),
    "TOC1": ("toc 1", "", ""),
    "Quote": ("Quote", "", ""),
    "Caption": ("caption", "", ""),
    "ListBullet2": ("List Bullet 2", "", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
}

BULLETS, NUMBERS, CHAPTERS, OTHER_NUMBERS = 1, 2, 3, 4
_LEVELS = {
    BULLETS: ["bullet •", "bullet o", "bullet ▪"],
    NUMBERS: ["decimal %1.", "lowerLetter %2)", "lowerRoman %3."],
    CHAPTERS: ["decimal %1", "decimal %1.%2"],
    OTHER_NUMBERS: ["decimal %1."],
}


def word_file(*blocks: str, parts: dict | None = None, relations: dict[str, tuple[str, str]] | None = None) -> bytes:
    """A Word file with these paragraphs and tables.

    `relations` are what it points at, by name: the kind and the target, which is outside the file where it has a colon.
    """
    known = {"styles": ("styles", "styles.xml"), "numbering": ("numbering", "numbering.xml")}
    return archive(
        {
            "[Content_Types].xml": DOCUMENT_TYPE,
            "_rels/.rels": rels({"main": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": rels(known | (relations or {})),
            "word/styles.xml": f"<w:styles {NAMES}>{''.join(map(_style, STYLES))}</w:styles>",
            "word/numbering.xml": f"<w:numbering {NAMES}>{_numbering()}</w:numbering>",
            **(parts or {}),
        }
    )


def rels(relations: dict[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for name, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def run(text: str, marks: str = "") -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what is no XML becomes one."""
    inside = "".join(each if each.startswith("<") else run(each) for each in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def h1(*content: str) -> str:
    return p(*content, style="berschrift1")


def h2(*content: str) -> str:
    return p(*content, style="Heading2")


def item(*content: str, depth: int = 0, list_id: int = BULLETS) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(*content, properties=numbering)


def cell(*blocks: str, span: int = 1, merge: str | None = None) -> str:
    """A cell; `merge` is "restart" where it reaches down, "continue" where it was merged into the one above."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(each if each.startswith("<") else p(each) for each in blocks)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{inside}</w:tc>'


def row(*cells: str, is_header: bool = False) -> str:
    inside = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if is_header else ''}</w:trPr>{inside}</w:tr>"


def table(*rows: str, look: str = "0000") -> str:
    return f'<w:tbl><w:tblPr><w:tblLook w:val="{look}"/></w:tblPr>{"".join(rows)}</w:tbl>'


def link(words: str, name: str) -> str:
    return f'<w:hyperlink r:id="{name}">{run(words)}</w:hyperlink>'


def note(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(*texts: str, kind: str = "footnote") -> str:
    """The part with the notes 1, 2, 3; Word puts the line above them first."""
    line = f'<w:{kind} w:type="separator" w:id="0">{p()}</w:{kind}>'
    rows = "".join(
        f'<w:{kind} w:id="{number}">{p(f"<w:r><w:{kind}Ref/></w:r>", text)}</w:{kind}>'
        for number, text in enumerate(texts, start=1)
    )
    return f"<w:{kind}s {NAMES}>{line}{rows}</w:{kind}s>"


def drawing(name: str = "image", alternative: str = "A bar chart", *, target: str = "embed") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{escape(alternative)}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:{target}="{name}"/></pic:blipFill></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(*blocks: str) -> str:
    """As Word writes it: once for itself, and once more for its elder versions."""
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx>{inside}</wps:txbx>'
        f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _style(identifier: str) -> str:
    name, base, properties = STYLES[identifier]
    default = ' w:default="1"' if identifier == "Normal" else ""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"{default}><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def _numbering() -> str:
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{"".join(map(_level, range(len(levels)), levels))}</w:abstractNum>'
        for number, levels in _LEVELS.items()
    )
    return lists + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in _LEVELS
    )


def _level(depth: int, level: str) -> str:
    format, text = level.split()
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )
