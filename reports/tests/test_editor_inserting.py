"""Pictures, and figures that are offered for a number, in a browser."""

import pytest
from playwright.sync_api import expect

from reports.tests.editor_page import CHANGE, FIGURE, paste, picture, violations

pytestmark = [pytest.mark.browser, pytest.mark.urls("reports.tests.editor_page")]


def test_a_picture_needs_words_for_those_who_cannot_see_it_and_a_reason_is_given_where_it_is_refused(editing, tmp_path):
    (tmp_path / "good.png").write_bytes(picture())
    (tmp_path / "bad.png").write_bytes(b"GIF89a")
    editing.locator("[role=textbox]").first.focus()
    editing.get_by_role("button", name="Picture").click()
    dialog = editing.get_by_role("dialog", name="Add a picture")
    add = dialog.get_by_role("button", name="Add picture")

    add.click()
    expect(dialog.locator(".govuk-error-message:visible")).to_have_text("Error: Choose a picture")
    dialog.get_by_label("Picture", exact=True).set_input_files(tmp_path / "bad.png")
    add.click()
    expect(dialog.get_by_text("Error: Enter what the picture shows")).to_be_visible()
    assert violations(editing) == []
    dialog.get_by_label("Alternative text").fill("A wall")
    add.click()
    expect(dialog.get_by_text("A report takes pictures as JPEG or PNG.")).to_be_visible()
    dialog.get_by_label("Picture", exact=True).set_input_files(tmp_path / "good.png")
    add.click()
    expect(dialog).to_have_count(0)
    editing.get_by_role("button", name="Change picture").click()
    editing.get_by_role("dialog").get_by_label("Alternative text").fill("A painted wall")
    editing.keyboard.press("Tab")
    editing.keyboard.press("Enter")

    assert editing.input_value("[name=text]") == (
        '<figure><img data-image="7" alt="A painted wall"><figcaption></figcaption></figure>'
    )


def test_a_picture_that_is_pasted_asks_for_its_words(editing, console):
    editing.locator("[role=textbox]").first.focus()
    editing.evaluate(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "pasted.png", {type: "image/png"}));
          const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(event);
        }""",
        list(picture()),
    )
    editing.get_by_role("dialog").get_by_label("Alternative text").fill("A wall")
    editing.get_by_role("button", name="Add picture").click()
    editing.wait_for_selector("dialog", state="detached")

    assert editing.input_value("[name=text]").startswith('<figure><img data-image="7" alt="A wall">')
    assert console == []


def test_a_number_that_is_a_stored_figure_is_offered_and_taken_with_the_keyboard(editing):
    offer = editing.locator(".editor__about").first
    editing.locator("[role=textbox]").first.focus()
    editing.keyboard.type("In all 610")

    expect(offer).to_have_text("610 is Children discussed at MACE, May 2022 to April 2023. Use the figure?")
    assert violations(editing) == []
    editing.keyboard.press("Alt+Enter")
    editing.keyboard.type(" children, up 20%")
    expect(offer).to_contain_text("20% is change in per cent of Children discussed at MACE")
    editing.get_by_role("button", name="No", exact=True).click()
    editing.keyboard.type(" or 20%")
    editing.wait_for_timeout(800)

    assert offer.inner_text() == ""
    assert editing.input_value("[name=text]") == f"<p>In all {FIGURE} children, up 20% or 20%</p>"


@pytest.mark.parametrize(
    "typed", ["6", "2022", "610/", "March 20", "section 610", "1610", "x610", "610:30", "10–610", "610,5"]
)
def test_a_year_a_date_or_another_number_is_not_offered(editing, typed):
    asked = []
    editing.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    editing.locator("[role=textbox]").first.focus()
    editing.keyboard.type(typed)
    editing.wait_for_timeout(800)

    assert editing.locator(".editor__about").first.inner_text() == ""
    assert [url for url in asked if "q=1610" not in url] == []


def test_every_number_of_a_changed_paragraph_is_looked_through_not_only_the_one_at_the_cursor(editing):
    offer = editing.locator(".editor__about").first
    editing.locator("[role=textbox]").first.focus()

    editing.keyboard.type("Of 44 we saw 610 children, up 20%, in all.")
    expect(offer).to_contain_text("610 is Children discussed at MACE")
    editing.keyboard.type(" More.")
    editing.wait_for_timeout(800)
    expect(offer).to_contain_text("610 is Children discussed at MACE")
    editing.keyboard.press("Alt+Enter")
    expect(offer).to_contain_text("20% is change in per cent of Children discussed at MACE")
    editing.keyboard.press("Alt+Enter")
    editing.keyboard.type(" End.")
    editing.wait_for_timeout(800)

    assert offer.inner_text() == ""
    assert (
        editing.input_value("[name=text]") == f"<p>Of 44 we saw {FIGURE} children, up {CHANGE}, in all. More. End.</p>"
    )


def test_numbers_of_a_pasted_text_are_offered(editing):
    offer = editing.locator(".editor__about").first
    editing.locator("[role=textbox]").first.focus()

    paste(editing, "<p>We saw 610 children.</p><p>In the end.</p>")
    expect(offer).to_contain_text("610 is Children discussed at MACE")
    editing.get_by_role("button", name="Use it").click()

    expect(offer).to_have_text("")
    assert editing.input_value("[name=text]") == f"<p>We saw {FIGURE} children.</p><p>In the end.</p>"


def test_an_offer_that_somebody_walks_away_from_does_not_come_back_by_itself(editing):
    offer = editing.locator(".editor__about").first
    editing.locator("[role=textbox]").first.focus()
    editing.keyboard.type("We saw 610 children")
    expect(offer).to_contain_text("610 is")

    editing.keyboard.press("Home")

    expect(offer).to_have_text("")
