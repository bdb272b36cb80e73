"""One theme for page, PDF and Word, frozen with the report."""

from base64 import b64encode
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest

from partnership.theme import Logo, Theme
from reports.document import Series, content_hash, from_json, signed_hash, to_json
from reports.rendering.chapters import parts_of
from reports.rendering.charts import chart_svg
from reports.rendering.checking import render_checked
from reports.rendering.html import report_html
from reports.rendering.word import report_docx
from reports.tests import sample

SIGN = b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4v2z"/></svg>').decode()
LOGO = Logo(uri=f"data:image/svg+xml;base64,{SIGN}", alt="The partnership's sign", width=4, height=2)
THEME = Theme(colour="#7a1f5c", chart_colour="#8f4700", cover_line="Every child, safe and heard", logo=LOGO)


@pytest.fixture
def themed():
    return sample.sample_document(theme=THEME)


def test_theme_is_frozen_with_the_document(themed):
    assert from_json(to_json(themed)) == themed
    assert content_hash(themed) != content_hash(sample.sample_document())


def test_document_without_a_theme_is_written_as_before_there_were_themes():
    assert '"theme"' not in to_json(sample.sample_document())


def test_signatures_hold_whatever_the_theme(themed):
    assert signed_hash(themed) == signed_hash(sample.sample_document())


def test_page_shows_colour_logo_and_line(themed):
    page = report_html(themed, for_pdf=False)

    assert page.count("--accent:#7a1f5c") == 1
    assert page.count(f'<img src="{LOGO.uri}" alt="The partnership&#x27;s sign" style="width:48.0mm">') == 1
    assert page.count('<p class="cover-line">Every child, safe and heard</p>') == 1


def test_every_chapter_knows_the_theme_so_that_none_is_kept_for_another(themed):
    before, after = (parts_of(report_html(each, for_pdf=True)) for each in (sample.sample_document(), themed))

    same = {before.chapter_html(each, first_page=3) for each in before.chapters} & {
        after.chapter_html(each, first_page=3) for each in after.chapters
    }
    assert same == set()


def test_second_bars_have_the_second_colour_and_differ_without_it():
    chart = sample.chart(series=tuple(Series(name=name, values=(1, 2, 3), texts=("1", "2", "3")) for name in "AB"))

    svg = chart_svg(chart, "#7a1f5c", "#8f4700")

    assert "#8f4700" in svg
    assert svg.count("<pattern") == 1


def test_pdf_passes_both_gates_with_the_logo_on_its_cover(themed):
    made = render_checked(themed)

    assert made.faults == ()
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        described = {str(each.get("/Alt")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)}
    assert "The partnership's sign" in described


def test_word_file_has_the_logo_and_its_words(themed):
    with ZipFile(BytesIO(report_docx(themed))) as word:
        body = word.read("word/document.xml").decode()
        pictures = [name for name in word.namelist() if name.endswith(".jpg")]

    assert body.count('descr="The partnership&#x27;s sign"') == 1
    assert body.count("Every child, safe and heard") == 1
    assert len(pictures) == 1
