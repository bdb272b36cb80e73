import re
import tomllib
from html import escape
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import richtext
from reports.richtext import (
    FigureToken,
    Picture,
    Reference,
    TooMuchMarkup,
    clean,
    clean_inline,
    figure_tokens,
    note_texts,
    pictures,
    plain_text,
    references,
)

FIGURE = '<span data-figure="MACE_CHILDREN" data-period="may22-apr23" data-show="value"></span>'
NOTE = '<span data-note="Worked back from the rise."></span>'
REFERENCE = '<span data-ref="section:12"></span>'
PICTURE = '<figure><img data-image="7" alt="A wall of drawings"><figcaption>By <em>children</em></figcaption></figure>'

KEPT = {
    "p": set(),
    "h3": set(),
    "h4": set(),
    "ul": set(),
    "ol": set(),
    "li": set(),
    "strong": set(),
    "em": set(),
    "br": set(),
    "a": {"href"},
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "blockquote": set(),
    "figure": set(),
    "figcaption": set(),
    "img": {"data-image", "alt"},
    "span": {"data-figure", "data-period", "data-show", "data-note", "data-ref", "lang"},
}

# Pieces that make hostile and sloppy HTML when put together in any order
PIECES = st.one_of(
    st.sampled_from(
        [f"<{tag}>" for tag in [*KEPT, "b", "i", "h1", "h2", "h6", "div", "font", "caption", "dl", "hr"]]
        + [f"</{tag}>" for tag in [*KEPT, "b", "i", "h1", "h2", "div", "caption"]]
        + [
            FIGURE,
            NOTE,
            REFERENCE,
            PICTURE,
            '<img data-image="7" alt="&quot;><script>" src="x" onerror="alert(1)">',
            '<img data-image="7 onerror=alert(1)">',
            '<span data-ref="section:12&quot;><script>">',
            '<span data-ref="javascript:1">',
            '<span data-figure="X" data-period="2022-23" data-show="value">610<b>',
            '<span data-figure="&quot;><script>" data-period="" data-show="value">',
            "<span data-note='\"><img src=x onerror=alert(1)>'>",
            '<a href="https://example.org/?a=1&amp;b=2" onclick="alert(1)">',
            '<a href="javascript:alert(1)">',
            '<a href="java\tscript:alert(1)">',
            '<a href="&#106;avascript:alert(1)">',
            '<a href="data:text/html,x">',
            '<p style="background:url(javascript:1)" class="MsoNormal">',
            '<span lang="cy">',
            '<p lang="CY-gb&quot;><script>">',
            '<li lang="pl">',
            "<script>alert(1)</script>",
            "<style>p{}</style>",
            "<svg><script>alert(1)</script>",
            "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
            "<!--[if mso]><p>x</p><![endif]-->",
            "<img src=x onerror=alert(1)>",
            '<td colspan="2" rowspan="3">',
            '<th colspan="1000000" scope="evil">',
            "<o:p>&nbsp;</o:p>",
            "&nbsp;",
            "&lt;script&gt;",
            "&#8203;",
            "&#x202e;",
            "\u200b",
            "\u200d",
            "👩‍👧",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "\u202e",
            "\x00",
            "\ud800",
            " ",
            "\n",
            "<",
            "&",
        ]
    ),
    st.text(max_size=8),
)
ANY_HTML = st.lists(PIECES, max_size=30).map("".join)


def elements(html):
    return list(lxml.html.fragment_fromstring(html, create_parent="main").iterdescendants())


def by_code(token):
    return f"[{token.code}]"


