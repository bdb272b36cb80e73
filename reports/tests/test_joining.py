from hypothesis import given
from hypothesis import strategies as st

from reports.content import BlockContent, ItemContent, QuotationContent
from reports.joining import join

lines = st.lists(st.sampled_from(["<p>One</p>", "<p>Two</p>", "<p>Three</p>", "<p>Four</p>"]), max_size=6)
contents = st.builds(
    BlockContent,
    heading=st.sampled_from(["", "A", "B"]),
    body=lines.map("\n".join),
    items=st.lists(st.sampled_from([ItemContent("x"), ItemContent("y", 3)]), max_size=3).map(tuple),
    quotations=st.lists(st.sampled_from([QuotationContent("q"), QuotationContent("r", "s")]), max_size=3).map(tuple),
)


def test_what_differs_stands_there_twice_and_what_is_the_same_once():
    theirs = BlockContent(heading="Their heading", body="<p>Same</p>\n<p>Theirs</p>\n<p>Also the same</p>")
    mine = BlockContent(heading="My heading", body="<p>Same</p>\n<p>Mine</p>\n<p>Also the same</p>")

    joined = join(theirs, mine)

    assert joined.heading == "Their heading / My heading"
    assert joined.body == "<p>Same</p>\n<p>Theirs</p>\n<p>Mine</p>\n<p>Also the same</p>"


@given(contents, contents)
def test_nothing_of_either_is_left_out(theirs, mine):
    joined = join(theirs, mine)

    for side in (theirs, mine):
        assert is_within(side.body.split("\n") if side.body else [], joined.body.split("\n"))
        assert is_within(side.items, joined.items)
        assert is_within(side.quotations, joined.quotations)
        assert side.heading in joined.heading


@given(contents)
def test_the_same_joined_with_itself_is_the_same(content):
    assert join(content, content) == content


@given(contents)
def test_nothing_joined_with_something_is_that(content):
    assert (join(BlockContent(), content), join(content, BlockContent())) == (content, content)


def is_within(part, whole):
    rest = iter(whole)
    return all(each in rest for each in part)
