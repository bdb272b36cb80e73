"""The demo's report as the chair gets it: made from the records and read back."""

import re
from io import BytesIO

import page as page_validation
import pdfplumber
import pikepdf
import pytest

from reports import publishing
from reports.choices import Variant
from reports.rendering.checking import render_checked
from reports.rendering.gates import check_file
from reports.rendering.html import report_html
from reports.rendering.pdf import limits_from_settings, typeset
from reports.retelling import retold
from reports.tests.test_demo import FIGURES, OUTLINE, latest
from reports.tests.test_rendering_pdf import bookmarks, contents_of, elements, failures

TITLES = [title.strip() for title in OUTLINE]


@pytest.fixture(scope="module")
def html(demo_document):
    return report_html(demo_document, for_pdf=True)


@pytest.fixture(scope="module")
def rendering(html):
    return typeset(html, limits=limits_from_settings())


@pytest.fixture(scope="module")
def pdf(rendering):
    with pikepdf.open(BytesIO(rendering.pdf)) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def pages(rendering):
    with pdfplumber.open(BytesIO(rendering.pdf)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def first_words(section):
    """How a section begins: its title, then the first words of its prose where it has any."""
    title = f"{section.number} {section.title}".strip()
    prose = [block.html for block in section.blocks if hasattr(block, "html")][:1]
    texts = [re.sub(r"<[^>]+>", " ", html).split() for html in prose]
    return [title[:40], *(" ".join(words[:4]) for words in texts)]


def test_all_chapters_and_sub_sections_stand_in_order(pdf):
    found = [title for title, _, _ in bookmarks(pdf) if title in TITLES]

    assert found == TITLES


def test_contents_name_the_page_on_which_each_section_begins(rendering, pdf):
    begins = {title: page for title, _, page in bookmarks(pdf) if title in TITLES}

    assert contents_of(rendering.pdf) == [(title, str(begins[title])) for title in TITLES]


def test_it_is_a_report_of_25_pages_or_more(pages):
    assert len(pages) >= 25


def test_all_56_figures_can_be_read(pages, demo_document):
    text = re.sub(r"\s+", " ", " ".join(pages))
    texts = {figure.text for figure in demo_document.figures}

    assert len(FIGURES) == 56
    assert [text_of for text_of in texts if text_of not in text] == []
    assert latest(demo_document, "MACE_CHILDREN") in text


def test_it_conforms_to_pdf_ua_and_asks_for_nothing_outside(rendering):
    assert failures(rendering.pdf) == []
    assert rendering.warnings == ()


def test_both_gates_let_it_pass_and_name_what_could_be_said_better(rendering, html):
    faults = check_file(rendering.pdf, html)

    assert {str(fault) for fault in faults if not fault.is_conforming} == set()
    assert {fault.message for fault in faults} == {"Link described by its address only"}


def test_it_conforms_to_pdf_a_too(rendering):
    report = page_validation.validate_pdf_bytes(rendering.pdf, profile=page_validation.ValidationProfile.PDF_A_2A)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_nothing_in_the_file_is_broken(pdf):
    assert pdf.check_pdf_syntax() == []


def test_sections_are_read_in_order_each_with_its_title_before_its_first_words(pages, demo_document):
    text = re.sub(r"\s+", " ", " ".join(pages[2:]))
    wanted = [words for section in demo_document.sections for words in first_words(section)]
    places = [0]
    for words in wanted:
        places.append(text.index(words, places[-1]))

    assert len(wanted) > len(demo_document.sections) * 1.5
    assert places == sorted(places)


def test_every_chart_is_described_with_its_numbers(pdf, demo_document):
    alternatives = [str(element.get("/Alt", "")) for element in elements(pdf, "/Figure")]
    charts = [block.alt for section in demo_document.sections for block in section.blocks if hasattr(block, "alt")]

    assert len(charts) == 4
    assert [alt for alt in charts if alt not in alternatives] == []


def test_fonts_are_embedded(pdf):
    descriptors = [
        found
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"
    ]

    assert descriptors
    assert [str(each.FontName) for each in descriptors if not {"/FontFile2", "/FontFile3"} & set(each.keys())] == []


@pytest.mark.parametrize(("variant", "pages"), [(Variant.SHORT, 2), (Variant.CHILDRENS, 3)])
def test_short_and_childrens_version_are_short_plain_and_sound(demo_document, variant, pages):
    document = retold(demo_document, variant)

    checked = render_checked(document)

    with pikepdf.open(BytesIO(checked.pdf)) as pdf:
        assert len(pdf.pages) == pages
    assert publishing.findings_of(document, checked.faults, is_draft=False) == []
