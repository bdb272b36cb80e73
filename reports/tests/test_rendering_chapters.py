"""A report taken apart at its chapters."""

import re
from io import BytesIO

import pdfplumber
import pytest

from reports.rendering import confined
from reports.rendering.assets import BUILD_DIR
from reports.rendering.chapters import parts_of
from reports.rendering.html import report_html, section_html
from reports.rendering.pdf import Rendering
from reports.tests import sample
from reports.tests.test_rendering_pdf import bookmarks, opened, rendered


def parts():
    return parts_of(report_html(sample.sample_document(), for_pdf=True))


def test_every_section_stands_in_one_chapter():
    ids = [re.findall(r'<section class="report-section.*? id="([\w-]+)"', chapter) for chapter in parts().chapters]

    assert ids == [["foreword"], ["section-1", "section-1-1"], ["section-2"], ["section-3"]]


def test_parts_are_the_whole():
    whole = report_html(sample.sample_document(), for_pdf=True)
    found = parts_of(whole)

    assert found.head + found.report + found.front + "".join(found.chapters) + found.tail == whole


def test_a_chapter_begins_on_its_page_and_has_the_words_at_its_foot():
    html = parts().chapter_html(parts().chapters[1], first_page=5)

    assert "<style>@page :first { counter-reset: page 5 }</style></head>" in html
    assert 'string-set: report attr(data-running)" data-running="Staffordshire Safeguarding Children Board ·' in html
    assert html.count("<section") == parts().chapters[1].count("<section")


def test_contents_get_their_pages_as_digits():
    front = parts().front_html({"foreword": 3, "section-1": 12})

    assert re.findall(r'href="#([\w-]+)" data-page="(\d*)"', front) == [
        ("foreword", "3"),
        ("section-1", "12"),
        ("section-1-1", ""),
        ("section-2", ""),
        ("section-3", ""),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Words",
        section_html(sample.document_of(sample.text())),
        report_html(sample.sample_document(), for_pdf=True) + "<p>More",
        report_html(sample.sample_document(sections=()), for_pdf=True),
    ],
    ids=["nothing", "words", "a section by itself", "something after the end", "no chapters"],
)
def test_what_is_no_whole_report_stays_whole(html):
    assert parts_of(html) is None


def test_pages_are_those_of_the_whole(monkeypatch):
    """Laid out at once, the report has the same words on the same pages, and the same bookmarks."""
    html = report_html(sample.sample_document(), for_pdf=True)
    monkeypatch.setattr(confined, "parts_of", lambda html: None)
    at_once = confined.Typesetter(BUILD_DIR, is_quick=False).to_pdf(html)

    assert texts(at_once) == texts(rendered().pdf)
    assert bookmarks(opened(Rendering(pdf=at_once, warnings=()))) == bookmarks(opened(rendered()))


def texts(pdf):
    with pdfplumber.open(BytesIO(pdf)) as plumbed:
        return [page.extract_text() for page in plumbed.pages]
