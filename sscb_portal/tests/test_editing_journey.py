"""Writing a section in a real browser while everything goes wrong: nothing that the server has said yes to is lost, and
what it has not is still on the page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import expect

from partnership.models import Membership
from partnership.tests.factories import make_alice, make_erin
from reports import actions
from reports.choices import Kind
from reports.content import BlockContent
from reports.models import Block, BlockRevision
from reports.richtext import plain_text
from reports.tests.factories import make_block, make_section, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-password"
BODY = "<p>Panels met every month.</p>\n<p>Two posts are vacant.</p>"


@pytest.fixture
def portal(live_server, transactional_db):
    cache.clear()  # which counts how often people sign in from one address
    with override_settings(PORTAL_URL=live_server.url):
        yield live_server.url


@pytest.fixture
def block(portal):
    return make_block(make_section(), heading="What we did", body=BODY)


@pytest.fixture
def browsers(browser, portal):
    """Opens a section as somebody who is signed in, in a browser of their own."""
    contexts = []

    def open_browser(person, section, *, clock=False):
        context = browser.new_context(base_url=portal, locale="en-GB")
        contexts.append(context)
        context.add_cookies([session_of(person, portal)])
        page = context.new_page()
        if clock:
            page.clock.install()
        return open_section(page, section)

    yield open_browser
    for context in contexts:
        context.set_offline(True)  # what a page sends when it is closed must not meet the next test
        context.pages[0].wait_for_timeout(200)
        context.close()


def session_of(person, portal):
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": portal}


def open_section(page, section):
    page.goto(reverse("reports:section-edit", args=[section.pk]))
    expect(line(page)).to_have_text("Saved as you write")
    expect(text_of(page)).to_be_visible()
    return page


def line(page):
    return page.locator(".portal-saving__words")


def text_of(page, block=None):
    """The editor of a block's text, of the only one or the first."""
    place = page.locator(f"#block-{block.pk}") if block else page.locator("fieldset[data-block]").first
    return place.locator("[contenteditable]").first


def write_after(page, words, more, block=None):
    """Go on writing at the end of the paragraph with these words, as somebody at a keyboard."""
    text_of(page, block).get_by_text(words).click()
    page.keyboard.press("End")
    page.keyboard.type(more)


def expect_saved(page, **options):
    page.wait_for_timeout(300)  # by then it has seen what was typed
    expect(line(page)).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), **options)


def paragraphs(block):
    return plain_text(Block.objects.get(pk=block.pk).body).split("\n")


def history(block):
    """Every text for which the server has answered yes."""
    kept = BlockRevision.objects.filter(block=block)
    return [plain_text(content["body"]) for each in kept for content in (each.content, each.sent) if content]


def violations(page):
    return [
        (found["id"], [node["html"] for node in found["nodes"]]) for found in Axe().run(page).response["violations"]
    ]


def test_what_is_written_is_saved_within_two_seconds_of_the_last_key(browsers, block):
    page = browsers(make_alice(), block.section)

    write_after(page, "Panels met", " All of them.")

    expect(line(page)).to_have_text("Saving…", timeout=500)
    expect_saved(page, timeout=2_000)
    assert paragraphs(block) == ["Panels met every month. All of them.", "Two posts are vacant."]
    assert violations(page) == []


def test_one_request_is_under_way_at_a_time_while_typing_goes_on(browsers, block):
    other = make_block(block.section, body="<p>Second part.</p>")
    page = browsers(make_alice(), block.section)
    under_way, most = set(), []
    page.on("request", lambda each: "/save/" in each.url and (under_way.add(each), most.append(len(under_way))))
    page.on("requestfinished", lambda each: under_way.discard(each))

    for number in range(4):
        write_after(page, "Panels met", f" {number}")
        write_after(page, "Second part.", f" {number}", other)
        page.wait_for_timeout(600)
    expect_saved(page)

    assert set(most) == {1}
    assert paragraphs(block)[0] == "Panels met every month. 0 1 2 3"
    assert paragraphs(other) == ["Second part. 0 1 2 3"]


