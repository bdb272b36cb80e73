from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent
from reports.merging import Clash, Merge, merge
from reports.richtext import clean, clean_inline, plain_text

FIGURE = '<span data-figure="MACE" data-period="2022-23" data-show="value"></span>'
NOTE = '<span data-note="A note &amp; more."></span>'

EXAMPLES = 2_500
"""Four laws, each held against so many examples: 10,000 together."""

BASE = BlockContent(
    heading="What we did",
    body=(
        "<p>Ten children met the board in May.</p>\n"
        "<ul><li>Police and health met</li><li>A plan was made</li><li>Schools answered</li></ul>\n"
        "<p>Waiting fell to 12 weeks.</p>"
    ),
    source="Agencies' returns",
    items=(ItemContent("Fewer children wait for help", 7), ItemContent("More families are seen early", 8)),
    quotations=(QuotationContent("I was asked what I thought.", "A girl of 14"),),
    measures=(MeasureContent(1, 1), MeasureContent(2, 1)),
)

# Small texts of which every word stands once, changed by each side with its own words or with one that both use

STARTS = {"p": "<p>", "3": "<h3>", "4": "<h4>", "u": "<ul>"}
EDITS = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 2), st.text("mnop3us-", min_size=1, max_size=2)),
    min_size=1,
    max_size=2,
)
"""Where, how much is taken out, what is put in there; the second person counts from the end."""


def edited(tokens, edits, own, *, is_from_end=False):
    """The text with edits: `m` and `n` are words of one's own, `o` is a word of both, `s` a word made bold."""
    new = {"m": f"{own}1", "n": f"{own}2.", "o": "both", "s": f"<strong>{own}3</strong>", **STARTS}
    tokens = list(tokens)
    for where, count, letters in edits:
        place = (-where - 1 if is_from_end else where) % (len(tokens) + 1)
        tokens[place : place + count] = [new[letter] for letter in letters if letter in new]
    return html(tokens)


def html(tokens):
    lines = "\0".join(tokens)
    for start in STARTS.values():
        lines = lines.replace(start, f"\n{start}\0")
    return clean("".join(_line(*line.split("\0")) for line in lines.split("\n")))


def _line(start, *words):
    if start == "<ul>":
        return "<ul><li>" + "</li><li>".join(filter(None, words)) + "</li></ul>"
    return f"{start}{' '.join(words)}</{start[1:]}" if start else f"<p>{' '.join(words)}</p>"


@st.composite
def three_contents(draw):
    """A block's content and what two people made of it: its text, or the points of its list."""
    letters = draw(st.text("abcdefghijklp34u", min_size=12, max_size=30))
    tokens = [STARTS.get(letter, f"w{number}{'.' * (letter in 'fg')}") for number, letter in enumerate(letters)]
    texts = html(tokens), edited(tokens, draw(EDITS), "a"), edited(tokens, draw(EDITS), "b", is_from_end=True)
    if draw(st.booleans()):
        return tuple(BlockContent(body=text) for text in texts)
    return tuple(BlockContent(items=points(text)) for text in texts)


def points(html):
    return tuple(ItemContent(text) for line in html.split("\n") if (text := clean_inline(line)))


def words(content):
    return Counter(f"{plain_text(content.body)} {' '.join(plain_text(item.text) for item in content.items)}".split())


@settings(max_examples=EXAMPLES)
@given(three_contents())
def test_merge_is_the_same_whichever_side_is_mine(contents):
    base, mine, theirs = contents

    assert merge(base, mine, theirs) == merge(base, theirs, mine)


@settings(max_examples=EXAMPLES)
@given(three_contents())
def test_merge_with_a_side_that_changed_nothing_or_the_same_is_the_other_side(contents):
    base, mine, _ = contents

    assert merge(base, mine, base) == Merge(mine)
    assert merge(base, base, mine) == Merge(mine)
    assert merge(base, mine, mine) == Merge(mine)


@settings(max_examples=EXAMPLES)
@given(three_contents())
def test_merge_loses_no_word_of_either_side(contents):
    base, mine, theirs = contents

    merged = merge(base, mine, theirs).content

    if merged:
        old, mine, theirs, new = map(words, (base, mine, theirs, merged))
        for word in {*old, *mine, *theirs}:
            if min(mine[word], theirs[word]) >= old[word]:
                assert new[word] >= max(mine[word], theirs[word]), word
            if max(mine[word], theirs[word]) <= old[word]:
                assert new[word] >= mine[word] + theirs[word] - old[word], word
        assert new.keys() <= {*mine, *theirs}


