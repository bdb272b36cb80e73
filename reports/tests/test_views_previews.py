"""A section as it will print: its pages and its PDF."""

import base64
import re
from io import BytesIO

import pdfplumber
import pytest
from django.urls import reverse
from PIL import Image

from partnership.tests.factories import make_alice, make_bob
from reports.rendering import previews
from reports.rendering.failed import RenderingFailed
from reports.tests.factories import make_block, make_section

pytestmark = pytest.mark.django_db

LONG = "<p>Partners met each month and looked at what had changed for children since the last meeting.</p>" * 25


def sign_in(client, person):
    client.force_login(person)
    return client


def preview(client, section, **headers):
    return client.get(reverse("reports:section-preview", args=[section.pk]), headers=headers)


def pages(response):
    """Each page's picture with its alternative text."""
    found = re.findall(
        r'<img class="portal-print__page" src="data:image/jpeg;base64,(.+?)" .*?alt="(.+?)">', response.text
    )
    return [(alt, Image.open(BytesIO(base64.b64decode(data)))) for data, alt in found]


def test_preview_shows_every_page_of_the_section(client):
    section = make_section()
    make_block(section, body=LONG)
    response = preview(sign_in(client, make_bob()), section)

    assert [(alt, picture.size) for alt, picture in pages(response)] == [
        ("Page 1 of 2", (960, 1358)),
        ("Page 2 of 2", (960, 1358)),
    ]
    assert "Page numbers count this section by itself" in response.text


def test_panel_gets_the_pages_alone(client):
    section = make_section()
    make_block(section, body="<p>Words</p>")
    response = preview(sign_in(client, make_alice()), section, HX_Request="true")

    assert [alt for alt, _ in pages(response)] == ["Page 1 of 1"]
    assert response.text.strip().startswith("<div data-preview-pages>")


def test_pdf_is_the_section_as_in_the_report(client):
    section = make_section(number="3", title="Neglect")
    make_block(section, body="<p>What we found.</p>")
    response = sign_in(client, make_alice()).get(reverse("reports:section-preview-download", args=[section.pk]))

    assert response.headers["Content-Disposition"] == 'inline; filename="3-neglect-2022-23.pdf"'
    with pdfplumber.open(BytesIO(response.content)) as pdf:
        (page,) = pdf.pages
    assert page.extract_text().split("\n") == [
        "3",
        "Neglect",
        "What we found.",
        "County Safeguarding Children Partnership · Annual report 2022/23 · Draft 1",
    ]


def test_failure_is_told_where_the_pages_would_be(client, monkeypatch):
    def fail(html, **options):
        raise RenderingFailed("The PDF was not ready after 20 seconds.")

    monkeypatch.setattr(previews, "typeset", fail)
    section = make_section()
    sign_in(client, make_alice())
    panel = preview(client, section, HX_Request="true")
    download = client.get(reverse("reports:section-preview-download", args=[section.pk]), follow=True)

    assert pages(panel) == []
    assert "The PDF was not ready after 20 seconds." in panel.text
    assert download.redirect_chain == [(reverse("reports:section-detail", args=[section.pk]), 302)]
    assert [str(message) for message in download.context["messages"]] == ["The PDF was not ready after 20 seconds."]


def test_empty_section_has_a_page_too(client):
    assert [alt for alt, _ in pages(preview(sign_in(client, make_alice()), make_section()))] == ["Page 1 of 1"]


# In the browser


@pytest.fixture
def editing(client, page, live_server, transactional_db):
    """The page of a section's editor, with the requests for its pages."""
    section = make_section()
    make_block(section, body="<p>Words</p>")
    client.force_login(make_alice())
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/preview/") else None)
    page.goto(live_server.url + reverse("reports:section-edit", args=[section.pk]))
    return page, asked


def said(page, words):
    page.get_by_role("status").filter(has_text=words).wait_for()


@pytest.mark.browser
def test_pages_are_fetched_when_the_panel_is_opened_and_after_a_save(editing):
    page, asked = editing
    page.dispatch_event("body", "section:saved")
    assert asked == []

    page.get_by_text("See the section as it will print").click()
    page.get_by_alt_text("Page 1 of 1").wait_for()
    assert len(asked) == 1

    # Of saves that come while pages are being made, the last is enough.
    page.evaluate("for (let i = 0; i < 5; i++) document.dispatchEvent(new Event('section:saved'))")
    said(page, "Making the pages")
    said(page, "The pages are up to date")
    page.wait_for_timeout(300)
    assert len(asked) == 3


@pytest.mark.browser
def test_closing_the_panel_goes_back_to_where_it_was_opened(editing):
    page, _ = editing
    page.get_by_text("See the section as it will print").click()
    page.get_by_role("button", name="Close").click()

    assert page.evaluate("document.activeElement.textContent") == "See the section as it will print"
    assert not page.get_by_role("button", name="Close").is_visible()


@pytest.mark.browser
def test_somebody_signed_out_keeps_the_pages_there_are(editing):
    page, _ = editing
    page.get_by_text("See the section as it will print").click()
    page.get_by_alt_text("Page 1 of 1").wait_for()
    page.context.clear_cookies()
    page.evaluate("document.dispatchEvent(new Event('section:saved'))")
    said(page, "The pages could not be fetched")

    assert page.get_by_alt_text("Page 1 of 1").is_visible()
