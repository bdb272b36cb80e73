"""The Word file: read back, everything of the report stands in it once, as what it is."""

import re
import zipfile
from collections import Counter
from io import BytesIO

import lxml.html
import pytest
from lxml import etree

from partnership.tests.sample_files import photo
from reports import actions, document
from reports.assemble import assemble
from reports.document import Signature
from reports.rendering.html import document_body
from reports.rendering.word import report_docx
from reports.tests import sample
from reports.tests.factories import make_block, make_erin, make_report, make_section
from reports.word import read_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class Word:
    """A Word file by its XML parts."""

    def __init__(self, of):
        self.content = report_docx(of)
        self.archive = zipfile.ZipFile(BytesIO(self.content))
        self.body = self.part("document")

    def part(self, name):
        return etree.fromstring(self.archive.read(f"word/{name}.xml"))

    def styled(self, *styles):
        """The words of all paragraphs in one of these styles."""
        return [
            said(paragraph)
            for paragraph in self.body.iter(f"{W}p")
            if paragraph.find(f"{W}pPr/{W}pStyle") is not None
            and paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in styles
        ]

    def notes(self, kind):
        return [said(note) for note in self.part(f"{kind}s") if int(note.get(f"{W}id")) > 0]


def said(element):
    """Its words as somebody reads them: a break is a space."""
    pieces = (" " if each.tag == f"{W}br" else each.text or "" for each in element.iter(f"{W}t", f"{W}br"))
    return " ".join("".join(pieces).split())


def words(element):
    return " ".join(element.text_content().split())


def word_of(*blocks, **changes):
    return Word(sample.document_of(*blocks, **changes))


@pytest.fixture(scope="module")
def whole():
    return Word(sample.sample_document())


@pytest.fixture(scope="module")
def html_of_demo(demo_document):
    return lxml.html.fromstring(document_body(demo_document))


@pytest.fixture(scope="module")
def demo(demo_document):
    return Word(demo_document)


@pytest.fixture
def html():
    return lxml.html.fromstring(document_body(sample.sample_document()))


def test_every_part_is_well_formed_and_every_relation_leads_somewhere(whole):
    names = set(whole.archive.namelist())

    for name in names:
        if name.endswith((".xml", ".rels")):
            etree.fromstring(whole.archive.read(name))
    relations = etree.fromstring(whole.archive.read("word/_rels/document.xml.rels"))
    assert {f"word/{each.get('Target')}" for each in relations if each.get("TargetMode") != "External"} <= names
    used = set(re.findall(r'r:(?:id|embed)="(\w+)"', whole.archive.read("word/document.xml").decode()))
    assert used <= {each.get("Id") for each in relations}


def test_headings_are_those_of_the_page_one_level_up(whole, html):
    shown = [
        (f"Heading{int(each.tag[1]) - 1}", words(each))
        for each in html.iter("h2", "h3", "h4", "h5", "h6")
        if each.get("class") not in ("contents-title", "notes-title")
    ]
    written = [(f"Heading{level}", title) for level in range(1, 6) for title in whole.styled(f"Heading{level}")]

    assert Counter(written) == Counter([*shown, ("Heading1", "Sources of the figures")])
    assert whole.styled("Title") == ["Annual report 2022/23"]


def test_every_paragraph_of_the_page_is_there_once(whole, html):
    for each in html.xpath("//*[@role='doc-endnotes' or @role='doc-toc']"):
        each.drop_tree()
    for reference in html.find_class("note-ref"):
        reference.drop_tree()
    shown = Counter(words(each) for each in html.iter("p", "figcaption", "caption", "li") if not each.findall("*"))
    everything = Counter(said(paragraph) for paragraph in whole.body.iter(f"{W}p"))

    assert {text: everything[text] for text in shown} == shown


def test_contents_name_every_section_and_lead_to_it(whole):
    lines = whole.styled("TOC1", "TOC2")
    links = [each.get(f"{W}anchor") for each in whole.body.iter(f"{W}hyperlink") if each.get(f"{W}anchor")]
    bookmarks = [each.get(f"{W}name") for each in whole.body.iter(f"{W}bookmarkStart")]

    assert lines == [f"{each.number} {each.title}".strip() for each in sample.sample_document().sections]
    assert set(links) <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))


