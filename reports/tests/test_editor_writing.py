"""Writing in the editor, in a browser: the keyboard, tables, what comes back, a narrow screen."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from reports.richtext import word_count
from reports.tests.editor_page import ABOUT, CHANGE, FIGURE, NO_FIGURE, choose, paste, picture, violations, walk_to

pytestmark = [pytest.mark.browser, pytest.mark.urls("reports.tests.editor_page")]


def test_a_section_is_written_with_the_keyboard_alone(editing, console, tmp_path):
    """Headings, bold, a list two deep, a quote, a figure, a note, a cross-reference, a link, a picture and a table."""
    file = tmp_path / "wall.png"
    file.write_bytes(picture())
    press, write = editing.keyboard.press, editing.keyboard.type
    status = editing.locator("dialog [role=status]")

    press("Tab")
    press("Tab")
    press("Control+Alt+1")
    write("By district")
    press("Enter")
    write("In all, /")
    write("mace")
    expect(status).to_have_text("1 result")
    assert violations(editing) == []
    press("ArrowDown")
    press("Enter")
    write(" children and/or ")
    press("Control+b")
    write("families")
    press("Control+b")
    walk_to(editing, "Note")
    press("Enter")
    write('A "count".')
    assert violations(editing) == []
    press("Tab")
    press("Enter")
    write(", see ")
    walk_to(editing, "Cross-reference")
    press("Enter")
    expect(status).to_have_text("2 results")
    write("exploit")
    expect(status).to_have_text("1 result")
    assert violations(editing) == []
    press("ArrowDown")
    press("Enter")
    write(" and ")
    press("Control+k")
    write("the guidance")
    press("Tab")
    write("gov.uk/children")
    assert violations(editing) == []
    press("Enter")
    press("Enter")
    walk_to(editing, "Bulleted list")
    press("Enter")
    write("one")
    press("Enter")
    press("Control+]")
    write("two")
    for _ in range(3):
        press("Enter")
    walk_to(editing, "Quote")
    press("Enter")
    write("Somebody who stays.")
    press("Enter")
    press("Enter")
    walk_to(editing, "Picture")
    press("Enter")
    assert editing.evaluate("document.activeElement.type") == "file"
    editing.locator("dialog input[type=file]").set_input_files(file)  # the system's own dialog is not the page's
    press("Tab")
    write("A wall of drawings")
    assert violations(editing) == []
    press("Tab")
    press("Enter")
    expect(editing.locator("dialog")).to_have_count(0)
    write("By children")
    assert violations(editing) == []
    press("Enter")
    walk_to(editing, "Table")
    press("Enter")
    assert violations(editing) == []
    press("Enter")
    for cell in ("District", "Children", "Rise", "Stafford", "24", "up", "Total", "24", "up"):
        write(cell)
        press("Tab")
    write("last")
    assert violations(editing) == []
    walk_to(editing, "Table")
    press("ArrowDown")
    choose(editing, "Header column")
    walk_to(editing, "Table")
    press("ArrowDown")
    choose(editing, "Delete row")
    press("Escape")
    while editing.evaluate("document.activeElement.textContent") != "Save":
        press("Tab")
    press("Enter")
    editing.wait_for_selector("pre")

    assert editing.locator("pre").first.inner_text() == "\n".join(
        [
            "<h3>By district</h3>",
            f"<p>In all, {FIGURE} children and/or <strong>families</strong>"
            '<span data-note="A &quot;count&quot;."></span>, see <span data-ref="section:12"></span> and '
            '<a href="https://gov.uk/children">the guidance</a></p>',
            "<ul><li>one<ul><li>two</li></ul></li></ul>",
            "<blockquote><p>Somebody who stays.</p></blockquote>",
            '<figure><img data-image="7" alt="A wall of drawings"><figcaption>By children</figcaption></figure>',
            '<table><thead><tr><th scope="col">District</th><th scope="col">Children</th><th scope="col">Rise</th></tr>'
            '</thead><tbody><tr><th scope="row">Stafford</th><td>24</td><td>up</td></tr>'
            '<tr><th scope="row">Total</th><td>24</td><td>up</td></tr></tbody></table>',
        ]
    )
    assert console == []


def test_a_text_comes_back_as_it_was_stored(editing, live_server, console):
    stored = (
        f"<h3>Head</h3>\n<p>Of {FIGURE}, up {CHANGE}, not {NO_FIGURE}<br>"
        '<a href="https://a.uk">see <strong>here</strong></a></p>\n'
        "<ul><li>one<ol><li>two</li></ol></li></ul>\n<h4>Sub</h4>\n"
        '<table><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">b<span data-note="n"></span></td></tr></tbody></table>'
    )

    editing.goto(f"{live_server.url}/?text={stored.replace('&', '%26').replace('#', '%23')}")
    chips = editing.locator(".editor-figure")
    expect(chips.first).to_have_text("610")
    expect(editing.locator(".editor-figure[data-state=loading]")).to_have_count(0)
    shown = chips.evaluate_all("chips => chips.map(chip => [chip.textContent, chip.getAttribute('aria-label')])")
    editing.locator("[role=textbox]").first.press("Control+End")
    editing.keyboard.type("x")
    editing.keyboard.press("Backspace")
    editing.get_by_role("button", name="Save").click()
    editing.wait_for_selector("pre")

    where = f"Children discussed at MACE, May 2022 to April 2023, {ABOUT}"
    assert shown == [
        ["610", f"610, {where}"],
        ["20%", f"20%, {where}"],
        ["[no figure]", "[no figure], No figure is stored for this measure and period"],
    ]
    assert editing.locator("pre").first.inner_text() == stored
    assert console == []


def test_a_point_stays_one_paragraph(editing, console):
    editing.locator("[role=textbox]").nth(1).focus()
    editing.keyboard.type("One ")
    editing.keyboard.press("Enter")
    paste(editing, "<p>two</p><ul><li>three</li></ul>")

    assert editing.input_value("[name=point]") == "One two three"
    assert console == []


def test_editors_that_come_later_work_and_keep_their_own_text(editing, console):
    editing.locator("[role=textbox]").nth(1).focus()
    editing.keyboard.type("Before")
    editing.evaluate(
        """() => {
          const later = document.querySelector("#later");
          const copy = document.querySelector("[name=point]").closest("rich-text-editor").cloneNode(true);
          later.append(copy, document.querySelector("template").content.cloneNode(true));
          later.querySelectorAll("textarea").forEach((textarea, i) => {
            textarea.id = textarea.name = `later-${i}`;
            textarea.setAttribute("aria-label", `Later ${i}`);
          });
        }"""
    )
    editing.get_by_role("textbox", name="Later 0").press_sequentially("More ")
    editing.get_by_role("textbox", name="Later 1").press_sequentially("New")

    assert editing.input_value("[name=later-0]") == "More Before"
    assert editing.input_value("[name=later-1]") == "New"
    assert editing.input_value("[name=point]") == "Before"
    assert violations(editing) == []
    assert console == []


def test_label_and_toolbar_lead_to_the_text_and_tab_leaves_it(editing):
    def has_focus():
        return editing.evaluate("document.activeElement.getAttribute('aria-labelledby')")

    editing.get_by_text("What we did").click()
    assert has_focus() == "id_text-label"
    editing.keyboard.press("Shift+Tab")
    assert editing.evaluate("document.activeElement.closest('[role=toolbar]').getAttribute('aria-labelledby')") == (
        "id_text-label"
    )
    editing.keyboard.press("Escape")
    assert has_focus() == "id_text-label"
    editing.keyboard.type("- in a list")
    editing.keyboard.press("Tab")
    assert editing.evaluate("document.activeElement.textContent") == "Keyboard help"
    editing.keyboard.press("Enter")
    expect(editing.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Tab; in a table Escape, then Tab")
    assert violations(editing) == []
    editing.keyboard.press("Escape")
    assert editing.evaluate("document.activeElement.textContent") == "Keyboard help"


def test_tab_walks_through_a_table_and_escape_lets_it_leave(editing, live_server):
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    editing.goto(f"{live_server.url}/?text={table}")
    box = editing.locator("[role=textbox]").first
    box.locator("th").first.click()
    about = editing.locator(".editor__foot").first

    expect(about).to_contain_text("To leave it, press Escape, then Tab.")
    editing.keyboard.press("Tab")
    editing.keyboard.type("!")
    editing.keyboard.press("Shift+Tab")
    editing.keyboard.type("?")
    for _ in range(4):
        editing.keyboard.press("Tab")
    editing.keyboard.type("e")
    editing.keyboard.press("Escape")
    editing.keyboard.press("Tab")

    assert box.locator("th, td").all_text_contents() == ["?", "!", "c", "d", "e", ""]
    assert editing.evaluate("document.activeElement.textContent") == "Keyboard help"


def test_the_menu_says_which_header_cells_a_table_has(editing, live_server):
    editing.goto(f"{live_server.url}/?text=<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>")
    editing.locator("[role=textbox] td").first.click()

    def checked():
        editing.get_by_role("button", name="Table").click()
        return [
            editing.get_by_role("menuitemcheckbox", name=f"Header {name}").is_checked() for name in ("row", "column")
        ]

    assert checked() == [True, False]
    editing.get_by_role("menuitemcheckbox", name="Header column").click()
    assert checked() == [True, True]
    editing.get_by_role("menuitemcheckbox", name="Header row").click()
    assert checked() == [False, True]


def test_everything_that_a_text_can_hold_comes_back_as_it_was_stored(editing, live_server, console):
    stored = (
        '<p>See <span data-ref="block:34"></span>, not <span data-ref="section:99"></span>.</p>\n'
        "<blockquote><p>a</p><p>b</p></blockquote>\n"
        '<figure><img data-image="7" alt="A &quot;wall&quot;"><figcaption>By <em>children</em></figcaption></figure>\n'
        '<figure><img data-image="8" alt=""></figure>\n'
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
        '<tbody><tr><th scope="row">c</th><td>d</td></tr></tbody></table>\n<p>e</p>'
    )

    editing.goto(f"{live_server.url}/?text={quote(stored)}")
    chips = editing.locator(".editor-reference")
    expect(chips.first).to_have_text("the chart “Panels” in section 4.1")
    expect(chips.nth(1)).to_have_text("[no such section]")
    expect(editing.get_by_text("This picture has no alternative text.")).to_be_visible()
    editing.locator("[role=textbox]").first.press("Control+End")
    editing.keyboard.type("x")
    editing.keyboard.press("Backspace")
    expect(editing.locator(".editor__count").first).to_have_text(f"{word_count(stored)} words")
    editing.get_by_role("button", name="Save").click()
    editing.wait_for_selector("pre")

    assert editing.locator("pre").first.inner_text() == stored
    assert console == []


def test_on_a_narrow_screen_the_rarer_tools_wait_behind_more(editing):
    editing.set_viewport_size({"width": 320, "height": 640})
    editing.locator("[role=textbox]").first.focus()

    walk_to(editing, "More")
    assert not editing.get_by_role("button", name="Quote").is_visible()
    editing.keyboard.press("Enter")
    assert editing.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    walk_to(editing, "Quote")
    assert editing.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(editing) == []
