"""The PDF, made and read back; and a renderer that is stopped when it should be."""

import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO

import page as page_validation
import pdfplumber
import pikepdf
import pytest

from partnership.confinement import Limits
from reports.document import from_json, to_json
from reports.rendering.assets import BUILD_DIR
from reports.rendering.confined import AssetFetcher
from reports.rendering.failed import RenderingFailed
from reports.rendering.pdf import render_pdf, typeset
from reports.tests import sample

LIMITS = Limits(cpu_seconds=20, wall_seconds=30, memory_mb=1024)
BOMB = '<div style="display: flex">' * 10 + "text"
"""Ten nested flex boxes keep WeasyPrint busy for a minute."""
LONGEST = "W" * 600


@cache
def rendered():
    return render_pdf(sample.sample_document())


@cache
def rendered_large():
    return render_pdf(sample.large_document(chapters=6))


@cache
def opened(rendering):
    """The file for reading; kept, since what was read from it goes with it."""
    return pikepdf.open(BytesIO(rendering.pdf))


def failures(pdf):
    """What PDF/UA-1's rules say against the file."""
    report = page_validation.validate_pdf_bytes(pdf, profile="ua1")
    assert report.rules.total == 104
    return [(failure.rule_id, failure.message) for failure in report.failures]


def elements(pdf, kind=None):
    """The elements of the structure tree in reading order, all or of one kind."""
    found = []

    def walk(element):
        found.append(element)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K[0])
    return [element for element in found if kind in (None, str(element.S))]