@settings(max_examples=EXAMPLES)
@given(three_contents())
def test_merge_gives_canonical_text(contents):
    merged = merge(*contents).content

    if merged:
        assert clean(merged.body) == merged.body
        assert all(item.text and clean_inline(item.text) == item.text for item in merged.items)


def bodies(base, mine, theirs):
    return merge(*(BlockContent(body=html) for html in (base, mine, theirs)))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("", "", "", ""),
        ("", "<p>new</p>", "", "<p>new</p>"),
        ("<p>a</p>\n<p>b</p>", "<p>A</p>\n<p>b</p>", "<p>a</p>\n<p>B</p>", "<p>A</p>\n<p>B</p>"),
        ("<p>a</p>\n<p>b</p>", "<p>b</p>", "<p>a</p>", ""),
        (
            "<p>a</p>\n<p>b</p>",
            "<p>a</p>\n<p>m</p>\n<p>b</p>",
            "<p>a</p>\n<p>b c</p>",
            "<p>a</p>\n<p>m</p>\n<p>b c</p>",
        ),
        ("<p>a b c</p>", "<p>A b c</p>", "<p>a b C</p>", "<p>A b C</p>"),
        ("<p>We met.</p>", "<p>They met.</p>", "<p>We met. And left.</p>", "<p>They met. And left.</p>"),
        (
            "<ul><li>a b</li><li>c d</li><li>e f</li></ul>",
            "<ul><li>c d</li><li>e f</li></ul>",
            "<ul><li>a b</li><li>C d</li><li>e f</li></ul>",
            "<ul><li>C d</li><li>e f</li></ul>",
        ),
        (f"<p>a {FIGURE} b c</p>", f"<p>a {FIGURE} b C</p>", "<p>a b c</p>", "<p>a b C</p>"),
        (f"<p>a b{NOTE} c d</p>", "<p>a b c d</p>", f"<p>a b{NOTE} c D</p>", "<p>a b c D</p>"),
        (
            "<p>a</p>\n<p>c</p>",
            "<p>a</p>\n<p>b</p>\n<p>c</p>",
            "<p>a</p>\n<p>b</p>\n<p>c</p>",
            "<p>a</p>\n<p>b</p>\n<p>c</p>",
        ),
    ],
)
def test_merge_of_bodies(base, mine, theirs, merged):
    assert bodies(base, mine, theirs) == Merge(BlockContent(body=merged))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "place"),
    [
        ("", "<p>mine</p>", "<p>theirs</p>", 0),
        ("<p>a</p>", "<p>a</p>\n<p>mine</p>", "<p>a</p>\n<p>theirs</p>", 1),
        ("<p>a</p>\n<p>ten children</p>", "<p>a</p>\n<p>eleven children</p>", "<p>a</p>\n<p>ten boys</p>", 1),
        ("<p>1,200 met</p>", "<p>1,300 met</p>", "<p>2,200 met</p>", 0),
        ("<p>a b c</p>", "<p><strong>a b</strong> c</p>", "<p>a <em>b c</em></p>", 0),
        ("<p>a b c</p>\n<p>d</p>", "<p>d</p>", "<p>a b C</p>\n<p>d</p>", 0),
        (f"<p>a{NOTE}</p>", f"<p>a{NOTE.replace('more', 'less')}</p>", f"<p>a{NOTE.replace('A', 'No')}</p>", 0),
    ],
)
def test_merge_says_where_bodies_clash(base, mine, theirs, place):
    assert bodies(base, mine, theirs) == Merge(None, (Clash("body", place),))


def test_merge_sets_the_levels_of_headings_anew():
    base = "<h3>A</h3>\n<p>a</p>\n<p>b</p>\n<p>c</p>\n<h3>D</h3>"

    merged = bodies(base, "<p>a</p>\n<p>b</p>\n<p>c</p>\n<h3>D</h3>", base.replace("<p>c</p>", "<h4>C</h4>"))

    assert merged.content.body == "<p>a</p>\n<p>b</p>\n<h3>C</h3>\n<h3>D</h3>"


def test_merge_takes_each_field_from_the_side_that_changed_it():
    mine = replace(BASE, heading="What we achieved", measures=())
    theirs = replace(BASE, source="Audit", body="<p>New.</p>", quotations=())

    merged = merge(BASE, mine, theirs)

    assert merged.content == replace(theirs, heading="What we achieved", measures=())