def test_notes_are_footnotes_where_they_are_referred_to(whole):
    references = [each.get(f"{W}id") for each in whole.body.iter(f"{W}footnoteReference")]

    assert whole.notes("footnote") == ["Source 1: the published guidance.", "Source 2: the published guidance."]
    assert references == ["1", "2"]
    relations = etree.fromstring(whole.archive.read("word/_rels/footnotes.xml.rels"))
    assert [each.get("Target") for each in relations] == ["https://www.example.org/1", "https://www.example.org/2"]


def test_source_of_a_figure_stands_in_an_endnote_where_it_is_first_said():
    figure = '<span class="figure" data-figure="MACE_CHILDREN">610</span>'
    word = word_of(sample.text(f"<p>First {figure} children.</p><p>Again {figure}.</p>"))

    assert word.notes("endnote") == [
        "Children discussed at exploitation panels, May 2022 to April 2023, Staffordshire: 610. "
        "Source: Police return. As at 30 April 2023."
    ]
    assert len(list(word.body.iter(f"{W}endnoteReference"))) == 1
    assert [text for text in word.styled("Normal") if "610" in text] == ["First 610 children.", "Again 610."]


def test_tables_have_their_rows_a_head_that_is_repeated_and_a_name(whole, html):
    tables = list(whole.body.iter(f"{W}tbl"))
    shown = [[[words(cell) for cell in row] for row in table.iter("tr")] for table in html.iter("table")]

    assert [[[said(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")] for table in tables] == shown
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in tables] == [1] * len(tables)
    names = [table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for table in tables]
    assert names == [
        "Figures in the chart (assessments)",
        "Measures",
        "Reviews in 2022/23",
        "What the guidance asks",
        "Figures by measure, with their sources",
    ]


def test_terms_stand_above_their_meanings(whole):
    assert whole.styled("DefinitionTerm", "Definition") == [
        "KCSiE",
        "Keeping children safe in education",
        "MACE",
        "multi-agency child exploitation",
        "NHS ENGLAND",
        "the body that leads the National Health Service",
    ]


def test_cells_that_reach_over_others_leave_every_row_as_wide():
    table = (
        '<table><thead><tr><th colspan="2" scope="col">A</th><th scope="col">B</th></tr></thead><tbody>'
        '<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>4</td></tr></tbody></table>'
    )
    (written,) = word_of(sample.text(table)).body.iter(f"{W}tbl")

    def width(cell):
        across = cell.find(f"{W}tcPr/{W}gridSpan")
        return 1 if across is None else int(across.get(f"{W}val"))

    rows = [list(row.iter(f"{W}tc")) for row in written.iter(f"{W}tr")]
    assert [sum(map(width, row)) for row in rows] == [3, 3, 3]
    assert [[said(cell) for cell in row] for row in rows] == [["A", "B"], ["1", "2", "3"], ["", "4", ""]]
    assert [each.get(f"{W}val") for each in written.iter(f"{W}vMerge")] == ["restart", None]


def test_chart_is_a_picture_with_its_words(whole):
    (chart,) = whole.body.iter(PROPERTIES)

    assert chart.get("descr") == sample.chart().alt
    assert whole.archive.read("word/media/picture-1.png")[:8] == b"\x89PNG\r\n\x1a\n"


def test_chart_without_values_is_said_in_words():
    empty = sample.chart(series=(document.Series(name="A", values=(None,) * 3, texts=("no value",) * 3),))
    word = word_of(empty)

    assert list(word.body.iter(PROPERTIES)) == []
    assert "There are no values to draw." in word.styled("Normal")


def test_picture_of_the_prose_keeps_its_alternative_text(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = make_report()
    image = actions.keep_image(report=report, data=photo(), by=make_erin())
    picture = (
        f'<figure><img data-image="{image.pk}" alt="A child &amp; a kite"><figcaption>Spring</figcaption></figure>'
    )
    make_block(make_section(report), body=f"<p>Words</p>{picture}{picture}")

    word = Word(assemble(report))

    assert [each.get("descr") for each in word.body.iter(PROPERTIES)] == ["A child & a kite"] * 2
    (kept,) = (name for name in word.archive.namelist() if "media" in name)
    assert word.archive.read(kept) == image.file.open().read()
    assert word.styled("Caption") == ["Spring", "Spring"]


def test_lists_have_marks_and_each_numbered_one_begins_with_one():
    word = word_of(
        sample.text("<ol><li>One<ul><li>Inner</li></ul></li></ol><ol><li>Two</li></ol><ul><li>Dot</li></ul>")
    )
    marks = {
        said(paragraph): tuple(each.get(f"{W}val") for each in paragraph.find(f"{W}pPr/{W}numPr"))
        for paragraph in word.body.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}numPr") is not None
    }

    assert marks == {"One": ("0", "2"), "Inner": ("1", "1"), "Two": ("0", "3"), "Dot": ("0", "1")}


def test_space_between_words_is_as_in_the_page():
    word = word_of(
        sample.text('<p> A <strong>bold </strong><em>one</em>,<br> then <a href="https://e.org/"> a link</a>.</p>')
    )

    assert word.styled("Normal") == ["A bold one, then a link."]


def test_language_title_and_author_are_said_and_no_date(whole):
    core = whole.archive.read("docProps/core.xml").decode()

    assert re.findall(r"<dc:(\w+)>([^<]*)", core) == [
        ("title", "Annual report 2022/23"),
        ("creator", "Staffordshire Safeguarding Children Board"),
        ("description", "1 April 2022 to 31 March 2023, Final draft"),
        ("language", "en-GB"),
    ]
    assert whole.part("styles").find(f".//{W}lang").get(f"{W}val") == "en-GB"
    assert {info.date_time for info in whole.archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_same_document_gives_the_same_bytes(whole):
    assert report_docx(sample.sample_document()) == whole.content


def test_name_that_runs_to_the_left_is_set_so():
    signature = Signature(name="سارة الأحمد", post="Director", agency="Council", signed_on="")
    word = word_of(document.SignaturesBlock(id=7, heading="", heading_level=3, signatures=(signature,)))
    (name,) = (each for each in word.body.iter(f"{W}p") if said(each) == "سارة الأحمد")

    assert name.find(f"{W}pPr/{W}bidi") is not None
    assert name.find(f"{W}r/{W}rPr/{W}rtl") is not None


@pytest.mark.parametrize("typed", ["<w:p>&amp;", 'a "quoted" title', "bell \x07 rings", "x" * 600])
def test_title_of_a_section_cannot_break_the_file(typed):
    word = word_of(sample.text(), title=typed)

    assert word.styled("Heading1")[0] == " ".join(f"1 {typed}".replace("\x07", "").split())


def test_long_table_and_many_notes_all_come_out():
    notes = tuple(sample.note(number) for number in range(1, 201))
    rows = "".join(f"<tr><td>{row}</td></tr>" for row in range(2_000))
    prose = f"<p>Words{''.join(map(sample.reference, notes))}</p><table><tbody>{rows}</tbody></table>"

    word = word_of(sample.text(prose), notes=notes)

    assert len(word.notes("footnote")) == 200
    assert len(list(word.body.iter(f"{W}tr"))) == 2_000


def test_our_own_reader_of_word_files_finds_the_sections_again(whole):
    read = read_word(whole.content)

    titles = [(section.number, section.title, section.level) for section in read.sections]
    of_sections = [(each.number, each.title, each.level) for each in sample.sample_document().sections]
    assert [title for title in titles if title in of_sections] == of_sections
    assert len(read.pictures) == 1


def test_demo_comes_out_whole(demo, html_of_demo, demo_document):
    tables = sorted(each.get(f"{W}val") for each in demo.body.iter(f"{W}tblCaption"))

    assert len(demo.styled("TOC1", "TOC2")) == len(demo_document.sections)
    assert demo.notes("footnote") == [words_of_note(note) for each in demo_document.sections for note in each.notes]
    assert len(tables) == len(list(html_of_demo.iter("table")))
    assert sorted(each.get("descr") for each in demo.body.iter(PROPERTIES)) == sorted(
        each.get("alt") for each in html_of_demo.iter("img")
    )


def words_of_note(note):
    return words(lxml.html.fromstring(f"<p>{note.html}</p>"))