def test_session_that_ends_in_mid_sentence_is_taken_up_again_in_place(browsers, block):
    alice = make_alice()
    page = browsers(alice, block.section)
    write_after(page, "Panels met", " First.")
    expect_saved(page)

    Session.objects.all().delete()
    page.keyboard.type(" Second.")
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    expect(line(page)).to_have_text("Not saved yet: you are signed out. Your text is on this page.")
    assert paragraphs(block)[0] == "Panels met every month. First."
    frame = dialog.frame_locator("iframe")
    expect(frame.get_by_label("Email")).to_be_visible()
    assert violations(page) == []
    frame.get_by_label("Email").fill(alice.email)
    frame.get_by_label("Password", exact=True).fill(PASSWORD)
    frame.get_by_role("button", name="Sign in").click()

    expect(dialog).to_have_count(0)
    expect_saved(page)
    page.keyboard.type(" Third.")
    expect_saved(page)
    assert paragraphs(block)[0] == "Panels met every month. First. Second. Third."


def test_somebody_else_who_signs_in_meanwhile_does_not_save_it_under_their_name(browsers, portal, block):
    alice, erin = make_alice(), make_erin()
    page = browsers(alice, block.section)

    page.context.add_cookies([session_of(erin, portal)])
    write_after(page, "Panels met", " By Alice.")

    dialog = page.get_by_role("dialog", name="Somebody else is signed in")
    expect(dialog).to_contain_text("Erin is signed in in this browser now")
    assert violations(page) == []
    assert paragraphs(block)[0] == "Panels met every month."
    dialog.get_by_role("button", name="Sign Erin out and sign in as Alice").click()
    frame = page.get_by_role("dialog", name="Sign in again").frame_locator("iframe")
    frame.get_by_label("Email").fill(alice.email)
    frame.get_by_label("Password", exact=True).fill(PASSWORD)
    frame.get_by_role("button", name="Sign in").click()

    expect_saved(page)
    assert paragraphs(block)[0] == "Panels met every month. By Alice."
    assert BlockRevision.objects.filter(block=block).latest("version").by == alice


def test_minute_without_a_connection_costs_nothing(browsers, block):
    page = browsers(make_alice(), block.section, clock=True)
    page.context.set_offline(True)

    write_after(page, "Panels met", " Offline.")
    for _ in range(12):
        page.clock.run_for(5_000)
    expect(line(page)).to_have_text(
        "No connection. Your text is on this page; it is saved as soon as the connection is back."
    )
    expect(text_of(page)).to_contain_text("Panels met every month. Offline.")
    assert paragraphs(block)[0] == "Panels met every month."
    assert "Offline" not in page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    page.keyboard.type(" More.")
    page.context.set_offline(False)
    page.clock.run_for(3_000)

    expect_saved(page)
    assert paragraphs(block)[0] == "Panels met every month. Offline. More."


def test_save_whose_answer_is_lost_is_not_done_twice_and_blocks_nothing(browsers, block):
    page = browsers(make_alice(), block.section)
    happened = []

    def interrupt(route):
        happened.append(len(happened))
        if len(happened) == 1:
            route.fetch()  # the server saves it, and is gone before the answer arrives
            route.abort()
        elif len(happened) == 2:
            route.fulfill(status=500, body="<h1>Server error</h1>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/save/", interrupt)
    write_after(page, "Panels met", " First.")
    expect(line(page)).to_have_text(re.compile("^No connection"))
    page.keyboard.type(" Second.")
    expect(line(page)).to_have_text(re.compile("the portal does not answer"))

    expect_saved(page, timeout=15_000)
    assert paragraphs(block)[0] == "Panels met every month. First. Second."
    assert len([text for text in history(block) if text.startswith("Panels met every month. First.\n")]) == 1


def test_back_after_a_save_shows_what_was_saved(browsers, block):
    page = browsers(make_alice(), block.section)
    write_after(page, "Panels met", " Saved.")
    page.get_by_role("button", name="Save section").last.click()
    page.wait_for_url(reverse("reports:section-detail", args=[block.section.pk]))

    page.go_back()
    expect(text_of(page)).to_contain_text("Panels met every month. Saved.")
    write_after(page, "Two posts", " Again.")
    expect_saved(page)

    assert paragraphs(block) == ["Panels met every month. Saved.", "Two posts are vacant. Again."]


