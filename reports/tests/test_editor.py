"""The form fields and their widgets; what the editor does in a browser stand in test_editor_*.py."""

import pytest
from django import forms

from reports import editor
from reports.editor import InlineRichTextField, RichTextField
from reports.tests.editor_page import FIGURE, EditorForm


def test_field_gives_clean_rich_text():
    value = RichTextField().clean(f"<h1>Head</h1>\r\n<p onclick='x'>In all <b>{FIGURE}</b></p><p></p>")

    assert value == f"<h3>Head</h3>\n<p>In all <strong>{FIGURE}</strong></p>"


def test_inline_field_gives_one_run_of_words():
    assert InlineRichTextField().clean(f"<p>Fewer {FIGURE}</p><p>waits</p>") == f"Fewer {FIGURE} waits"


@pytest.mark.parametrize("empty", ["", " ", "<p></p>", "<p>&nbsp;</p><ul><li></li></ul>"])
def test_required_field_wants_words_not_mark_up(empty):
    with pytest.raises(forms.ValidationError) as error:
        RichTextField().clean(empty)

    assert error.value.code == "required"


def test_longest_text_is_counted_in_what_is_read():
    field = RichTextField(max_length=5)

    assert field.clean("<p><strong>12345</strong></p>") == "<p><strong>12345</strong></p>"
    with pytest.raises(forms.ValidationError, match=r"Text must be 5 characters or fewer\. It has 6\."):
        field.clean("<p>123456</p>")


def test_a_word_that_is_no_word_is_refused_with_a_reason():
    with pytest.raises(forms.ValidationError, match=r"a word of 101 characters"):
        RichTextField().clean("<p>a " + "x" * 101 + "</p>")


@pytest.mark.parametrize("text", ["x" * 100, "(https://example.org/" + "x" * 500 + ")", "www.example.org/" + "x" * 500])
def test_a_long_word_and_the_address_of_a_link_may_stand_in_the_text(text):
    assert RichTextField().clean(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_an_address_that_is_not_seen_counts_for_nothing():
    link = f'<p><a href="https://example.org/{"x" * 1_500}">Report</a></p>'

    assert RichTextField().clean(link) == link


def test_more_notes_than_a_text_can_have_are_refused_with_a_reason():
    note = '<span data-note="See there"></span>'

    assert RichTextField().clean(f"<p>a{note * 300}</p>")
    with pytest.raises(forms.ValidationError, match=r"Text must have 300 notes or fewer\. It has 301\."):
        RichTextField().clean(f"<p>a{note * 301}</p>")


def test_joined_cells_count_as_all_that_they_cover():
    cell = '<td colspan="50" rowspan="50">a</td>'

    assert RichTextField().clean(f"<table><tr>{cell * 2}</tr></table>" * 2)
    with pytest.raises(forms.ValidationError, match=r"5,000 cells or fewer\. One has 5,001"):
        RichTextField().clean(f"<table><tr>{cell * 2}<td>b</td></tr></table>")


def test_more_mark_up_than_a_person_writes_is_refused_with_a_reason():
    with pytest.raises(forms.ValidationError, match="more formatting than can be saved"):
        RichTextField().clean("<div>" * 20_000)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<p>a<span data-note="{}"></span></p>', "A note must be 2,000 characters or fewer. One has 2,001."),
        ('<img data-image="7" alt="{}">', "An alternative text must be 2,000 characters or fewer. One has 2,001."),
    ],
)
def test_what_is_written_beside_the_text_has_a_length_too(html, reason):
    assert RichTextField().clean(html.format("x" * editor.MAX_ASIDE))
    with pytest.raises(forms.ValidationError) as error:
        RichTextField().clean(html.format("x" * (editor.MAX_ASIDE + 1)))

    assert error.value.messages == [reason]


def test_a_text_that_came_back_untouched_has_not_changed():
    field = RichTextField()
    stored = field.clean("<h3>Head</h3><ul><li>one</li></ul><table><tr><th>a</th></tr><tr><td>b</td></tr></table>")

    assert not field.has_changed(stored, stored.replace("\n", "\r\n"))
    assert field.has_changed(stored, stored + "<p>more</p>")


@pytest.mark.urls("reports.tests.editor_page")
def test_widget_names_the_kind_of_text_and_the_endpoint():
    form = EditorForm()

    assert '<rich-text-editor class="editor" hx-history="false"><textarea name="text" data-editor="blocks"' in str(
        form["text"]
    )
    assert 'data-figures-url="/figures/"' in str(form["text"])
    assert 'data-editor="words"' in str(form["point"])
    assert "data-figures-url" not in RichTextField().widget.render("text", "")
    assert str(form.media) == '<script src="/static/editor/editor.js" type="module"></script>'
