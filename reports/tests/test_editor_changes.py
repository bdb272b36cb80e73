"""Another text put into the editor from elsewhere, in a browser."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.urls("reports.tests.editor_page")]


SET_HTML = "html => document.querySelector('rich-text-editor').setHtml(html)"


def test_what_others_wrote_comes_in_without_moving_the_cursor(editing, live_server, console):
    editing.goto(f"{live_server.url}/?text=<p>one</p><p>two</p><p>three</p>")
    editing.locator("[role=textbox]").first.press("Control+Home")
    editing.keyboard.press("End")
    editing.keyboard.type(" mine")
    heard = editing.evaluate_handle(
        "() => { const heard = []; for (const name of ['input', 'editor:set'])"
        " document.querySelector('textarea').addEventListener(name, () => heard.push(name)); return heard; }"
    )

    editing.evaluate(SET_HTML, "<p>zero</p><p>one mine</p><p>two theirs</p><p>three</p>")
    editing.evaluate(SET_HTML, "<p>zero</p><p>one mine</p><p>two theirs</p><p>three</p>")
    assert heard.json_value() == ["editor:set"]
    editing.keyboard.type("!")
    assert editing.input_value("[name=text]") == "<p>zero</p><p>one mine!</p><p>two theirs</p><p>three</p>"
    editing.keyboard.press("Control+z")

    assert "two theirs" in editing.input_value("[name=text]")
    assert console == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>aa</p>", "<p>aaa</p>"),
        ("<p>aaa</p>", "<p>aa</p>"),
        ("<p>a</p>", ""),
        ("", '<p></p><figure><img data-image="7" alt="a"><figcaption></figcaption></figure>'),
        ("", "<p>a</p>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul><p>c</p>"),
        ("<p>a</p><h3>b</h3><p>c</p>", "<h3>a</h3><p>b</p><p>c</p>"),
        ("<blockquote><p>a</p></blockquote><p>b</p>", "<p>a</p><p>b</p>"),
    ],
)
def test_any_text_can_take_the_place_of_any_other(editing, live_server, before, after):
    editing.goto(f"{live_server.url}/?text={before}")
    editing.wait_for_selector("[role=textbox]")
    editing.evaluate(SET_HTML, after)

    assert editing.input_value("[name=text]") == after