def test_leaving_with_unsaved_text_asks_and_saves_it_all_the_same(browsers, block):
    page = browsers(make_alice(), block.section)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    write_after(page, "Panels met", " Last words.")
    page.get_by_role("link", name="Back to the section").last.click()
    page.wait_for_url(reverse("reports:section-detail", args=[block.section.pk]))

    assert asked == ["beforeunload"]
    page.wait_for_timeout(500)  # the text was on its way when the next page was asked for
    assert paragraphs(block)[0] == "Panels met every month. Last words."


def test_enter_key_in_a_field_saves_and_stays(browsers, block):
    page = browsers(make_alice(), block.section)
    address = page.url

    page.get_by_label("Heading", exact=True).fill("What was done")
    page.get_by_label("Heading", exact=True).press("Enter")
    expect_saved(page, timeout=1_000)

    assert (page.url, Block.objects.get(pk=block.pk).heading) == (address, "What was done")


def test_moving_a_block_waits_until_the_text_is_saved(browsers, block):
    other = make_block(block.section, body="<p>Second part.</p>")
    page = browsers(make_alice(), block.section)

    write_after(page, "Panels met", " Moved.")
    page.locator(f"#block-{block.pk}").get_by_role("button", name="Move down").click()
    expect(page.locator("fieldset[data-block]").first).to_have_id(f"block-{other.pk}")

    assert paragraphs(block)[0] == "Panels met every month. Moved."
    expect(text_of(page, block)).to_contain_text("Panels met every month. Moved.")


def test_two_tabs_of_one_person_say_so_and_both_texts_stay(browsers, block):
    page = browsers(make_alice(), block.section)
    write_after(page, "Panels met", " In the first.")
    expect_saved(page)

    tab = open_section(page.context.new_page(), block.section)
    expect(tab.get_by_text("You are writing here in another window.")).to_be_visible()
    assert violations(tab) == []
    tab.get_by_role("button", name="Take over").click()
    expect(tab.get_by_text("You are writing here in another window.")).to_have_count(0)
    write_after(tab, "Two posts", " In the second.")
    expect_saved(tab)

    assert paragraphs(block) == ["Panels met every month. In the first.", "Two posts are vacant. In the second."]


def test_two_people_in_different_blocks_do_not_meet(browsers, block):
    other = make_block(block.section, body="<p>Second part.</p>")
    alice, erin = make_alice(), make_erin()
    page, another = browsers(alice, block.section), browsers(erin, block.section)

    write_after(page, "Panels met", " By Alice.")
    write_after(another, "Second part.", " By Erin.", other)
    expect_saved(page)
    expect_saved(another)

    assert (paragraphs(block)[0], paragraphs(other)) == (
        "Panels met every month. By Alice.",
        ["Second part. By Erin."],
    )
    expect(another.get_by_text("Also here: Alice (writes in “What we did”)")).to_be_visible(timeout=15_000)


def together(browsers, block):
    """Two people in one block: Erin has just taken it over from Alice, who has not heard of it yet."""
    alice, erin = make_alice(), make_erin()
    page, another = browsers(alice, block.section), browsers(erin, block.section)
    text_of(page).get_by_text("Panels met").click()
    page.wait_for_timeout(300)
    another.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(another.get_by_text("Alice is writing here.")).to_be_visible()
    another.get_by_role("button", name="Take over").click()
    expect(another.get_by_text("Alice is writing here.")).to_have_count(0)
    return page, another


def test_two_people_in_one_paragraph_are_merged(browsers, block):
    page, another = together(browsers, block)

    write_after(page, "Panels met", " By Alice.")
    text_of(another).get_by_text("Panels met").click()
    another.keyboard.press("Home")
    another.keyboard.type("By Erin: ")
    expect_saved(page)
    expect_saved(another)

    assert paragraphs(block)[0] == "By Erin: Panels met every month. By Alice."
    for each in (page, another):
        expect(text_of(each)).to_contain_text("By Erin: Panels met every month. By Alice.", timeout=15_000)


CHOICES = {
    "Keep mine": ["Panels met every week.", "Two posts are vacant."],
    "Keep theirs": ["Panels met every day.", "Two posts are vacant."],
}


