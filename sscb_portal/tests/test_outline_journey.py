"""A section from its place in the outline to its approval, in a real browser: with JavaScript and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import expect

from partnership.tests.factories import make_alice, make_bob
from reports.choices import Kind, SectionStatus, VersionAct
from reports.models import Section
from reports.richtext import plain_text
from reports.tests.factories import make_block, make_report, make_section, make_submitted_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def portal(live_server, transactional_db):
    cache.clear()  # which counts how often people sign in from one address
    with override_settings(PORTAL_URL=live_server.url):
        yield live_server.url


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def context(request, browser, portal):
    context = browser.new_context(base_url=portal, locale="en-GB", java_script_enabled=request.param)
    yield context
    for page in context.pages:
        page.close(run_before_unload=False)
    context.close()


@pytest.fixture
def page(context):
    return context.new_page()


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


def order(section):
    return [plain_text(block.body) for block in section.blocks.all()]


def test_a_section_goes_from_the_outline_to_its_approval(page):
    alice, bob = make_alice(), make_bob()
    make_section(make_report(), number="", title="Foreword")
    make_section(Section.objects.get().report, number="4", title="Priorities")

    sign_in(page, alice)
    go(page, "report-outline", "2022-23")
    press(page, "Add a section")
    page.get_by_label("Title").fill("Early help")
    page.get_by_label("Number").fill("4.1")
    page.get_by_label("Chapter").select_option(label="4 Priorities")
    page.get_by_label("Owner").select_option(index=1)
    page.get_by_label("Writer").select_option(label="Bob")
    page.get_by_label("Due date").fill("2030-06-30")
    press(page, "Add the section")
    expect(page.get_by_role("heading", name="4.1 Early help")).to_be_visible()

    sign_in(page, bob)
    page.goto("/")
    page.get_by_role("link", name="4.1 Early help").click()
    press(page, "Submit to the board team")
    expect(page.get_by_text("4.1 Early help is submitted.")).to_be_visible()

    sign_in(page, alice)
    page.goto("/")
    page.get_by_role("link", name="4.1 Early help").click()
    page.get_by_text("Return it for changes instead").click()
    page.get_by_label("What should change?").fill("Nothing is written yet.")
    press(page, "Return to Bob")
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()

    sign_in(page, bob)
    page.goto("/")
    page.get_by_role("link", name="4.1 Early help").click()
    press(page, "Submit to the board team")
    sign_in(page, alice)
    go(page, "section-detail", Section.objects.get(title="Early help").pk)
    press(page, "Approve this section")
    expect(page.get_by_text("4.1 Early help is approved.")).to_be_visible()

    section = Section.objects.get(title="Early help")
    assert (section.status, section.writer, section.parent.title) == (SectionStatus.APPROVED, bob, "Priorities")
    assert list(section.versions.order_by("number").values_list("act", flat=True)) == [
        VersionAct.SUBMITTED,
        VersionAct.RETURNED,
        VersionAct.SUBMITTED,
        VersionAct.APPROVED,
    ]


def test_parts_are_moved_taken_out_put_back_and_added_and_what_was_typed_stays(page):
    section = make_section()
    for words in ("One", "Two", "Three"):
        make_block(section, body=f"<p>{words}</p>")
    first, second, _ = section.blocks.all()
    sign_in(page, make_alice())
    go(page, "section-edit", section.pk)

    page.locator(f"#block-{first.pk}").get_by_label("Heading", exact=True).fill("Typed")
    page.locator(f"#block-{first.pk}").get_by_role("button", name="Move down").click()
    expect(page.locator("fieldset[data-block]").first).to_have_attribute("id", f"block-{second.pk}")
    assert order(section) == ["Two", "One", "Three"]

    page.locator(f"#block-{second.pk}").get_by_role("button", name="Take out").click()
    expect(page.get_by_text("is no longer part of this section")).to_be_visible()
    assert order(section) == ["One", "Three"]
    press(page, "Put it back")
    expect(page.locator(f"#block-{second.pk}")).to_be_visible()
    assert order(section) == ["Two", "One", "Three"]

    page.get_by_label("What kind?").select_option(label="Quotes")
    page.get_by_label("Where?").select_option(index=1)
    press(page, "Add it")
    expect(page.locator("fieldset[data-block]")).to_have_count(4)

    first.refresh_from_db()
    assert first.heading == "Typed"
    assert [block.kind for block in section.blocks.all()] == [Kind.TEXT, Kind.QUOTES, Kind.TEXT, Kind.TEXT]


@pytest.mark.parametrize("context", [True], ids=["with-javascript"], indirect=True)
def test_a_part_is_dragged_to_another_place(page):
    page.set_viewport_size({"width": 1280, "height": 2600})  # so that nothing scrolls meanwhile
    section = make_section()
    for words in ("One", "Two", "Three"):
        make_block(section, body=f"<p>{words}</p>")
    first, _, third = section.blocks.all()
    sign_in(page, make_alice())
    go(page, "section-edit", section.pk)

    box = page.locator(f"#block-{third.pk} .portal-block-tools__handle").bounding_box()
    there = page.locator(f"#block-{first.pk}").bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 14)
    page.mouse.down()
    page.mouse.move(there["x"] + 200, there["y"] + 30, steps=8)
    page.mouse.up()

    expect(page.locator("fieldset[data-block]").first).to_have_attribute("id", f"block-{third.pk}")
    assert order(section) == ["Three", "One", "Two"]


@pytest.mark.parametrize("context", [True], ids=["with-javascript"], indirect=True)
def test_pages_of_the_outline_have_no_fault_that_axe_finds(page):
    report = make_report()
    chapter = make_section(report, number="1", writer=make_bob())
    submitted = make_submitted_section(report, number="1.1", parent=chapter)
    block = submitted.blocks.get()
    sign_in(page, make_alice())

    found = {}
    for name, *args in [
        ("report-detail", "2022-23"),
        ("report-outline", "2022-23"),
        ("report-begin",),
        ("section-add", "2022-23"),
        ("section-change", chapter.pk),
        ("section-detail", submitted.pk),
        ("version-list", submitted.pk),
        ("section-version", submitted.pk, 1),
        ("version-restore", submitted.pk, 1),
    ]:
        go(page, name, *args)
        found[name] = [violation["id"] for violation in Axe().run(page).response["violations"]]
    page.goto(reverse("reports:version-compare", args=[submitted.pk]) + "?from=1&to=2")
    found["version-compare"] = [violation["id"] for violation in Axe().run(page).response["violations"]]
    go(page, "section-edit", submitted.pk)
    page.locator(f"#block-{block.pk}").get_by_role("button", name="Take out").click()
    expect(page.get_by_text("is no longer part of this section")).to_be_visible()
    found["section-edit"] = [violation["id"] for violation in Axe().run(page).response["violations"]]

    assert found == {name: [] for name in found}
