import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.passages import LONGEST_QUOTE, find, follow

EXAMPLES = 1_000
"""Four laws, each held against so many examples: 10,000 together."""

TEXT = st.text("ab .\n", max_size=12)
PASSAGE = st.text("abcd .", min_size=1, max_size=10)


@settings(max_examples=EXAMPLES)
@given(TEXT, PASSAGE, TEXT)
def test_follow_in_an_unchanged_text_gives_the_same_place(before, passage, after):
    text, place = before + passage + after, (len(before), len(before) + len(passage))

    assert follow(text, text, *place) == place


@settings(max_examples=EXAMPLES)
@given(TEXT, TEXT, PASSAGE, TEXT)
def test_an_edit_wholly_before_keeps_the_very_words(before, other, passage, after):
    new = other + passage + after

    start, end = follow(before + passage + after, new, len(before), len(before) + len(passage))

    assert new[start:end] == passage


@settings(max_examples=EXAMPLES)
@given(TEXT, TEXT, PASSAGE, TEXT)
def test_an_edit_wholly_after_keeps_the_very_words(after, other, passage, before):
    new = before + passage + other

    start, end = follow(before + passage + after, new, len(before), len(before) + len(passage))

    assert new[start:end] == passage


@settings(max_examples=EXAMPLES)
@given(TEXT, PASSAGE, TEXT, st.text("abcd .\n", max_size=30))
def test_follow_gives_a_passage_of_the_new_text_or_nothing(before, passage, after, new):
    place = follow(before + passage + after, new, len(before), len(before) + len(passage))

    assert place is None or 0 <= place[0] < place[1] <= len(new)


OLD = "Ten children met the board in May. The police were asked about waiting times. All agreed."


@pytest.mark.parametrize(
    ("passage", "new", "words"),
    [
        ("The police were asked", f"In 2022: {OLD} Twice.", "The police were asked"),
        ("The police were asked", OLD.replace("Ten", "Twelve").replace("All", "Not all"), "The police were asked"),
        (
            "The police were asked",
            OLD.replace("police were", "police and schools were"),
            "The police and schools were asked",
        ),
        ("The police were asked about", OLD.replace("The police", "Officers"), "were asked about"),
        ("about waiting times. All", OLD.replace("about waiting times. ", ""), None),
        ("Ten children met", OLD.replace("Ten children met the board in May. ", ""), None),
        ("the board", OLD.replace("the board", "somebody else"), None),
        ("waiting", OLD.replace("waiting", "waitings") + " x", "waiting"),
        (
            "Ten children met the board in May.",
            OLD[35:] + " Ten children met the board in May.",
            "Ten children met the board in May.",
        ),
        ("All", "All others. " + OLD.replace(" All agreed.", "") + " It ended.", None),
        ("All agreed.", "", None),
    ],
)
def test_follow_an_edited_text(passage, new, words):
    start = OLD.index(passage)

    place = follow(OLD, new, start, start + len(passage))

    assert (new[slice(*place)] if place else None) == words


def test_follow_in_a_long_text():
    old = " ".join(f"word{n % 700} the" for n in range(5_000))
    new = "Begins " + old.replace("word77 ", "other ") + " ends"

    place = follow(old, new, 30_000, 30_100)

    assert new[slice(*place)].strip() == old[30_000:30_100].strip()


TEXT_OF_BLOCK = """Exploitation
In all, [MACE] children met the board (in May). The board met, as section [section:12] says.
• The board asked [WAITING] children."""


@pytest.mark.parametrize(
    ("quote", "before", "found"),
    [
        ("the board (in May)", "", "the board (in May"),
        ("the  board\nin May).", "", "the board (in May"),
        ("610 children met", "", "[MACE] children met"),
        ("[around 610] children met", "", "[MACE] children met"),
        ("[section 4.1] says", "", "[section:12] says"),
        ("children", "", "children"),
        ("The board asked", "says. ", "The board asked"),
        ("met3 the board", "", "met the board"),
        ("Exploitation In all", "", "Exploitation\nIn all"),
        ("The board never met", "", None),
        ("...", "", None),
        ("", "", None),
        ("(?:z", "", None),
    ],
)
def test_find_what_a_page_shows_in_the_text(quote, before, found):
    place = find(TEXT_OF_BLOCK, quote, before=before)

    assert (TEXT_OF_BLOCK[slice(*place)] if place else None) == found


def test_find_takes_the_place_that_stands_behind_the_same_words():
    first, second = find(TEXT_OF_BLOCK, "children"), find(TEXT_OF_BLOCK, "children", before="The board asked [12] ")

    assert (first[0], second[0]) == (TEXT_OF_BLOCK.index("children"), TEXT_OF_BLOCK.rindex("children"))


@given(st.text(max_size=60), st.text(max_size=20))
def test_find_takes_any_words_for_a_quote(text, quote):
    place = find(text, quote, before=text)

    assert place is None or 0 <= place[0] < place[1] <= len(text)


def test_find_looks_for_no_more_than_somebody_means():
    assert find("word " * 1_200, "word " * (LONGEST_QUOTE + 1)) is None


@pytest.mark.parametrize("piece", ["12 ", "a1 ", "[x] ", "word "])
def test_find_ends_whatever_is_looked_for(piece):
    assert find(piece * 3_000, piece * (LONGEST_QUOTE - 1) + "nowhere") is None