def resolve(html, **changes):
    """Figures as their codes and references as their targets, in brackets; no notes and no pictures."""
    shown = {"figure": by_code, "note": lambda text: "", "reference": "[{}]".format, "picture": lambda picture: ""}
    return richtext.resolve(html, **({"heading_level": 4} | shown | changes))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            '<p>Said <span lang="CY">diolch <i>am</i></span>.</p>',
            '<p>Said <span lang="cy">diolch <em>am</em></span>.</p>',
        ),
        (
            '<blockquote lang="pt-BR"><p>Um</p><p>dois</p></blockquote>',
            '<blockquote><p><span lang="pt-BR">Um</span></p><p><span lang="pt-BR">dois</span></p></blockquote>',
        ),
        (
            '<p lang="cy">Da <span lang="en-US">good</span></p>',
            '<p><span lang="cy">Da </span>good</p>',
        ),
        (
            '<p lang="x-none"><span lang="EN-GB">Plain</span> <b lang="c y">words</b></p>',
            "<p>Plain <strong>words</strong></p>",
        ),
    ],
)
def test_passages_keep_their_language_but_english(given, kept):
    assert clean(given) == kept


@given(ANY_HTML)
def test_clean_is_idempotent(html):
    once = clean(html)

    assert clean(once) == once


@given(ANY_HTML)
def test_clean_inline_is_idempotent_and_agrees_with_clean(html):
    once = clean_inline(html)

    assert clean_inline(once) == once
    assert clean_inline(clean(html)) == once


@given(ANY_HTML)
def test_nothing_forbidden_survives_clean(html):
    cleaned = clean(html)

    for element in elements(cleaned):
        assert set(element.attrib) <= KEPT[element.tag]
        assert re.match("https?://|mailto:|$", element.get("href", ""))
        if element.tag == "span":
            assert element.get("lang") or (len(element) == 0 and not element.text)
        if element.tag == "img":
            assert element.get("data-image").isdecimal()
    assert not re.search("[\x00-\x08\u200b\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", cleaned)


@given(ANY_HTML)
def test_clean_keeps_to_the_shape_that_it_promises(html):
    parents = {
        "p": {"main", "li", "td", "th", "blockquote"},
        "h3": {"main"},
        "h4": {"main"},
        "table": {"main"},
        "blockquote": {"main"},
        "figure": {"main"},
        "img": {"figure"},
        "figcaption": {"figure"},
        "ul": {"main", "li", "td", "th"},
        "ol": {"main", "li", "td", "th"},
        "li": {"ul", "ol"},
        "thead": {"table"},
        "tbody": {"table"},
        "tr": {"thead", "tbody"},
        "th": {"tr"},
        "td": {"tr"},
    }

    for element in elements(clean(html)):
        assert element.getparent().tag in parents.get(element.tag, {element.getparent().tag})
        assert sum(ancestor.tag in {"ul", "ol"} for ancestor in element.iterancestors("ul", "ol")) <= 2
        if element.tag in {"p", "h3", "h4", "ul", "ol"}:
            assert plain_text(lxml.html.tostring(element, encoding="unicode")) or element.findall(".//span")


@given(ANY_HTML)
def test_resolve_loses_no_text(html):
    cleaned = clean(html)

    assert plain_text(resolve(cleaned)) == plain_text(cleaned)


def test_a_reference_that_shows_nothing_begins_a_sentence():
    assert resolve('<p><span data-ref="section:12"></span></p>', reference=lambda reference: "") == "<p></p>"


@given(ANY_HTML)
def test_resolve_gives_everything_in_its_place_in_reading_order(html):
    cleaned = clean(html)
    seen = {"figure": [], "note": [], "reference": [], "picture": []}

    resolve(cleaned, **{kind: lambda thing, of=of: of.append(thing) or "" for kind, of in seen.items()})

    assert seen == {
        "figure": figure_tokens(cleaned),
        "note": note_texts(cleaned),
        "reference": references(cleaned),
        "picture": pictures(cleaned),
    }


