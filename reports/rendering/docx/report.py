"""The whole Word file: body, notes, foot of the page, and what the file says of itself."""

import lxml.html

from reports.rendering.colour import palette
from reports.rendering.docx.flow import Flow, part
from reports.rendering.docx.manuscript import Manuscript
from reports.rendering.docx.markup import field, paragraph, run, styled, xml_text
from reports.rendering.docx.package import MAIN, Relations, packed
from reports.rendering.docx.pictures import Pictures
from reports.rendering.docx.styles import numbering_xml, styles_xml
from reports.rendering.docx.words import Element, Notes, Words

SOURCES = "Sources of the figures"
"""The heading above the endnotes."""


def written(manuscript: Manuscript) -> bytes:
    """The report as a .docx file."""
    colours = palette(manuscript.accent)
    root = lxml.html.document_fromstring(manuscript.html, parser=lxml.html.HTMLParser(huge_tree=True, encoding="utf-8"))
    relations = Relations()
    pictures = Pictures(relations)
    words = Words(manuscript.sources, _notes(root))
    flow = Flow(
        words,
        picture=lambda element: _picture(manuscript, element, pictures),
        accent=colours.accent.lstrip("#"),
        targets=frozenset(link.get("href")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")),
        relations=relations,
    )
    body = "".join(flow.blocks(root.body))
    if words.endnotes.texts:
        body += styled(run(SOURCES), "Heading1")
    relations_by_part = {
        MAIN: relations,
        "word/footnotes.xml": words.footnotes.relations,
        "word/endnotes.xml": words.endnotes.relations,
    }
    footer = relations.id_of("footer", "footer.xml")
    for kind in ("styles", "numbering", "settings", "footnotes", "endnotes"):
        relations.id_of(kind, f"{kind}.xml")
    parts = {
        MAIN: part("document", f"<w:body>{body}{_page(footer)}</w:body>"),
        "word/styles.xml": styles_xml(colours, manuscript.language),
        "word/numbering.xml": numbering_xml(flow.numbered_lists),
        "word/settings.xml": _settings(manuscript),
        "word/footnotes.xml": _notes_xml(words.footnotes),
        "word/endnotes.xml": _notes_xml(words.endnotes),
        "word/footer.xml": part("ftr", _foot(manuscript)),
        "docProps/core.xml": _of_itself(manuscript),
    }
    return packed(parts, pictures.files, relations_by_part)


def _notes(root: Element) -> dict[str, Element]:
    """What each note says, by its anchor."""
    return {note.get("id"): note for notes in root.find_class("notes-list") for note in notes.iterchildren("li")}


def _picture(manuscript: Manuscript, element: Element, pictures: Pictures) -> str:
    """The run of a picture of the prose, or of a chart."""
    picture = manuscript.pictures[int(element.get("src").removeprefix("picture:"))]
    return pictures.place(picture.content, picture.kind, (picture.width, picture.height), element.get("alt", ""))


def _notes_xml(notes: Notes) -> str:
    """The part with all notes of a kind, and the lines that Word draws above them."""
    kind = notes.kind
    lines = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}">{paragraph(f"<w:r><w:{name}/></w:r>")}</w:{kind}>'
        for number, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    reference = f'<w:r><w:rPr><w:rStyle w:val="{notes.name}Reference"/></w:rPr><w:{kind}Ref/></w:r>{run(" ")}'
    each = "".join(
        f'<w:{kind} w:id="{number}">{styled(reference + runs, f"{notes.name}Text")}</w:{kind}>'
        for number, runs in enumerate(notes.texts, 1)
    )
    return part(f"{kind}s", lines + each)


def _page(footer: str) -> str:
    """A4, with its foot on every page but the cover."""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1417" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
        'w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _foot(manuscript: Manuscript) -> str:
    return styled(f"{run(manuscript.running_title)}<w:r><w:tab/></w:r>{field('PAGE', '1')}", "Footer")


def _settings(manuscript: Manuscript) -> str:
    lines = "".join(
        f'<w:{kind}Pr><w:{kind} w:id="-1"/><w:{kind} w:id="0"/></w:{kind}Pr>' for kind in ("footnote", "endnote")
    )
    modern = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    spoken = f'<w:themeFontLang w:val="{xml_text(manuscript.language)}"/>'
    return part("settings", f"{lines}<w:compat>{modern}</w:compat>{spoken}")


def _of_itself(manuscript: Manuscript) -> str:
    """Title, author and language; no date, so that the same report is the same file."""
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml_text(manuscript.title)}</dc:title><dc:creator>{xml_text(manuscript.author)}</dc:creator>"
        f"<dc:description>{xml_text(manuscript.description)}</dc:description>"
        f"<dc:language>{xml_text(manuscript.language)}</dc:language></cp:coreProperties>"
    )
