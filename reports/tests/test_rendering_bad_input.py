"""What a report may be made from all the same: the page stays whole, or a finding says where it does not."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest
from django.urls import reverse
from lxml import etree
from PIL import Image

from partnership.tests.factories import make_alice
from reports import publishing, tasks
from reports.assemble import assemble
from reports.choices import Format, PublicationStatus
from reports.document import KeyFigure, KeyFiguresBlock, Quote, Series
from reports.models import Block
from reports.rendering.pdf import render_pdf
from reports.rendering.pictures import FILE_GONE
from reports.rendering.suspects import suspects
from reports.rendering.word import report_docx
from reports.tests import sample
from reports.tests.factories import make_block
from reports.tests.test_images import file_of, keep
from reports.tests.test_rendering_pdf import elements, failures

ROWS_TAKEN = 900
"""About as many rows of two cells as the editor takes."""
NO_VALUES = "There are no values to draw."
UNWRITTEN = "Nothing has been written in this section yet."
IN_ARABIC = "سارة الأحمد"
IN_HEBREW = "רחל כהן"
LONG_WORD, LONG_NAME = "W" * 600, "W" * 200
THREE_LINES = "What the partners did together for babies, young children and those who care for them " * 2


def table(rows):
    cells = "".join(f"<tr><td><p>Row {number}</p></td><td><p>{number}</p></td></tr>" for number in range(1, rows + 1))
    return f"<table><thead><tr><th><p>Name</p></th><th><p>Number</p></th></tr></thead><tbody>{cells}</tbody></table>"


def read_whole(rendering):
    """The text of each page; fails where the file breaks a rule or a letter stands outside its page."""
    assert rendering.warnings == ()
    assert failures(rendering.pdf) == []
    with pdfplumber.open(BytesIO(rendering.pdf)) as pdf:
        letters = [(char["x0"], char["x1"], page.width) for page in pdf.pages for char in page.chars]
        assert [letter for letter in letters if letter[0] < 0 or letter[1] > letter[2]] == []
        return [page.extract_text() for page in pdf.pages]


def test_a_table_of_5000_rows_is_refused_beside_its_text_and_nothing_is_saved(client, db):
    client.force_login(make_alice())
    block = make_block(body="<p>Before.</p>")
    prefix = f"block-{block.pk}"
    typed = {f"{prefix}-version": block.version, f"{prefix}-shows": "saved", f"{prefix}-whole": "1"}

    page = client.post(
        reverse("reports:section-edit", args=[block.section_id]), typed | {f"{prefix}-body": table(5_000)}
    )

    [editor] = page.context["editors"]
    message = "Text has more formatting than can be saved. Paste it again as plain text."
    assert editor.errors == {f"{prefix}-body": [message]}
    assert "Row 5000" in page.content.decode()
    assert Block.objects.get(pk=block.pk).body == "<p>Before.</p>"


def test_the_longest_table_goes_over_many_pages_with_its_head_on_each():
    pages = read_whole(render_pdf(sample.document_of(sample.text(table(ROWS_TAKEN)))))

    with_rows = [page for page in pages if "Row " in page]
    assert re.findall(r"^Row (\d+)", "\n".join(pages), re.M) == [str(number) for number in range(1, ROWS_TAKEN + 1)]
    assert [page for page in with_rows if "Name Number" not in page] == []


def test_a_picture_of_25_megapixels_keeps_within_its_page_and_makes_no_heavy_file(db):
    block = make_block()
    photo = file_of(Image.effect_noise((5_800, 4_350), 90).convert("RGB"), "JPEG")
    kept = keep(photo, block.section.report)
    Block.objects.filter(pk=block.pk).update(
        body=f'<figure><img data-image="{kept.pk}" alt="A wall of drawings"><figcaption>A wall</figcaption></figure>'
    )

    document = assemble(block.section.report)
    rendering = render_pdf(document)

    read_whole(rendering)
    assert max(len(rendering.pdf), len(report_docx(document))) < len(photo) / 4
    with pdfplumber.open(BytesIO(rendering.pdf)) as pdf:
        [(picture, page)] = [(picture, page) for page in pdf.pages for picture in page.images]
    assert 0 < picture["x0"] < picture["x1"] < page.width
    assert 0 < picture["top"] < picture["bottom"] < page.height


def test_a_picture_that_is_gone_leaves_its_words_and_a_problem_that_says_where(db):
    block = make_block()
    Block.objects.filter(pk=block.pk).update(body='<figure><img data-image="999" alt="A wall of drawings"></figure>')

    document = assemble(block.section.report)

    assert [(problem.block_id, problem.message) for problem in document.problems] == [
        (block.pk, "A picture is not among the report's pictures. Add it again.")
    ]
    assert "[no such picture] A wall of drawings" in " ".join(read_whole(render_pdf(document)))


def test_a_picture_whose_file_is_gone_ends_the_job_and_the_finding_says_where(db):
    block = make_block()
    kept = keep(file_of(Image.effect_noise((60, 40), 90)), block.section.report)
    Block.objects.filter(pk=block.pk).update(body=f'<figure><img data-image="{kept.pk}" alt="A wall"></figure>')
    kept.file.storage.delete(kept.file.name)
    publication = publishing.ask_for_publication(report=block.section.report, format=Format.DOCX, by=make_alice())

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    [finding] = publication.findings
    assert (publication.status, publication.failure) == (PublicationStatus.FAILED, FILE_GONE)
    assert (finding.words, finding.block) == ("Picture whose file is missing, section 1", block.pk)


def test_a_very_long_table_is_named_where_a_file_could_not_be_made():
    long, short = sample.text(table(5_000), id=1), sample.text(table(900), id=2)

    assert [(str(fault), fault.place.block) for fault in suspects(sample.document_of(short, long))] == [
        ("Table of 5,001 rows, section 1", 1)
    ]


@pytest.fixture(scope="module")
def awkward():
    """A report with all that is awkward and allowed: of no chart a value, a long title, names from right to left."""
    figures = (
        KeyFigure(text="hidden to protect people", words=IN_HEBREW, scope="2022/23"),
        KeyFigure(text="around 1,234,567,890", words=LONG_NAME, scope="2022/23"),
        KeyFigure(text="£5 million", words="spent", scope="2022/23"),
    )
    chart = sample.chart(series=(Series(name="Children", values=(None,) * 3, texts=("not available",) * 3),), id=2)
    blocks = (
        KeyFiguresBlock(id=1, heading="At a glance", heading_level=3, figures=figures),
        chart,
        replace(sample.quotes(id=3), quotes=(Quote(text=IN_ARABIC, attribution=IN_HEBREW),)),
        sample.signatures(id=4),
        sample.text(f"<p>{LONG_WORD}</p>", id=5),
    )
    document = sample.document_of(*blocks, title=THREE_LINES.strip())
    [chapter] = document.sections
    empty = replace(chapter, id=2, anchor="section-2", number="2", title=IN_ARABIC, blocks=())
    document = replace(document, title=THREE_LINES.strip(), sections=(chapter, empty))
    rendering = render_pdf(document)
    return rendering, read_whole(rendering), report_docx(document)


def test_titles_of_three_lines_leave_cover_contents_and_chapter_their_pages(awkward):
    _, pages, _ = awkward
    words = [" ".join(page.split()) for page in pages]

    assert THREE_LINES.strip() in words[0]
    assert words[1].startswith("Contents")
    assert THREE_LINES.strip() in words[1]
    assert words[2].startswith(f"1 {THREE_LINES.strip()} At a glance ")


def test_a_chart_without_values_says_so_in_place_of_a_picture_and_keeps_its_table(awkward):
    rendering, pages, _ = awkward
    words = " ".join(" ".join(pages).split())

    with pikepdf.open(BytesIO(rendering.pdf)) as pdf:
        assert elements(pdf, "/Figure") == []
    assert NO_VALUES in words
    assert "Children not available not available not available" in words


def test_an_empty_section_says_so_on_its_own_page(awkward):
    _, pages, _ = awkward

    assert UNWRITTEN in pages[-1]


def test_a_word_of_600_letters_is_broken_over_lines(awkward):
    _, pages, _ = awkward

    assert sum(map(len, re.findall(r"^W+$", "\n".join(pages), re.M))) == len(LONG_WORD) + len(LONG_NAME)


def test_the_word_file_of_it_is_whole_too(awkward):
    with zipfile.ZipFile(BytesIO(awkward[2])) as file:
        body = etree.fromstring(file.read("word/document.xml"))

    words = "".join(body.itertext())
    awaited = (THREE_LINES.strip(), LONG_WORD, LONG_NAME, IN_ARABIC, IN_HEBREW, NO_VALUES, UNWRITTEN)
    assert [each for each in awaited if each not in words] == []


def test_names_from_right_to_left_are_in_the_text(awkward):
    rendering, _, _ = awkward

    with pikepdf.open(BytesIO(rendering.pdf)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][-1] == f"2 {IN_ARABIC}"
    with pdfplumber.open(BytesIO(rendering.pdf)) as pdf:
        letters = "".join(char["text"] for page in pdf.pages for char in page.chars)
    assert set(IN_HEBREW.replace(" ", "")) <= set(letters)