def test_merge_names_every_field_that_clashes():
    mine = replace(BASE, heading="Mine", source="Mine", body=BASE.body.replace("Ten", "Six"), measures=())
    theirs = replace(BASE, heading="Theirs", source="Theirs", body=BASE.body.replace("Ten", "Two"))

    merged = merge(BASE, mine, theirs)

    assert merged == Merge(None, (Clash("heading", 0), Clash("body", 0), Clash("source", 0)))


def test_merge_of_points_edited_removed_and_added_at_different_places():
    first, second = BASE.items
    mine = replace(BASE, items=(replace(first, text="Far fewer children wait for help"), second))
    theirs = replace(BASE, items=(replace(first, text="Fewer children wait for early help"), ItemContent("New", 9)))

    merged = merge(BASE, mine, theirs)

    assert merged.content.items == (
        replace(first, text="Far fewer children wait for early help"),
        ItemContent("New", 9),
    )


def test_merge_keeps_how_a_point_is_known_beside_the_other_sides_words():
    first, second = BASE.items
    mine = replace(BASE, items=(replace(first, how_known="audit", known_from="Audit of May"), second))
    theirs = replace(BASE, items=(replace(first, text="Fewer children wait for support"), second))

    merged = merge(BASE, mine, theirs)

    assert merged.content.items[0] == ItemContent("Fewer children wait for support", 7, "audit", "Audit of May")


def test_merge_never_mixes_two_ways_in_which_a_point_is_known():
    first, second = BASE.items
    mine = replace(BASE, items=(first, replace(second, how_known="audit", known_from="Audit of May")))
    theirs = replace(BASE, items=(first, replace(second, how_known="measure", known_measure_id=3)))

    assert merge(BASE, mine, theirs) == Merge(None, (Clash("items", 1),))


def test_merge_lets_two_people_say_what_was_done_about_two_points():
    first, second, third = (ItemContent("", said=said) for said in ("Widen the offer", "Train all", "Ask children"))
    base = BlockContent(items=(first, second, third))
    mine = BlockContent(items=(replace(first, text="It is wider."), second, third))
    theirs = BlockContent(items=(first, replace(second, text="All were."), third))

    merged = merge(base, mine, theirs)

    assert merged.content.items == (mine.items[0], theirs.items[1], third)


def test_merge_of_quotations_and_measures():
    [quote] = BASE.quotations
    mine = replace(
        BASE,
        quotations=(replace(quote, attribution="A child"),),
        measures=(MeasureContent(2, 1),),
    )
    theirs = replace(
        BASE,
        quotations=(replace(quote, text="I was asked what I think."),),
        measures=(*BASE.measures, MeasureContent(3, 1)),
    )

    merged = merge(BASE, mine, theirs).content

    assert merged.quotations == (QuotationContent("I was asked what I think.", "A child"),)
    assert merged.measures == (MeasureContent(2, 1), MeasureContent(3, 1))


def test_merge_refuses_a_point_of_which_each_side_removed_one_half():
    mine, base, theirs = (
        BlockContent(items=(ItemContent(text),)) for text in ("one two three", "one two three four five", "four five")
    )

    assert merge(base, mine, theirs) == Merge(None, (Clash("items", 0),))


LONG = [f"<p>{' '.join(f'word{line} of{place}' for place in range(38))}.</p>" for line in range(120)]


def test_two_long_texts_are_merged():
    mine, theirs = LONG.copy(), LONG.copy()
    mine[10], mine[60] = "<p>Mine.</p>", mine[60].replace("of3 ", "mine ")
    theirs[90], theirs[60] = "<p>Theirs.</p>", theirs[60].replace("of30 ", "theirs ")

    merged = bodies("\n".join(LONG), "\n".join(mine), "\n".join(theirs))

    assert merged.content.body == "\n".join(
        [*LONG[:10], mine[10], *LONG[11:60], mine[60].replace("of30 ", "theirs "), *LONG[61:90], theirs[90], *LONG[91:]]
    )


@pytest.mark.parametrize("word", ["the ", "a b ", "x. "])
def test_long_texts_of_one_word_clash(word):
    base, mine, theirs = (
        f"<p>{start} {(word * 25_000)[:length]}end</p>"
        for start, length in (("a", 50_000), ("b", 49_000), ("c", 48_000))
    )

    merged = bodies(clean(base), clean(mine), clean(theirs))

    assert merged.content is None
