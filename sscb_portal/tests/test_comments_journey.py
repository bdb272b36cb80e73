"""Talking about a section in a real browser: on its page with JavaScript and without, and beside its text."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import expect

from partnership.tests.factories import make_alice, make_bob, make_frank
from reports.models import Comment
from reports.tests.factories import make_block, make_comment, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "<p>Ten children met the board in May.</p><p>All of them said what they think.</p>"

SELECT = """words => {
  const walk = document.createTreeWalker(document.getElementById("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { currentNode: node } = walk;
    const start = node.parentElement.closest("[id^='block-'] p") ? node.data.indexOf(words) : -1;
    if (start < 0) continue;
    node.parentElement.closest("[contenteditable]")?.focus();
    getSelection().setBaseAndExtent(node, start, node, start + words.length);
    return;
  }
}"""


@pytest.fixture
def portal(live_server, transactional_db):
    cache.clear()  # which counts how often people sign in from one address
    with override_settings(PORTAL_URL=live_server.url):
        yield live_server.url


@pytest.fixture
def context(browser, portal):
    context = browser.new_context(base_url=portal, locale="en-GB")
    yield context
    for page in context.pages:
        page.close(run_before_unload=False)
    context.close()


def sign_in(context, person):
    client = Client()
    client.force_login(person)
    context.clear_cookies()
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "domain": "localhost", "path": "/"}]
    )
    return context.new_page()


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def is_accessible(page):
    """Whether axe finds nothing to object to; says what it found otherwise."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return found.response["violations"] == [] or found.generate_report()


def test_the_chair_selects_words_and_a_writer_answers_and_resolves(context):
    bob, frank = make_bob(), make_frank()
    section = make_section(writer=bob)
    make_block(section, body=TEXT)

    page = sign_in(context, frank)
    page.goto(address("section-detail", section.pk))
    page.evaluate(SELECT, "said what they think")
    page.get_by_role("button", name="Comment on these words").click()
    expect(page.get_by_label("Words that it is about")).to_have_value("said what they think")
    page.get_by_label("Your comment").fill("Where does it say what?")
    page.get_by_text("Tell somebody", exact=True).click()
    page.get_by_label("Bob (Police)").check()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("Your comment is kept.")).to_be_visible()
    assert is_accessible(page) is True

    page = sign_in(context, bob)
    page.goto("/")
    page.get_by_role("link", name=str(section)).last.click()
    page.get_by_role("button", name="Show in the text").click()
    expect(page.locator("p", has_text="All of them said what they think.")).to_be_focused()
    page.locator("summary", has_text="Answer").click()
    page.get_by_label("Your answer").fill("In the appendix.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("In the appendix.")).to_be_visible()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("1 resolved comment")).to_be_visible()

    comment = Comment.objects.get()
    assert (comment.passage, comment.by, comment.resolved_by) == ("said what they think", frank, bob)
    assert [(reply.text, reply.by) for reply in comment.replies.all()] == [("In the appendix.", bob)]


def test_a_comment_without_javascript_pastes_the_passage(browser, portal):
    section = make_section()
    make_block(section, body=TEXT)
    context = browser.new_context(base_url=portal, java_script_enabled=False)
    page = sign_in(context, make_frank())

    page.goto(address("section-detail", section.pk))
    page.get_by_text("Comment on this section").click()
    page.get_by_label("Words that it is about").fill("Nine children")
    page.get_by_label("Your comment").fill("Who were they?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("These words are not in the text of this section.").first).to_be_visible()
    page.get_by_label("Words that it is about").fill("Ten children")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".portal-comment__passage")).to_have_text("Ten children")
    context.close()

    comment = Comment.objects.get()
    assert (comment.passage, comment.text) == ("Ten children", "Who were they?")


def test_a_comment_is_written_beside_the_text_by_keyboard(context):
    alice = make_alice()
    section = make_section()
    make_block(section, body=TEXT)

    page = sign_in(context, alice)
    page.goto(address("section-edit", section.pk))
    expect(page.locator(".ProseMirror")).to_be_visible()
    page.evaluate(SELECT, "met the board")
    expect(page.get_by_role("button", name="Comment on these words")).to_be_visible()
    page.keyboard.press("Control+Alt+m")
    expect(page.get_by_label("Your comment")).to_be_focused()
    expect(page.get_by_role("button", name="Comment on these words")).to_be_hidden()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("[data-panel=comments] [data-panel-status]")).to_have_text("Not saved: see what is wrong.")
    expect(page.get_by_label("Your comment")).to_be_focused()
    page.keyboard.type("Which board?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("[data-panel=comments] [data-panel-status]")).to_have_text("Your comment is kept.")
    expect(page.locator(".portal-comment")).to_be_focused()
    assert is_accessible(page) is True

    comment = Comment.objects.get()
    assert (comment.passage, comment.text, comment.by) == ("met the board", "Which board?", alice)
    assert page.url.endswith(address("section-edit", section.pk))


def test_an_answer_half_written_stays_while_another_comment_is_resolved(context):
    section = make_section()
    first, second = make_comment(section, text="First"), make_comment(section, text="Second")

    page = sign_in(context, make_alice())
    page.goto(address("section-edit", section.pk))
    page.locator("summary", has_text="Comments on this section").click()
    thread = page.locator(f"#comment-{first.pk}")
    thread.locator("summary").click()
    thread.get_by_label("Your answer").fill("Half an ans")
    page.locator(f"#comment-{second.pk}").get_by_role("button", name="Resolve").click()
    expect(page.locator("[data-panel=comments] [data-panel-status]")).to_have_text("The comment is resolved.")

    expect(page.locator(f"#comment-{first.pk}").get_by_label("Your answer")).to_have_value("Half an ans")
    second.refresh_from_db()
    assert second.resolved_at is not None


def test_pages_of_a_comment_are_accessible(context):
    section = make_section()
    make_block(section, body=TEXT)
    comment = Comment.objects.create(section=section, text="All?", by=make_frank(), passage="Gone words")

    page = sign_in(context, make_alice())

    for each in (
        address("section-detail", section.pk),
        address("section-comments", section.pk),
        address("comment-add", section.pk),
        address("comment-detail", comment.pk),
    ):
        page.goto(each)
        assert is_accessible(page) is True