@given(st.lists(st.text(alphabet="abcdefgh <>&\"'", min_size=1), min_size=1))
def test_clean_keeps_every_word_of_a_document(paragraphs):
    html = "".join(f"<div><p>{escape(text)}</p></div>" for text in paragraphs)

    assert plain_text(clean(html)).split() == " ".join(paragraphs).split()


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("<p>&nbsp;</p><p><br></p><ul><li></li></ul><h3> </h3>", ""),
        ("words", "<p>words</p>"),
        ("<p>  two\n words </p>", "<p>two words</p>"),
        ("<div>one</div><div>two</div>", "<p>one</p>\n<p>two</p>"),
        ("<p>a <b>b <i>c</i></b> <em>d</em></p>", "<p>a <strong>b <em>c</em></strong> <em>d</em></p>"),
        ("<p><i>a<b>b</b></i></p>", "<p><em>a</em><strong><em>b</em></strong></p>"),
        ("<p><b>a</b><strong>b</strong></p>", "<p><strong>ab</strong></p>"),
        ("<p>a<br></p>", "<p>a</p>"),
        ("<p>a <br> b</p>", "<p>a<br>b</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p>a​b&#x202e;c</p>", "<p>abc</p>"),
        ("<p>a\u2028b</p>", "<p>a b</p>"),
        ("<p>👍</p>", "<p>👍</p>"),
        ("<script>alert(1)</script><p onclick='x' style='y'>a</p>", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>a</a>", "<p>a</p>"),
        ("<a href='/admin/'>a</a>", "<p>a</p>"),
        ("<a href='HTTPS://a.uk' target=_blank>a</a>", '<p><a href="HTTPS://a.uk">a</a></p>'),
        ("<a href='mailto:a@b.uk'>a</a>", '<p><a href="mailto:a@b.uk">a</a></p>'),
    ],
)
def test_clean_words(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<h1>a</h1><h2>b</h2><h5>c</h5>", "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>"),
        ("<h3>a</h3><h4>b</h4>", "<h3>a</h3>\n<h4>b</h4>"),
        ("<h4>a</h4>", "<h3>a</h3>"),
        ("<h4>a</h4><h3>b</h3><h4>c</h4>", "<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>"),
        ("<ul><li><h3>a</h3></li></ul>", "<ul><li>a</li></ul>"),
    ],
)
def test_clean_headings(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li></ul>",
            "<ul><li>a<ul><li>b</li><li>c</li><li>d</li></ul></li></ul>",
        ),
        ("<ul><li>a<table><tr><td>b</td></tr></table></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ],
)
def test_clean_lists(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><th>c</th><td><p>d</p></td></tr></table>",
            '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
            '<tbody><tr><th scope="row">c</th><td>d</td></tr></tbody></table>',
        ),
        ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        (
            "<table><tr><th rowspan=2>a</th></tr><tr><td>b</td></tr></table>",
            '<table><tbody><tr><th scope="row" rowspan="2">a</th></tr><tr><td>b</td></tr></tbody></table>',
        ),
        (
            "<table><caption>Cap</caption><tr><td colspan=2>a<table><tr><td>b</td></tr></table></td></tr></table>",
            '<p>Cap</p>\n<table><tbody><tr><td colspan="2"><p>a</p><p>b</p></td></tr></tbody></table>',
        ),
        (
            "<table><tr><td></td><td>a</td></tr></table>",
            "<table><tbody><tr><td></td><td>a</td></tr></tbody></table>",
        ),
    ],
)
def test_clean_tables(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
        (
            "<blockquote><p>a</p><h2>b</h2><ul><li>c<ul><li>d</li></ul></li></ul></blockquote>",
            "<blockquote><p>a</p><p>b</p><p>c</p><p>d</p></blockquote>",
        ),
        ("<blockquote><blockquote>a</blockquote></blockquote>", "<blockquote><p>a</p></blockquote>"),
        (
            "<blockquote>a<table><tr><td>b</td></tr></table></blockquote>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        ("<ul><li><blockquote>a</blockquote></li></ul>", "<ul><li>a</li></ul>"),
        ("<blockquote> </blockquote>", ""),
    ],
)
def test_clean_quotes(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (PICTURE, PICTURE),
        (
            '<p>a<img data-image="7" src="x" onerror="y">b</p>',
            '<p>a</p>\n<figure><img data-image="7" alt=""></figure>\n<p>b</p>',
        ),
        (
            '<figure><img data-image="7" alt=" a\n b "><figcaption><p>c</p><ul><li>d</li></ul></figcaption></figure>',
            '<figure><img data-image="7" alt="a b"><figcaption>c d</figcaption></figure>',
        ),
        (
            '<ul><li>a<img data-image="7" alt="b"></li></ul><p>c</p>',
            '<ul><li>a</li></ul>\n<figure><img data-image="7" alt="b"></figure>\n<p>c</p>',
        ),
        (
            '<figure><img data-image="7" alt="a"></figure><figure><img src="x"><figcaption>b</figcaption></figure>',
            '<figure><img data-image="7" alt="a"></figure>\n<p>b</p>',
        ),
        ('<img src="https://a.uk/x.png" alt="a">', ""),
        ('<img data-image="07"><img data-image="x"><img data-image="-1"><img data-image="99999999999">', ""),
    ],
)
def test_clean_pictures(html, cleaned):
    assert clean(html) == cleaned


