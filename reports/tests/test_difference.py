from dataclasses import replace
from html import escape

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent
from reports.difference import Line, Piece, compare, compare_texts, render
from reports.richtext import clean, plain_text

FIGURE = '<span data-figure="MACE" data-period="2022-23" data-show="value"></span>'

EXAMPLES = 5_000
"""Two laws, each held against so many examples: 10,000 together."""

WORDS = {
    "a": "the", "b": "children", "c": "police,", "d": "met.", "e": "1,200", "f": "don’t", "g": "<strong>all</strong>",
    "h": "a &amp; b", "i": "(May)", "j": FIGURE, "k": "</p><p>", "l": "</p><h3>New</h3><p>",
    "m": "</p><ul><li>One</li></ul><p>",
}  # fmt: skip


@st.composite
def two_texts(draw):
    """A text, and what somebody made of it."""
    letters = draw(st.text("abcdefghijklm", max_size=30))
    new = list(letters)
    for where, count, other in draw(
        st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9), st.text("abcdefghijklm", max_size=9)), max_size=3)
    ):
        new[where : where + count] = other
    return html(letters), html(new)


def html(letters):
    return clean(f"<p>{' '.join(WORDS[letter] for letter in letters)}</p>")


def words(lines, *fates):
    return " \n ".join("".join(piece.text for piece in line.pieces if piece.fate in fates) for line in lines).split()


@settings(max_examples=EXAMPLES)
@given(two_texts())
def test_kept_and_removed_words_are_the_old_text_kept_and_added_the_new(texts):
    old, new = texts

    lines = compare_texts(old, new)

    assert words(lines, "kept", "removed") == plain_text(old).split()
    assert words(lines, "kept", "added") == plain_text(new).split()


@settings(max_examples=EXAMPLES)
@given(two_texts())
def test_what_is_rendered_is_safe_and_says_the_same(texts):
    old, new = texts
    lines = compare_texts(old, new)

    tree = lxml.html.fromstring(render(lines))

    for told in tree.find_class("govuk-visually-hidden") + tree.find_class("portal-difference__remark"):
        told.drop_tree()
    assert {element.tag for element in tree.iter()} <= {"div", "p", "ul", "li", "ins", "del"}
    for fate, tag, text in (("removed", "ins", old), ("added", "del", new)):
        other = lxml.html.fromstring(lxml.html.tostring(tree, encoding="unicode"))
        for element in list(other.iter(tag)):
            element.drop_tree()
        assert squeezed(other.text_content()) == squeezed(plain_text(text)), fate


def squeezed(text):
    return "".join(text.split())


def kept(text, shape="text"):
    return Line(shape, (Piece("kept", text),))


def test_a_text_compared_with_itself_is_kept():
    text = clean(f"<h3>Head</h3><p>Ten {FIGURE}<br>met.</p><ul><li>a<ul><li>b</li></ul></li></ul>")

    lines = compare_texts(text, text)

    assert lines == [kept("Head", "heading"), kept("Ten [MACE] met."), kept("a", "point"), kept("b", "point")]
    assert all(line.is_kept for line in lines)


def test_words_removed_and_added_within_a_paragraph():
    lines = compare_texts("<p>Ten children met the board in May.</p>", "<p>Ten boys met the board in May, with us.</p>")

    assert lines == [
        Line(
            "text",
            (
                Piece("kept", "Ten"),
                Piece("removed", " children"),
                Piece("added", " boys"),
                Piece("kept", " met the board in May"),
                Piece("added", ", with us"),
                Piece("kept", "."),
            ),
        )
    ]
    assert not lines[0].is_kept


def test_a_word_kept_between_two_long_changes_is_told_as_changed():
    lines = compare_texts(
        "<p>We met every second week of the summer in the hall</p>",
        "<p>We met every second month, whenever the children could come with us in the hall</p>",
    )

    assert lines[0].pieces == (
        Piece("kept", "We met every second"),
        Piece("removed", " week of the summer"),
        Piece("added", " month, whenever the children could come with us"),
        Piece("kept", " in the hall"),
    )


def test_lines_put_in_taken_out_and_changed():
    lines = compare_texts(
        "<p>One stays.</p>\n<p>Two goes away.</p>\n<p>Three has been changed.</p>",
        "<p>Nought is new.</p>\n<p>One stays.</p>\n<p>Three has changed.</p>",
    )

    assert lines == [
        Line("text", (Piece("added", "Nought is new."),)),
        kept("One stays."),
        Line("text", (Piece("removed", "Two goes away."),)),
        Line("text", (Piece("kept", "Three has"), Piece("removed", " been"), Piece("kept", " changed."))),
    ]