def bookmarks(pdf):
    """Titles with their depth and the page they lead to, counted from 1."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    def walk(items, depth):
        for item in items:
            yield item.title, depth, pages[item.destination[0].objgen]
            yield from walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        return list(walk(outline.root, 1))


def lines(page):
    """The lines of a page as (text, size of its largest letter), running header and footer left out."""
    body = page.crop((0, 75, page.width, page.height - 60)) if page.page_number > 1 else page
    return [(line["text"], max(char["size"] for char in line["chars"])) for line in body.extract_text_lines()]


def contents_of(pdf_bytes):
    """The contents as printed: titles with page numbers, a title that runs over two lines put together."""
    with pdfplumber.open(BytesIO(pdf_bytes)) as pdf:
        text = pdf.pages[1].extract_text().partition("Contents\n")[2].rpartition("\n")[0]
    return re.findall(r"(.+?) (\d+)$", re.sub(r"\n(?!\d+(\.\d+)? )", " ", text), re.M)


def test_rendering_is_clean():
    assert rendered().warnings == ()
    assert failures(rendered().pdf) == []


def test_contents_give_the_pages_on_which_headings_stand():
    titles = [f"{section.number} {section.title}".strip() for section in sample.sample_document().sections]
    with pdfplumber.open(BytesIO(rendered().pdf)) as pdf:
        big = [page.filter(lambda thing: thing.get("size", 99) > 20).extract_text() for page in pdf.pages[2:]]
    stands_on = {
        title: number for title in titles for number, text in enumerate(big, start=3) if title in " ".join(text.split())
    }

    assert contents_of(rendered().pdf) == [(title, str(stands_on[title])) for title in titles]


def test_bookmarks_follow_the_headings():
    titles = [(title, depth) for title, depth, _ in bookmarks(opened(rendered()))]

    assert titles[:5] == [
        ("Contents", 1),
        ("Foreword", 1),
        ("Signed by the partners", 2),
        ("1 Neglect", 1),
        ("How we know", 2),
    ]


def test_file_says_what_it_is():
    pdf = opened(rendered())

    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked) is True
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Annual report 2022/23, Staffordshire Safeguarding Children Board"
        assert metadata["dc:creator"] == ["Staffordshire Safeguarding Children Board"]
        assert metadata["pdfuaid:part"] == "1"
    assert "/CreationDate" not in pdf.docinfo


def test_fonts_are_embedded_and_ours():
    descriptors = [
        font.DescendantFonts[0].FontDescriptor
        for font in opened(rendered()).objects
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0"
    ]
    names = {re.sub(r"^/\w{6}\+|-(Regular|Bold|Italic).*", "", str(descriptor.FontName)) for descriptor in descriptors}

    assert all("/FontFile2" in descriptor or "/FontFile3" in descriptor for descriptor in descriptors)
    # DejaVu has the Arabic letters of a signature.
    assert {name.replace("-", "").replace("Sans", "") for name in names} == {"AtkinsonHyperlegibleNext", "DejaVu"}


def test_figures_are_described_and_lie_on_their_page():
    (figure,) = elements(opened(rendered()), "/Figure")
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    x0, y0, x1, y1 = (float(edge) for edge in figure.Pg.MediaBox)

    assert str(figure.Alt) == sample.chart().alt
    assert x0 < left < right < x1
    assert y0 < bottom < top < y1


def test_header_cells_say_what_they_head():
    scopes = [str(head.A.Scope) for head in elements(opened(rendered()), "/TH")]

    tables = ((4, 1), (5, 2), (3, 3), (2, 2), (4, 2))
    assert scopes == [scope for columns, rows in tables for scope in ["/Column"] * columns + ["/Row"] * rows]


def test_contents_are_tagged_as_contents():
    pdf = opened(rendered())

    assert [len(elements(pdf, kind)) for kind in ("/TOC", "/TOCI")] == [2, 5]


def test_list_entries_have_a_body():
    entries = elements(opened(rendered()), "/LI")

    assert {tuple(str(kid.S) for kid in entry.K) for entry in entries} == {("/LBody",), ("/Lbl", "/LBody")}


def test_a_term_is_the_label_of_its_meaning():
    entries = elements(opened(rendered()), "/LI")
    labels = [kid for entry in entries for kid in entry.K if kid.S == "/Lbl" and kid.K[0].S == "/NonStruct"]

    assert [[str(kid.S) for kid in label.P.K] for label in labels] == [["/Lbl", "/LBody"]] * 3


def test_links_are_described_in_words():
    pdf = opened(rendered())
    described = {
        str(link.Contents) for page in pdf.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"
    }

    assert described == {section.title for section in sample.sample_document().sections} | {
        "Note 1",
        "Note 2",
        "Back to the text, note 1",
        "Back to the text, note 2",
        "the published guidance",
        "Section 1, Neglect",
        "1 Neglect",
    }


def test_links_lead_nowhere_into_the_server():
    addresses = [
        str(link.A.URI) for page in opened(rendered()).pages for link in page.get("/Annots", []) if "/A" in link
    ]

    assert sorted(set(addresses)) == ["https://www.example.org/1", "https://www.example.org/2"]


def test_text_is_read_in_order():
    with pdfplumber.open(BytesIO(rendered().pdf)) as pdf:
        text = " ".join(word for page in pdf.pages for word in page.extract_text().split())
    order = ["Contents", "Foreword Partners met", "Guidance asks", "Figures in the chart", "Notes 1. Source 1"]
    places = [text.index(words) for words in order]

    assert places == sorted(places)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_nothing(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(rendered().pdf)
    check = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)

    assert (check.returncode, check.stderr) == (0, "")


def test_same_document_is_the_same_bytes(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    again = render_pdf(from_json(to_json(sample.sample_document())))

    assert again.pdf == rendered().pdf


def test_stages_are_told_in_order():
    stages = []
    render_pdf(sample.document_of(), on_stage=stages.append)

    assert stages == [
        "Drawing the charts",
        "Reading the report",
        "Setting the text",
        "Laying out the pages",
        "Writing the PDF",
    ]


# A larger report


def test_large_report_is_clean_and_every_chapter_opens_a_page():
    pdf = opened(rendered_large())
    chapters = [page for title, _, page in bookmarks(pdf) if title.partition(" ")[2].startswith("Chapter number")]

    assert failures(rendered_large().pdf) == []
    assert len(set(chapters)) == 6
    with pdfplumber.open(BytesIO(rendered_large().pdf)) as plumbed:
        assert [plumbed.pages[page - 1].extract_text()[:1] for page in chapters] == list("123456")


def test_large_report_numbers_its_contents_right():
    stands_on = [(title, str(page)) for title, _, page in bookmarks(opened(rendered_large())) if title[0].isdigit()]

    assert contents_of(rendered_large().pdf) == stands_on


def test_no_heading_is_left_at_the_foot_of_a_page():
    with pdfplumber.open(BytesIO(rendered_large().pdf)) as pdf:
        last_lines = [lines(page)[-1] for page in pdf.pages[1:]]

    assert [text for text, size in last_lines if size > 13] == []


def test_no_line_ends_early_before_an_inline_element():
    """Without `linebreaks.py` WeasyPrint 70 puts "offers" on a line by itself; once it does not, that file can go."""
    text = "offers advice, builds relationships and listens <em>to all</em>"
    lines_of_all_widths = "".join(f'<p style="width: {width}px">{text}</p>' for width in range(340, 480))
    html = f"<style>@page {{ size: 600px }} p {{ font: 16px DejaVu Sans }}</style>{lines_of_all_widths}"
    with pdfplumber.open(BytesIO(typeset(html, limits=LIMITS).pdf)) as pdf:
        texts = [line["text"] for page in pdf.pages for line in page.extract_text_lines()]

    assert "offers advice, builds relationships and listens" in texts
    assert "offers" not in texts


# Bad input


NOTHING_IN_THEM = [
    sample.chart(categories=(), series=()),
    sample.standing_list(items=0),
    replace(sample.said_and_did(), points=()),
    sample.measures_table(rows=0),
    replace(sample.quotes(), quotes=()),
    replace(sample.signatures(), signatures=()),
    replace(sample.records(), tables=(), lists=()),
    replace(sample.voices(), voices=(), intro="Nothing yet."),
]
LONG_WORDS = [
    sample.text(f"<p>{LONGEST}</p><ul><li>{LONGEST}</li><li><p>one</p><p>two</p></li></ul>", heading=LONGEST),
    replace(sample.measures_table(), rows=(replace(sample.measures_table().rows[0], name=LONGEST, area=LONGEST),)),
    sample.chart(categories=(LONGEST, "", "2022/23")),
    sample.chart(form="rows", categories=("", LONGEST, "2022/23")),
]


@pytest.mark.parametrize(
    "blocks",
    [LONG_WORDS, NOTHING_IN_THEM, [sample.measures_table(rows=60), sample.records(rows=60, is_prose=True)], []],
    ids=["long words", "nothing in them", "many rows", "no blocks"],
)
def test_bad_input_leaves_the_page_whole(blocks):
    numbered = [replace(block, id=number) for number, block in enumerate(blocks, start=1)]
    rendering = render_pdf(sample.document_of(*numbered))

    assert rendering.warnings == ()
    assert failures(rendering.pdf) == []
    with pdfplumber.open(BytesIO(rendering.pdf)) as pdf:
        assert max((char["x1"] for page in pdf.pages for char in page.chars), default=0) <= pdf.pages[0].width


def test_two_hundred_notes():
    notes = tuple(sample.note(number) for number in range(1, 201))
    prose = " ".join(f"Said{sample.reference(note)}." for note in notes)
    rendering = render_pdf(sample.document_of(sample.text(f"<p>{prose}</p>"), notes=notes))

    assert failures(rendering.pdf) == []
    with pdfplumber.open(BytesIO(rendering.pdf)) as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    assert re.findall(r"(\d+)\. Source (\d+):", text) == [(str(n), str(n)) for n in range(1, 201)]


# Confinement


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/picture.png",
        "https://example.org/picture.png",
        "file:///etc/passwd",
        "asset:../../manage.py",
        "asset:fonts/LICENSE",
        "FILE:/etc/passwd",
        "ftp://example.org/picture.png",
    ],
)
def test_fetcher_refuses_what_is_not_the_reports(address):
    with pytest.raises(ValueError, match="without addresses outside it"):
        AssetFetcher(BUILD_DIR).fetch(address)


def test_fetcher_serves_styles_fonts_and_data():
    fetcher = AssetFetcher(BUILD_DIR)
    css = fetcher.fetch("asset:report-pdf.css").read().decode()

    assert fetcher.fetch("asset:fonts/atkinson-hyperlegible-next-latin-400-normal.woff2").read()[:4] == b"wOF2"
    assert fetcher.fetch("data:text/plain,hello").read() == b"hello"
    assert {address[:12] for address in re.findall(r'url\("?([^")]+)', css)} == {"asset:fonts/", "data:image/s"}


def test_refused_addresses_are_warnings():
    inside = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
    html = f'<html lang="en"><title>T</title><img alt="a" src="file:///etc/passwd"><img alt="b" src="{inside}">'
    rendering = typeset(html, limits=LIMITS)

    assert "Failed to load image at 'file:///etc/passwd'" in rendering.warnings[0]
    assert b"root:" not in rendering.pdf


def test_hanging_renderer_is_stopped_by_the_clock():
    with pytest.raises(RenderingFailed, match=r"^The PDF was not ready after 1\.5 seconds"):
        typeset(BOMB, limits=replace(LIMITS, wall_seconds=1.5))


def test_renderer_is_stopped_when_it_computes_too_long():
    with pytest.raises(RenderingFailed, match=r"^Making the PDF took more than 1 seconds? of computing"):
        typeset(BOMB, limits=replace(LIMITS, cpu_seconds=1))


def test_renderer_is_stopped_when_it_takes_too_much_memory():
    with pytest.raises(RenderingFailed, match=r"^Making the PDF took more than 300 MB of memory"):
        typeset("<p>word" * 20_000, limits=replace(LIMITS, memory_mb=300))


def test_failing_renderer_says_why():
    with pytest.raises(RenderingFailed, match=r"failed \(RecursionError") as failure:
        typeset("<div>" * 3000, limits=LIMITS)

    assert failure.value.details.splitlines()[-1] == "RecursionError: maximum recursion depth exceeded in comparison"