def test_clean_keeps_cross_references_and_only_well_formed_ones():
    html = f'<p>See {REFERENCE.replace("></", ">section 3</")}, <span data-ref="user:1">a</span>.</p>'

    assert clean(html) == f"<p>See {REFERENCE}, a.</p>"
    assert references(clean(html)) == [Reference("section", 12)]
    assert clean_inline(html) == f"See {REFERENCE}, a."


def test_pictures_and_notes_are_read_in_order():
    html = clean(f"{PICTURE}<p>a{NOTE}</p>")

    assert pictures(html) == [Picture(7, "A wall of drawings")]
    assert note_texts(html) == ["Worked back from the rise."]


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "👩‍👧‍👦", "🏳️‍🌈", "👩🏽‍⚕️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇬🇧", "1️⃣"])
def test_clean_keeps_an_emoji_whole(emoji):
    assert clean(f"<p>a {emoji} b</p>") == f"<p>a {emoji} b</p>"


@pytest.mark.parametrize(
    "mark",
    ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202e", "\u2066", "\u2069", "\ufeff", "\xad", "\U000e0067"],
)
def test_clean_drops_marks_that_nobody_sees(mark):
    assert clean(f"<p>a{mark}b&#{ord(mark)};c{mark}👍</p>") == "<p>abc👍</p>"


def test_clean_reads_deeply_nested_tables_in_little_time():
    html = "<table><tr><td>a" * 3_000

    with pytest.raises(TooMuchMarkup):
        clean("<table><tr><td>" * 5_000)
    assert clean(html[: 16 * 600]).startswith("<table><tbody><tr><td>")


def test_clean_empties_figures_and_notes_and_keeps_what_stands_around_them():
    html = f"<p>In all, {FIGURE.replace('></', '>610 <b>children</b></')} of them{NOTE.replace('></', '>note</')}.</p>"

    assert clean(html) == f"<p>In all, {FIGURE} of them{NOTE}.</p>"


def test_clean_takes_a_malformed_figure_for_ordinary_words():
    assert clean('<p><span data-figure="A,B" data-period="x" data-show="value">610</span></p>') == "<p>610</p>"


def test_clean_inline_joins_paragraphs_and_drops_what_a_point_cannot_hold():
    html = f"<p><strong>Fewer</strong> waits.</p><ul><li>{FIGURE}<br>weeks</li></ul><h3>Head</h3>"

    assert clean_inline(html) == f"<strong>Fewer</strong> waits. {FIGURE} weeks Head"


def test_clean_refuses_more_mark_up_than_a_person_writes():
    with pytest.raises(TooMuchMarkup):
        clean("<div>" * (richtext.MAX_TAGS + 1))


def test_resolve_shifts_headings_and_puts_figures_and_notes_in_place():
    html = clean(f"<h3>A</h3><h4>B</h4><p>{FIGURE} children{NOTE} &amp; more.</p>")

    resolved = resolve(
        html,
        figure=lambda token: f'<span class="figure">{token.show} of {token.code}</span>',
        note=lambda text: f"<sup>{text}</sup>",
    )

    assert resolved == (
        "<h4>A</h4>\n<h5>B</h5>\n"
        '<p><span class="figure">value of MACE_CHILDREN</span> children<sup>Worked back from the rise.</sup>'
        " &amp; more.</p>"
    )