def replace_last_word(page, words, word):
    text_of(page).get_by_text(words).click()
    page.keyboard.press("End")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.type(f"{word}.")


@pytest.mark.parametrize("choice", ["Keep mine", "Keep theirs", "Join both"])
def test_two_people_at_the_same_word_see_both_texts_and_one_chooses(browsers, block, choice):
    page, another = together(browsers, block)
    replace_last_word(another, "Panels met", "day")
    expect_saved(another)

    replace_last_word(page, "Panels met", "week")
    clash = page.locator(".portal-clash")
    expect(clash).to_be_focused()
    expect(clash.locator("section").first).to_contain_text("day")
    expect(clash.locator("section").last).to_contain_text("week")
    expect(text_of(page)).to_contain_text("Panels met every week.")
    expect(line(page)).to_have_text("Not saved yet: “What we did”. Erin changed the same words. Choose which to keep.")
    assert violations(page) == []
    assert paragraphs(block)[0] == "Panels met every day."
    clash.get_by_role("button", name=choice).click()

    expect_saved(page)
    expect(clash).to_have_count(0)
    if choice == "Join both":
        assert {"day", "week"} <= set(re.findall(r"\w+", " ".join(paragraphs(block))))
    else:
        assert paragraphs(block) == CHOICES[choice]
    kept = " ".join(history(block))
    assert "Panels met every day." in kept
    assert "every week." in kept


