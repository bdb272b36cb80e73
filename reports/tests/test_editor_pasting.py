"""What is pasted into the editor, from Word and from elsewhere, in a browser."""

import pytest
from django import forms
from playwright.sync_api import expect

from reports import editor
from reports.editor import RichTextField
from reports.tests.editor_page import paste, violations

pytestmark = [pytest.mark.browser, pytest.mark.urls("reports.tests.editor_page")]

FROM_WORD = """
<html><head><meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal {margin:0cm}</style></head><body>
<h1 style='color:red'>Child exploitation<o:p></o:p></h1>
<p class=MsoNormal style='margin:0cm'><span style='font-family:"Calibri"'>Panels met<a style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> every <b>month</b>.</span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='font-family:Symbol'>
<span style='mso-list:Ignore'>·<span>&nbsp; </span></span></span>missing</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o
<span>&nbsp; </span></span>from care</p>
<p class=MsoNormal><span lang=EN-GB>After</span><span lang=cy> diolch</span>
<img src="file:///c:/x.png" onerror="alert(1)"><script>alert(1)</script></p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>
<a href="#_ftnref1" name="_ftn1">[1]</a> Except in August.</p></div></div>
</body></html>
"""


def test_a_giant_paste_is_refused_before_it_is_read():
    with pytest.raises(forms.ValidationError, match=r"1,000,000 characters or fewer\. It has 1,000,001\."):
        RichTextField().clean("x" * (editor.MAX_HTML + 1))


def test_a_paste_from_word_keeps_structure_and_notes_and_drops_the_rest(editing, console):
    editing.locator("[role=textbox]").first.focus()
    paste(editing, FROM_WORD)

    assert editing.input_value("[name=text]") == (
        '<h3>Child exploitation</h3><p>Panels met<span data-note="Except in August."></span> every '
        "<strong>month</strong>.</p><ul><li><p>missing</p><ul><li><p>from care</p></li></ul></li></ul>"
        '<p>After<span lang="cy"> diolch</span></p>'
    )
    assert console == []


WORD_LIST = """<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>
<![endif]>first<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>a.<span>&nbsp; </span></span><![endif]>below<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>b.<span>&nbsp; </span></span><![endif]>below too<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>second<o:p></o:p></p>"""

WORD_TABLE = """<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<thead><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=200 valign=top style='width:150.25pt;border:solid'>
<p class=MsoNormal><b>District<o:p></o:p></b></p></td><td width=200><p class=MsoNormal>Children<o:p></o:p></p></td></tr>
</thead><tr style='mso-yfti-irow:1'><td width=200><p class=MsoNormal><b>Stafford<o:p></o:p></b></p></td><td>
<p class=MsoNormal>24<o:p></o:p></p></td></tr><tr style='mso-yfti-irow:2;mso-yfti-lastrow:yes'><td><p class=MsoNormal>
<b style='mso-bidi-font-weight:normal'>Total</b></p></td><td><p class=MsoNormal>24</p></td></tr></table>"""

WORD_QUOTES = """<p class=MsoQuote>Somebody who <i>stays</i>.<o:p></o:p></p><p class=MsoQuote>Somebody who listens.</p>
<p class=MsoNormal>Between</p><p class=MsoIntenseQuote style='margin:18.0pt 43.2pt'>Ask us.</p>"""

WORD_ON_THE_WEB = """<div class="OutlineElement"><p role="heading" aria-level="2"><span>Neglect</span></p></div>
<div class="ListContainerWrapper"><ul class="BulletListStyle1"><li data-aria-level="1">
<p><span>one</span></p></li></ul></div>
<div class="ListContainerWrapper"><ul><li data-aria-level="2"><p>below</p></li></ul></div>
<div class="ListContainerWrapper"><ul><li data-aria-level="1"><p>two</p></li></ul></div>"""

BOLD_HEADS = "<table><tr><td><b>a</b></td><td><strong>b</strong></td></tr><tr><td>c</td><td>d</td></tr></table>"


@pytest.mark.parametrize(
    ("pasted", "saved"),
    [
        (WORD_LIST, "<ol><li>first<ol><li>below</li><li>below too</li></ol></li><li>second</li></ol>"),
        (
            WORD_TABLE,
            '<table><thead><tr><th scope="col">District</th><th scope="col">Children</th></tr></thead>'
            '<tbody><tr><th scope="row">Stafford</th><td>24</td></tr><tr><th scope="row">Total</th><td>24</td></tr>'
            "</tbody></table>",
        ),
        (
            WORD_QUOTES,
            "<blockquote><p>Somebody who <em>stays</em>.</p><p>Somebody who listens.</p></blockquote>\n"
            "<p>Between</p>\n<blockquote><p>Ask us.</p></blockquote>",
        ),
        (WORD_ON_THE_WEB, "<h3>Neglect</h3>\n<ul><li>one<ul><li>below</li></ul></li><li>two</li></ul>"),
        (
            BOLD_HEADS,
            '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
            "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>",
        ),
    ],
)
def test_a_paste_from_word_keeps_lists_tables_and_quotes(editing, console, pasted, saved):
    editing.locator("[role=textbox]").first.focus()
    paste(editing, f"<html><body lang=EN-GB><!--StartFragment-->{pasted}<!--EndFragment--></body></html>")

    assert RichTextField().clean(editing.input_value("[name=text]")) == saved
    assert console == []


