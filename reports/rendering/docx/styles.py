"""How the Word file looks: its styles and the marks of its lists, in the partnership's colours.

Everything stands in a style, so that whoever goes on with the file in Word changes it in one place.
"""

from collections.abc import Iterable

from reports.rendering.colour import Palette
from reports.rendering.docx.markup import NAMESPACES, xml_text

FONT = "Arial"
"""A file for Word cannot count on our own font; this one is on every machine and reads well."""
HEADING_SIZES = (36, 28, 24, 22, 22, 22)
"""In half points, from Heading 1."""
BULLETS = ("•", "–", "▪")
DEPTH = 3
BULLET_LIST, NUMBER_LIST = 1, 2
INDENT = 397
"""How far a list's words stand in, for each level, in twips."""


TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    '<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B8B8B8"/>' for side in ("top", "bottom", "insideH")
    )
    + "</w:tblBorders><w:tblCellMar>"
    + "".join(f'<w:{side} w:w="90" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:tblCellMar></w:tblPr></w:style>"
)
"""Rules between rows; heads have styles of their own."""


def styles_xml(palette: Palette, language: str) -> str:
    ink, accent = "1A1A1A", palette.accent.lstrip("#")
    styles = [
        _style("Normal", "Normal", "", f'<w:color w:val="{ink}"/>', base="", is_default=True),
        *(_heading(level, size, accent) for level, size in enumerate(HEADING_SIZES, 1)),
        _style("Title", "Title", _spaced(2400, 240), _letters(56, accent, is_bold=True)),
        _style("Subtitle", "Subtitle", _spaced(0, 120), _letters(28, ink)),
        _style("CoverLine", "Cover Text", _spaced(0, 120), _letters(26, ink)),
        _style(
            "TOCHeading",
            "TOC Heading",
            "<w:keepNext/><w:pageBreakBefore/>" + _spaced(0, 240),
            _letters(36, accent, is_bold=True),
        ),
        *(_style(f"TOC{level}", f"toc {level}", _spaced(60, 60, INDENT * (level - 1)), "") for level in range(1, 7)),
        _style("Quote", "Quote", _spaced(120, 60, INDENT), "<w:i/><w:iCs/>"),
        _style("Attribution", "Quote Attribution", _spaced(0, 160, INDENT), _letters(22, "4D4D4D")),
        _style("Caption", "caption", "<w:keepNext/>" + _spaced(160, 80), _letters(22, ink, is_bold=True)),
        _style("Label", "Label", "<w:keepNext/>" + _spaced(120, 40), _letters(20, accent, is_bold=True)),
        _style("KeyFigure", "Key Figure", "<w:keepNext/>" + _spaced(160, 0), _letters(44, accent, is_bold=True)),
        _style("SourceNote", "Source", _spaced(60, 160), _letters(20, "4D4D4D")),
        _style("ListItem", "List Paragraph", _spaced(0, 80), ""),
        _style("ListContinue", "List Continue", _spaced(0, 80, INDENT), ""),
        _style("DefinitionTerm", "Definition Term", "<w:keepNext/>" + _spaced(80, 0), _letters(24, ink, is_bold=True)),
        _style("Definition", "Definition List", _spaced(0, 80, INDENT), ""),
        _style("CellText", "Table Text", _spaced(0, 0), _letters(22, ink)),
        _style("RowHead", "Table Row Head", _spaced(0, 0), _letters(22, ink, is_bold=True)),
        _style(
            "ColumnHead", "Table Column Head", "<w:keepNext/>" + _spaced(0, 0), _letters(22, "FFFFFF", is_bold=True)
        ),
        _style("FootnoteText", "footnote text", _spaced(0, 60), _letters(20, ink)),
        _style("EndnoteText", "endnote text", _spaced(0, 60), _letters(20, ink)),
        _style("Footer", "footer", '<w:tabs><w:tab w:val="right" w:pos="9071"/></w:tabs>', _letters(20, "4D4D4D")),
        _of_letters("Hyperlink", "Hyperlink", f'<w:color w:val="{accent}"/><w:u w:val="single"/>'),
        _of_letters("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        _of_letters("EndnoteReference", "endnote reference", '<w:vertAlign w:val="superscript"/>'),
        TABLE_STYLES,
    ]
    return f"<w:styles {NAMESPACES}>{_defaults(language)}{''.join(styles)}</w:styles>"


def numbering_xml(numbered: int) -> str:
    """The marks of bulleted lists, and of so many numbered ones, each of which begins with 1."""
    bullets = _marks(BULLET_LIST, [("bullet", bullet) for bullet in BULLETS])
    numbers = _marks(NUMBER_LIST, [("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3.")])
    restart = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(DEPTH)
    )
    lists = f'<w:num w:numId="{BULLET_LIST}"><w:abstractNumId w:val="{BULLET_LIST}"/></w:num>' + "".join(
        f'<w:num w:numId="{NUMBER_LIST + number}"><w:abstractNumId w:val="{NUMBER_LIST}"/>{restart}</w:num>'
        for number in range(numbered)
    )
    return f"<w:numbering {NAMESPACES}>{bullets}{numbers}{lists}</w:numbering>"


def _marks(name: int, levels: Iterable[tuple[str, str]]) -> str:
    each = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
        for level, (kind, text) in enumerate(levels)
    )
    multi = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{name}">{multi}{each}</w:abstractNum>'


def _defaults(language: str) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    spoken = f'<w:lang w:val="{xml_text(language)}" w:eastAsia="{xml_text(language)}" w:bidi="ar-SA"/>'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="24"/><w:szCs w:val="24"/>{spoken}</w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="160" w:line="300" '
        'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _heading(level: int, size: int, accent: str) -> str:
    new_page = "<w:pageBreakBefore/>" if level == 1 else ""
    properties = f"<w:keepNext/><w:keepLines/>{new_page}{_spaced(280, 120)}"
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _style(f"Heading{level}", f"heading {level}", properties + outline, _letters(size, accent, is_bold=True))


def _style(
    name: str, words: str, paragraph: str, letters: str, *, base: str = "Normal", is_default: bool = False
) -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    default = ' w:default="1"' if is_default else ""
    following = '<w:next w:val="Normal"/>' if name.startswith(("Heading", "Caption", "TOCHeading")) else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{words}"/>{based}{following}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _of_letters(name: str, words: str, letters: str) -> str:
    return f'<w:style w:type="character" w:styleId="{name}"><w:name w:val="{words}"/><w:rPr>{letters}</w:rPr></w:style>'


def _letters(size: int, colour: str, *, is_bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if is_bold else ""
    return f'{weight}<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _spaced(before: int, after: int, left: int = 0) -> str:
    indent = f'<w:ind w:left="{left}"/>' if left else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"/>{indent}'
