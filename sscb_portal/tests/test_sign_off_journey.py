"""A report from sign-off to its public page, and known again by its file, in a real browser: with JavaScript and
without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import expect

from partnership.tests.factories import make_dana, make_erin
from reports import actions, publishing
from reports.choices import EditionStatus, Format, SignatureStatus
from reports.models import Edition, Signature
from reports.tests.factories import (
    make_block,
    make_change,
    make_corrected_edition,
    make_edition,
    make_report_to_sign,
    make_section,
    make_signed_edition,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PDF = b"%PDF pretended"
NOBODY = None
"""Who reads without signing in."""


@pytest.fixture
def portal(live_server, transactional_db):
    cache.clear()  # which counts how often people sign in from one address
    with override_settings(PORTAL_URL=live_server.url):
        yield live_server.url


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def page(request, browser, portal):
    context = browser.new_context(base_url=portal, locale="en-GB", java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def sign_in(page, person):
    client = Client()
    client.force_login(person)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "domain": "localhost", "path": "/"}]
    )


def go(page, name, *args):
    page.goto(reverse(f"reports:{name}", args=args))


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def sign(page, password):
    page.get_by_label("I have read this version").check()
    page.get_by_label("Your password").fill(password)
    press(page, "Sign the report")


def test_report_is_signed_published_and_known_again(page):
    dana, erin = make_dana(), make_erin()
    make_report_to_sign()

    sign_in(page, erin)
    go(page, "sign-off-detail", "2022-23")
    press(page, "Put the report to sign-off")
    press(page, "Put it to sign-off")
    sign_in(page, dana)
    page.goto(reverse("home"))
    page.get_by_role("link", name="Annual report 2022/23, version 1").click()
    page.get_by_role("link", name="Sign it").click()
    sign(page, "not-my-password")
    expect(page.get_by_role("link", name="This is not your password. Try again.")).to_be_visible()
    sign(page, "a-long-password")
    expect(page.get_by_text("You have signed Annual report 2022/23, version 1.")).to_be_visible()
    sign_in(page, erin)
    go(page, "sign-off-detail", "2022-23")
    press(page, "Publish it")
    expect(page.get_by_text("The report is published, for ever at its address.")).to_be_visible()

    file = Edition.objects.get().files.get(format=Format.PDF)
    publishing.keep_file(publishing.claim(file.pk), PDF)
    page.context.clear_cookies()
    go(page, "edition-public", "2022-23", 1)
    expect(page.get_by_text("We heard 610 children, and acted.")).to_be_visible()
    page.get_by_role("link", name="check that it is the signed one").click()
    page.locator("input[type=file]").set_input_files({"name": "r.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(page, "Check the file")
    expect(page.get_by_text("Yes. This is the signed annual report 2022/23, version 1.")).to_be_visible()


def test_report_changed_while_somebody_signs_is_not_signed(page):
    dana = make_dana()
    report = make_report_to_sign()
    edition = actions.send_for_sign_off(report=report, by=make_erin())
    sign_in(page, dana)
    go(page, "signature-give", edition.signatures.missing().get().pk)

    make_change(report)
    sign(page, "a-long-password")

    expect(page.get_by_text("version 1 is void: The report was changed").first).to_be_visible()
    edition.refresh_from_db()
    assert edition.status == EditionStatus.VOID
    assert not Signature.objects.filter(status=SignatureStatus.GIVEN).exists()


def publish_what_is_wide():
    """A report and its corrected version, with words and tables that are wider than a phone."""
    report = make_report_to_sign("2021-22")
    cells = "".join(f"<td><p>Column {number}</p></td>" for number in range(12))
    wide = make_section(report, number="3", title="What the partners did together for babies " * 3 + "W" * 60)
    make_block(wide, body=f"<p>{'W' * 600}</p><table><tbody><tr>{cells}</tr></tbody></table>")
    first = actions.publish_edition(edition=make_signed_edition(make_edition(report)), by=make_erin())
    make_corrected_edition(first)


@pytest.mark.parametrize("page", [True], ids=["with-javascript"], indirect=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_sign_off_are_accessible_and_never_wider_than_the_screen(page, width):
    dana, erin = make_dana(), make_erin()
    edition = actions.send_for_sign_off(report=make_report_to_sign(), by=erin)
    signature = edition.signatures.missing().get()
    publish_what_is_wide()
    page.set_viewport_size({"width": width, "height": 900})
    seen = {
        erin: [
            ("sign-off-detail", "2022-23"),
            ("signature-record", signature.pk),
            ("edition-take-back", edition.pk),
            ("recipient-list",),
            ("file-verify",),
        ],
        dana: [("sign-off-detail", "2022-23"), ("signature-give", signature.pk), ("signature-refuse", signature.pk)],
        NOBODY: [("edition-list",), ("edition-public", "2021-22", 1), ("edition-public", "2021-22", 2)],
    }

    found = {}
    for person, addresses in seen.items():
        page.context.clear_cookies() if person is NOBODY else sign_in(page, person)
        for address in addresses:
            go(page, *address)
            found[address] = [each["id"] for each in Axe().run(page).response["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address

    assert found == {address: [] for address in found}