HOSTILE = [
    ("<script>alert(1)</script><p onclick='alert(1)' style='color:red'>a</p><style>p{}</style>", "<p>a</p>"),
    ("<p><a href='javascript:alert(1)'>a</a> <a href=' java\tscript:alert(1)'>b</a></p>", "<p>a b</p>"),
    (
        "<p>a</p><iframe src='https://example.org'></iframe><object data='x'></object><svg onload='alert(1)'></svg>",
        "<p>a</p>",
    ),
    ("<figure><img src='https://example.org/x.png' onerror='alert(1)'><figcaption>a</figcaption></figure>", "<p>a</p>"),
    ("<p>a\u200b\u202eb\u200f \ufeff👩‍👧</p>", "<p>ab 👩‍👧</p>"),
    (
        "<table><tr><td>a" * 30,
        f"<table><tbody><tr><td><p>a</p><p>{' '.join('a' * 29)}</p></td></tr></tbody></table>",
    ),
]


@pytest.mark.parametrize(("pasted", "saved"), HOSTILE)
def test_a_hostile_paste_leaves_only_its_words(editing, console, pasted, saved):
    editing.locator("[role=textbox]").first.focus()
    paste(editing, pasted)

    assert RichTextField().clean(editing.input_value("[name=text]")) == saved
    assert console == []


@pytest.mark.parametrize(
    "html", ["<p>" + "x" * 1_000_000 + "</p>", "<p>word </p>" * 50_000, "<p>some words</p>" * 120_000]
)
def test_a_paste_that_is_no_text_is_refused_with_a_reason(editing, html, console):
    editing.locator("[role=textbox]").first.focus()
    paste(editing, html)

    expect(editing.get_by_role("dialog", name="This cannot be pasted")).to_be_visible()
    assert violations(editing) == []
    editing.keyboard.press("Escape")
    assert editing.input_value("[name=text]") == ""
    assert console == []


def word_item(name, marker, words, level=1):
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:{name.replace(' ', f' level{level} ')}'>"
        f"<span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span>{words}</p>"
    )


@pytest.mark.parametrize(
    ("items", "saved"),
    [
        (
            [("l1 lfo1", "·", "a"), ("l1 lfo1", "·", "b"), ("l0 lfo2", "1.", "c"), ("l0 lfo2", "2.", "d")],
            "<ul><li>a</li><li>b</li></ul>\n<ol><li>c</li><li>d</li></ol>",
        ),
        ([("l0 lfo1", "1.", "a"), ("l0 lfo2", "1.", "b")], "<ol><li>a</li></ol>\n<ol><li>b</li></ol>"),
        ([("l0 lfo1", "·", "a"), ("l0 lfo1", "1.", "b")], "<ul><li>a</li></ul>\n<ol><li>b</li></ol>"),
        (
            [("l0 lfo1", "1.", "a"), ("l2 lfo3", "·", "below", 2), ("l0 lfo1", "2.", "b")],
            "<ol><li>a<ul><li>below</li></ul></li><li>b</li></ol>",
        ),
    ],
)
def test_another_list_in_word_is_another_list_here(editing, items, saved):
    editing.locator("[role=textbox]").first.focus()
    paste(editing, "".join(word_item(*item) for item in items))

    assert RichTextField().clean(editing.input_value("[name=text]")) == saved


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("<table><tr><td>C</td><td>1</td></tr><tr><td><p>D</p></td><td><p>2</p></td></tr></table>", "C 1 D 2"),
        ("<h2>a</h2><div>b</div><ul><li>c<ul><li>d</li></ul></li></ul>e<br>f", "a b c d e f"),
    ],
)
def test_cells_and_blocks_pasted_into_a_point_stay_words_of_their_own(editing, pasted, words):
    editing.locator("[role=textbox]").nth(1).focus()
    paste(editing, pasted)

    assert editing.input_value("[name=point]").strip() == words


def test_a_table_within_a_cell_becomes_paragraphs_of_the_cell(editing, console):
    inner = "<table><tr><td><p>b</p></td><td>1</td></tr><tr><td>c</td><td>2</td></tr></table>"
    editing.locator("[role=textbox]").first.focus()
    paste(editing, f"<table><tr><td>a{inner}</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>")

    assert RichTextField().clean(editing.input_value("[name=text]")) == (
        "<table><tbody><tr><td><p>a</p><p>b 1</p><p>c 2</p></td><td>d</td></tr>"
        "<tr><td>e</td><td>f</td></tr></tbody></table>"
    )
    assert console == []


def test_pictures_that_a_paste_leaves_out_are_said_until_somebody_writes_on(editing):
    said = editing.locator(".editor__said").first
    editing.locator("[role=textbox]").first.focus()

    paste(editing, "<p>a</p><!--[if gte vml 1]><img src=x><![endif]--><img src='file:///c:/a.png'>")
    expect(said).to_have_text("1 picture was left out: add it with Picture.")
    assert violations(editing) == []
    paste(editing, "<p>b<img src='a.png'><img src='b.png'></p>")
    expect(said).to_have_text("2 pictures were left out: add them with Picture.")
    editing.keyboard.type("c")
    expect(said).to_have_text("")
    editing.locator("[role=textbox]").nth(1).focus()
    paste(editing, "<p>d<img src='a.png'></p>")

    expect(editing.locator(".editor__said").nth(1)).to_have_text("1 picture was left out.")