def test_resolve_works_on_inline_text_and_never_goes_below_the_sixth_level():
    assert resolve(f"a {FIGURE} b") == "a [MACE_CHILDREN] b"
    assert resolve("<h3>a</h3><h4>b</h4>", heading_level=6) == "<h6>a</h6><h6>b</h6>"


def test_resolve_puts_references_and_pictures_in_place():
    html = clean(f"<p>See {REFERENCE}.</p>{PICTURE}")

    resolved = resolve(
        html,
        reference=lambda to: f'<a href="#{to.kind}">{to.kind} {to.pk}</a>',
        picture=lambda picture: f'<img src="{picture.image}" alt="{picture.alt}">',
    )

    assert resolved == (
        '<p>See <a href="#section">section 12</a>.</p>\n'
        '<figure><img src="7" alt="A wall of drawings"><figcaption>By <em>children</em></figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f"<p>{REFERENCE} says more.</p>", "Section 12 says more."),
        (f"<p><strong>{REFERENCE}</strong> says more.</p>", "Section 12 says more."),
        (f"<p>It grew. {REFERENCE} says more.</p>", "It grew. Section 12 says more."),
        (f"<p>It <em>grew.</em> {REFERENCE} says more.</p>", "It grew. section 12 says more."),
        (f"<p>See {REFERENCE}.</p>", "See section 12."),
        (f"<p>(See <em>{REFERENCE}</em>.)</p>", "(See section 12.)"),
        (f"<p>e.g.{REFERENCE}</p>", "e.g.section 12"),
    ],
)
def test_a_reference_that_begins_a_sentence_has_a_capital_letter(html, shown):
    link = '<a href="#section-12">section {0.pk}</a>'

    assert plain_text(resolve(html, reference=link.format)) == shown


def test_figure_tokens_are_in_reading_order():
    html = f"<p>{FIGURE}</p><ul><li>{FIGURE.replace('value', 'percent-change')}</li></ul>"

    assert figure_tokens(html) == [
        FigureToken("MACE_CHILDREN", "may22-apr23", "value"),
        FigureToken("MACE_CHILDREN", "may22-apr23", "percent-change"),
    ]


def test_plain_text_has_a_line_for_each_block_and_no_notes():
    html = clean(f"<h3>Head</h3><p>a<br>b {FIGURE}{NOTE}</p><ul><li>c<ul><li>d</li></ul></li></ul>")

    assert plain_text(html) == "Head\na\nb [MACE_CHILDREN]\nc\nd"


def test_plain_text_puts_tabs_between_cells():
    assert plain_text(clean("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>")) == "a\tb\nc"


@pytest.mark.parametrize(
    ("html", "count"),
    [("", 0), ("<p>One, two – three</p>", 3), (f"<p>{FIGURE} children{NOTE}</p>", 2), ("<p>don't re-refer</p>", 2)],
)
def test_word_count(html, count):
    assert richtext.word_count(html) == count


def _key(named):
    return 'data-image="1"' if named[1] else 'data-ref="section:1"'


def rich_texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for part in value for text in rich_texts(part)]
    return [value] if isinstance(value, str) and "<" in value else []


@pytest.mark.parametrize("path", sorted(Path("reports/demo/2022-23").glob("*.toml")), ids=lambda path: path.stem)
def test_clean_leaves_the_demo_report_as_it_is_written(path):
    # In the files, sections stand by their numbers and pictures by their names.
    text = re.sub(r'data-(image="\w+")|data-ref="[\d.]+"', _key, path.read_text())
    for html in rich_texts(tomllib.loads(text)):
        cleaned = clean(html) if html.lstrip().startswith(("<p", "<h", "<ul", "<ol", "<table")) else clean_inline(html)

        assert re.sub(r"\s+|scope=\"col\"", "", cleaned) == re.sub(r"\s+", "", html)