def hear(page):
    """Let the page ask now who else is there, not at its next heartbeat."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_who_is_taken_over_from_is_told_ends_the_sentence_and_keeps_what_was_written(browsers, block):
    page, another = together(browsers, block)
    write_after(page, "Panels met", " By")
    top = text_of(page).bounding_box()["y"]

    hear(page)
    notice = page.locator(".portal-held")
    expect(notice).to_contain_text("Erin has taken over. What you typed is saved; take over to go on.")
    expect(page.locator("[role=status]", has_text="Erin has taken over “What we did”.")).to_have_count(1)
    held_up = []
    page.route("**/save/", lambda route: held_up.append(route))
    page.keyboard.type(" Alice in the end", delay=150)  # for longer than the pause
    expect(page.get_by_text("What you typed is saved")).to_be_hidden()
    page.keyboard.type(".")
    page.unroute("**/save/")
    for save in held_up:
        save.continue_()
    expect(text_of(page)).to_have_attribute("contenteditable", "false")
    expect(notice).to_be_focused()
    scrolled = page.evaluate("scrollY")
    page.keyboard.type(" and more ")
    assert (page.evaluate("scrollY"), violations(page)) == (scrolled, [])
    assert abs(text_of(page).bounding_box()["y"] - top) < 150
    expect_saved(page)
    expect(page.get_by_text("What you typed is saved")).to_be_visible()
    write_after(another, "Two posts", " By Erin.")
    expect_saved(another)

    assert paragraphs(block) == ["Panels met every month. By Alice in the end.", "Two posts are vacant. By Erin."]
    expect(text_of(page)).to_contain_text("By Erin.", timeout=15_000)


def test_block_that_is_taken_over_while_nobody_types_closes_at_once(browsers, block):
    page, _ = together(browsers, block)
    page.wait_for_timeout(2_000)

    hear(page)

    expect(page.locator(".portal-held")).to_be_focused(timeout=1_000)
    expect(text_of(page)).to_have_attribute("contenteditable", "false", timeout=500)


def test_who_takes_it_back_goes_on_where_they_were(browsers, block):
    page, another = together(browsers, block)
    write_after(page, "Panels met", " By Alice")
    hear(page)
    expect(text_of(page)).to_have_attribute("contenteditable", "false")

    page.get_by_role("button", name="Take over").click()
    expect(page.locator(".portal-held")).to_have_count(0)
    expect(text_of(page)).to_be_focused()
    page.keyboard.type(" again.")
    expect_saved(page)
    hear(another)

    expect(another.locator(".portal-held")).to_contain_text("Alice has taken over.")
    assert paragraphs(block)[0] == "Panels met every month. By Alice again."


@pytest.mark.parametrize("choice", ["Keep mine", "Join both"])
def test_who_is_to_make_one_text_of_two_has_the_block(browsers, block, choice):
    page, another = together(browsers, block)
    replace_last_word(another, "Panels met", "day")
    expect_saved(another)
    replace_last_word(page, "Panels met", "week")
    hear(page)
    clash = page.locator(".portal-clash")
    expect(clash).to_be_visible()
    expect(page.get_by_text("What you typed is saved")).to_be_hidden()
    expect(text_of(page)).to_have_attribute("contenteditable", "false")

    clash.get_by_role("button", name=choice).click()
    expect(page.locator(".portal-held")).to_have_count(0)
    expect(text_of(page)).to_have_attribute("contenteditable", "true")
    write_after(page, "Two posts", " Chosen.")
    expect_saved(page)
    hear(another)

    assert paragraphs(block)[-1] == "Two posts are vacant. Chosen."
    expect(another.locator(".portal-held")).to_contain_text("Alice has taken over.")


def test_role_that_is_taken_away_leaves_the_text_on_the_page_to_be_copied(browsers, block):
    alice = make_alice()
    page = browsers(alice, block.section)
    write_after(page, "Panels met", " Saved.")
    expect_saved(page)

    Membership.objects.filter(user=alice).delete()
    page.keyboard.type(" Not saved.")

    expect(line(page)).to_have_text(re.compile("^Not saved: "))
    assert paragraphs(block)[0] == "Panels met every month. Saved."
    expect(text_of(page)).to_contain_text("Panels met every month. Saved. Not saved.")
    page.get_by_role("button", name="Copy the text").click()
    dialog = page.get_by_role("dialog", name="Copy the text")
    assert "Panels met every month. Saved. Not saved." in dialog.get_by_label("The text").input_value()
    assert violations(page) == []


def test_part_that_is_taken_out_meanwhile_keeps_what_is_written_in_it(browsers, block):
    make_block(block.section, body="<p>Second part.</p>")
    alice, erin = make_alice(), make_erin()
    page = browsers(alice, block.section)
    actions.remove_block(block=block, by=erin)

    write_after(page, "Panels met", " Late.")
    expect(line(page)).to_have_text(re.compile("^“What we did” was taken out of the section by Erin meanwhile"))
    page.keyboard.type(" Later.")
    page.wait_for_timeout(300)
    expect(line(page)).to_have_text(re.compile("^“What we did” was taken out"))

    assert plain_text(Block.with_removed.get(pk=block.pk).body).split("\n")[0] == "Panels met every month. Late. Later."
    assert violations(page) == []


def test_section_that_is_taken_out_meanwhile_leaves_the_text_on_the_page(browsers, block):
    alice, erin = make_alice(), make_erin()
    page = browsers(alice, block.section)
    actions.remove_section(section=block.section, by=erin)

    write_after(page, "Panels met", " Late.")

    expect(line(page)).to_have_text("Not saved: 1 Section 1 was taken out of the report.")
    expect(text_of(page)).to_contain_text("Panels met every month. Late.")
    expect(page.get_by_role("button", name="Copy the text")).to_be_visible()


def test_row_that_cannot_be_saved_says_so_beside_the_field_and_is_saved_once_it_is_right(browsers, portal):
    section = make_section()
    points = make_block(section, Kind.BARRIERS)
    page = browsers(make_alice(), section)

    page.locator("[data-rows] [contenteditable]").click()
    page.keyboard.insert_text("word " * 900)
    expect(line(page)).to_have_text(re.compile("^Not saved yet: “Barriers"))
    expect(page.locator(".govuk-error-message")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Control+a")
    page.keyboard.type("One post is vacant.")

    expect_saved(page)
    expect(page.locator(".govuk-error-message")).to_have_count(0)
    assert [plain_text(item.text) for item in points.items.all()] == ["One post is vacant."]


def test_what_others_save_arrives_where_nobody_writes(browsers, block):
    alice, erin = make_alice(), make_erin()
    page = browsers(alice, block.section)
    write(block, BlockContent(heading="What we did", body="<p>Written by Erin.</p>"), by=erin)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(text_of(page)).to_have_text("Written by Erin.")
    expect(line(page)).to_have_text(re.compile("^Saved"))
