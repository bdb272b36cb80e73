"""Pictures, quotes and cross-references in the PDF, made and read back."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from reports.document import Image
from reports.rendering.pdf import render_pdf
from reports.tests import sample
from reports.tests.test_images import drawing, file_of
from reports.tests.test_rendering_pdf import elements, failures

HTML = (
    sample.PARAGRAPH * 12
    + '<p>See <a class="cross-reference" href="#section-1">section 1</a>.</p>'
    + '<figure><img data-image="7" alt="A wall of drawings" width="2000" height="1500">'
    + "<figcaption>By children of a primary school</figcaption></figure>"
    + "<blockquote><p>Somebody who stays.</p><p>Somebody who listens.</p></blockquote>"
)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        name = default_storage.save("report-images/wall.png", ContentFile(file_of(drawing(size=(2000, 1500)))))
        image = Image(id=7, digest="0" * 64, file=name, width=2000, height=1500)
        rendering = render_pdf(replace(sample.document_of(sample.text(HTML)), images=(image,)))
    assert rendering.warnings == ()
    return rendering.pdf


def test_pictures_quotes_and_references_keep_the_rules_of_pdf_ua(pdf):
    assert failures(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(elements(opened, "/BlockQuote")) == 1


def test_a_picture_says_what_it_shows_and_stands_with_its_caption_within_the_column(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert [str(figure.Alt) for figure in elements(opened, "/Figure") if "/Alt" in figure] == ["A wall of drawings"]
    with pdfplumber.open(BytesIO(pdf)) as opened:
        page = next(
            page for page in opened.pages if page.images and "By children of a primary school" in page.extract_text()
        )
        (picture,) = page.images
        words = page.extract_words()
        left = min(word["x0"] for word in words)
        assert picture["x0"] >= left - 1
        assert picture["x1"] <= page.width - 25 / 25.4 * 72 + 1