def test_a_change_of_looks_alone_is_said():
    lines = compare_texts(
        "<p>All met.</p>\n<p>Same</p>\n<p>Next</p>", "<p><strong>All</strong> met.</p>\n<p>Same</p>\n<h3>Next</h3>"
    )

    assert [(line.shape, line.is_reformatted, line.is_kept) for line in lines] == [
        ("text", True, False),
        ("text", False, True),
        ("heading", True, False),
    ]


def test_a_row_of_a_table_is_one_line_and_a_note_is_shown():
    old = clean(
        "<table><tr><th>Year</th><th>Number</th></tr><tr><td>2021</td><td><p>4</p><p>or 5</p></td></tr></table>"
    )
    new = old.replace("2021", '2022<span data-note="Provisional"></span>')

    lines = compare_texts(old, new)

    assert lines == [
        kept("Year | Number", "row"),
        Line(
            "row",
            (
                Piece("removed", "2021"),
                Piece("added", "2022 [note: Provisional]"),
                Piece("kept", " | 4 or 5"),
            ),
        ),
    ]


def test_quotes_pictures_and_references_are_compared():
    old = clean('<blockquote><p>We were heard.</p></blockquote><p>See <span data-ref="section:12"></span>.</p>')
    new = old + '\n<figure><img data-image="3" alt="Four children"><figcaption>At the hall</figcaption></figure>'

    lines = compare_texts(old, new)

    assert lines == [
        kept("We were heard."),
        kept("See [section:12]."),
        Line("text", (Piece("added", "[picture: Four children]"),)),
        Line("text", (Piece("added", "At the hall"),)),
    ]


def test_every_field_of_a_block_is_compared():
    old = BlockContent(
        heading="What we did",
        body="<p>Text.</p>",
        source="Returns",
        items=(ItemContent("Fewer children wait for help", 1), ItemContent("More come", 2)),
        quotations=(QuotationContent("I was asked.", "A girl"),),
        measures=(MeasureContent(1, 1),),
    )
    new = replace(
        old,
        heading="",
        items=(ItemContent("Fewer children wait for help", 1, "audit", "Audit of May"), ItemContent("More come", 2)),
        measures=(MeasureContent(1, 1), MeasureContent(2, 1)),
    )

    lines = compare(old, new, measure=lambda row: f"Measure {row.measure_id}")

    assert lines == [
        Line("heading", (Piece("removed", "What we did"),)),
        kept("Text."),
        Line("point", (Piece("kept", "Fewer children wait for help"), Piece("added", " (An audit: Audit of May)"))),
        kept("More come", "point"),
        kept("“I was asked.” A girl"),
        kept("Measure 1", "row"),
        Line("row", (Piece("added", "Measure 2"),)),
        kept("Returns", "source"),
    ]


def test_figures_are_shown_in_the_words_that_are_given():
    lines = compare_texts(f"<p>{FIGURE} met</p>", f"<p>{FIGURE} met</p>", figure=lambda token: f"610 ({token.show})")

    assert lines == [kept("610 (value) met")]


def test_render_tells_in_words_what_was_added_and_removed():
    rendered = render(compare_texts("<ul><li>Ten met</li></ul>", "<ul><li>Six met</li><li>a &lt; b</li></ul>"))

    assert rendered == (
        '<div class="portal-difference"><ul class="govuk-list govuk-list--bullet">'
        '<li class="portal-difference__point">'
        '<del><span class="govuk-visually-hidden">removed: </span>Ten'
        '<span class="govuk-visually-hidden">, end of removed words</span></del> '
        '<ins><span class="govuk-visually-hidden">added: </span>Six'
        '<span class="govuk-visually-hidden">, end of added words</span></ins> met</li>'
        '<li class="portal-difference__point">'
        '<ins><span class="govuk-visually-hidden">added: </span>a &lt; b'
        '<span class="govuk-visually-hidden">, end of added words</span></ins></li>'
        "</ul></div>"
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_render_escapes_what_it_is_given(text):
    rendered = render(compare_texts(f"<p>{escape(text)}</p>", "<p>other</p>", figure=lambda token: text))

    assert text not in rendered


def test_long_texts_with_nothing_in_common_are_compared():
    old, new = (
        "\n".join(f"<p>{' '.join(f'{own}{n % 97} the' for n in range(150))}</p>" for _ in range(60)) for own in "ab"
    )

    lines = compare_texts(old, new)

    assert {piece.fate for line in lines for piece in line.pieces} == {"removed", "added"}
