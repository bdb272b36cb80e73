"""The whole way once, in a real browser against a real stack: update, section, job, PDF."""

import re

import pdfplumber
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reports.management.commands.load_demo import PASSWORD
from sscb_portal.tests.stack import PATIENCE, postgresql_and_redis, sqlite_and_folder

pytestmark = [pytest.mark.browser, pytest.mark.journey]

RETURNED = "647"
NO_REDUCTION = "9"
IMPACT = "Children told their workers that they feel safer on the way to school."
OFFICER_WORDS = "The panels looked at "


@pytest.fixture(
    params=[(postgresql_and_redis, "postgresql_demo"), (sqlite_and_folder, "sqlite_demo")],
    ids=["postgresql-redis", "sqlite-folder"],
)
def stack(request, tmp_path, static_files):
    make, template = request.param
    with make(tmp_path, request.getfixturevalue(template), STATIC_DIR=str(static_files)) as stack:
        stack.start_web()
        stack.start_worker()
        yield stack


def test_from_a_partners_update_to_the_downloaded_report(stack, browser, tmp_path):
    page = browser.new_page(base_url=stack.url, locale="en-GB")
    page.set_default_timeout(30_000)

    police_writes_and_submits(page)
    officer_accepts(page)
    officer_writes_the_section(page)
    officer_brings_the_impact_in(page)
    pdf = chair_downloads_the_report(page, tmp_path)

    text = section_text(pdf)
    assert f"{OFFICER_WORDS}{RETURNED} children" in text
    assert IMPACT in text
    rows = [line for line in text.splitlines() if line.startswith("Children discussed")]
    assert any(RETURNED in row for row in rows), text
    assert any(RETURNED in alternative for alternative in chart_alternatives(pdf))
    assert "610" not in text


def test_board_officer_returns_an_update_and_the_partner_sees_why(stack, browser):
    page = browser.new_page(base_url=stack.url, locale="en-GB")
    reason = "Please say how you know that children feel safer."
    police_writes_and_submits(page)

    sign_in(page, "board.officer")
    page.get_by_role("link", name="Police: Child exploitation").click()
    page.get_by_text("Return it for changes instead").click()
    page.get_by_label("What needs to change?").fill(reason)
    page.get_by_role("button", name="Return to Police").click()
    expect(page.get_by_text("The update is returned to Staffordshire Police.")).to_be_visible()

    sign_in(page, "police")
    expect(page.get_by_text(reason)).to_be_visible()


def sign_in(page, who):
    """Whoever was signed in is signed out first."""
    page.context.clear_cookies()
    page.goto("/")
    page.get_by_label("Email").fill(f"{who}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staffordshire Safeguarding Children Board")


def is_accessible(page):
    """Whether axe finds nothing to object to; says what it found otherwise."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def police_writes_and_submits(page):
    sign_in(page, "police")
    is_accessible(page)
    page.get_by_role("link", name="Child exploitation", exact=True).click()
    page.get_by_label("Progress this quarter").fill("Panels met every month.")
    page.get_by_label("Number of children", exact=True).fill(RETURNED)
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()

    page.goto("/")
    page.get_by_role("link", name="Child exploitation", exact=True).click()
    expect(page.get_by_label("Progress this quarter")).to_have_value("Panels met every month.")
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    is_accessible(page)
    page.get_by_role("alert").get_by_role("link", name="Enter what changed for children").click()
    expect(page.get_by_label("Impact on children")).to_be_focused()

    page.get_by_label("Green: on track").check()
    page.get_by_label("Reason for the rating").fill("All actions are on time.")
    page.get_by_label("Impact on children").fill(IMPACT)
    page.get_by_label("Barriers and challenges").fill("Two posts are vacant.")
    page.get_by_label("Next steps").fill("We will review the panels by June.")
    page.get_by_label("Per cent").fill(f"{NO_REDUCTION}%")
    page.get_by_role("button", name="Save and check").click()
    is_accessible(page)
    page.get_by_role("button", name="Submit to the board team").click()
    expect(page.get_by_text("Your update is submitted. Thank you.")).to_be_visible()


def officer_accepts(page):
    sign_in(page, "board.officer")
    page.get_by_role("link", name="Police: Child exploitation").click()
    expect(page.get_by_text(IMPACT)).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="Accept this update").click()
    expect(page.get_by_text("The update is accepted")).to_be_visible()


def officer_writes_the_section(page):
    page.get_by_role("link", name="Report", exact=True).click()
    is_accessible(page)
    page.get_by_role("link", name="4.1 Child exploitation", exact=True).click()
    is_accessible(page)
    page.get_by_role("button", name="Edit this section").click()
    page.locator(".editor--ready").get_by_role("textbox", name="Text", exact=True).first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.type(OFFICER_WORDS)
    page.keyboard.type("/")
    page.get_by_label("Search for a measure").fill("discussed panels")
    page.get_by_role("button", name=f"{RETURNED} ").first.click()
    page.keyboard.type(" children this year.")
    is_accessible(page)
    page.get_by_role("button", name="Save section").click()
    expect(page).to_have_url(re.compile(r"/sections/\d+/$"))
    expect(page.get_by_text(f"{OFFICER_WORDS}{RETURNED} children this year.")).to_be_visible()


def officer_brings_the_impact_in(page):
    page.get_by_role("link", name="Bring in from updates").click()
    is_accessible(page)
    page.get_by_role("button", name="Add impact on children of Staffordshire Police").click()
    expect(page.get_by_text("now stands in “What difference have we made?”")).to_be_visible()


def chair_downloads_the_report(page, folder):
    sign_in(page, "chair")
    page.get_by_role("link", name="Annual report 2022/23").click()
    page.get_by_role("button", name="Make the PDF").click()
    expect(page.get_by_role("heading", name="Annual report 2022/23, PDF")).to_be_visible()
    link = page.get_by_role("link", name="Download the PDF")
    link.wait_for(timeout=PATIENCE * 1000)
    is_accessible(page)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "annual-report-2022-23.pdf"
    path = folder / "report.pdf"
    download.value.save_as(path)
    return path


def section_text(path):
    """The words of section 4.1, with the spaces of the page as single ones."""
    with pdfplumber.open(path) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    text = "\n".join(pages)
    whole = text[text.rindex("4.1 Child exploitation") : text.rindex("4.2 Domestic abuse")]
    joined = re.sub(r"-\n", "-", whole)
    return joined + "\n" + re.sub(r"\s+", " ", joined)


def chart_alternatives(path):
    with pikepdf.open(path) as pdf:
        return [
            str(found["/Alt"]) for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/Alt" in found
        ]
