import pytest

from reports.choices import Kind
from reports.content import MOST_POINTS, BlockContent, ItemContent
from reports.import_parts import blocks_from
from reports.richtext import clean

LIST = "<ul><li>One <strong>point</strong></li><li><p>Two</p><p>words</p></li></ul>"


def text(html):
    return (Kind.TEXT, BlockContent(body=clean(html)))


def standing(kind, *points, body=""):
    return (kind, BlockContent(body=body, items=tuple(ItemContent(point) for point in points)))


def test_lists_below_their_headings_become_standing_lists_in_their_places():
    blocks = blocks_from(
        clean(
            f"<h3>Work</h3><p>Words</p><h3>Focus for 2023/24</h3><p>Intro</p>{LIST}<p>After</p>"
            "<h4>Barriers and challenges:</h4><ul><li>Time</li></ul>"
        )
    )

    assert blocks == [
        text("<h3>Work</h3><p>Words</p>"),
        standing(Kind.FOCUS, "One <strong>point</strong>", "Two words", body="<p>Intro</p>"),
        text("<p>After</p>"),
        standing(Kind.BARRIERS, "Time"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Key deliverables", Kind.DELIVERABLES),
        ("What difference have we made?", Kind.DIFFERENCE),
        ("Challenges and Barriers", Kind.BARRIERS),
        ("<strong>Our focus for 2023-2024</strong>", Kind.FOCUS),
        ("Focus for next year", Kind.FOCUS),
    ],
)
def test_headings_that_say_so(title, kind):
    assert blocks_from(clean(f"<h3>{title}</h3><ul><li>One</li></ul>")) == [standing(kind, "One")]


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Focus for families</h3><ul><li>One</li></ul>",
        "<h3>Focus for next year</h3><p>Words only</p>",
        "<h3>Focus for next year</h3><p>Words</p><h3>Then</h3><ul><li>One</li></ul>",
        "<h3>Focus for next year</h3><ul><li>One<ul><li>Deeper</li></ul></li></ul>",
        '<h3>Focus for next year<span data-note="A note"></span></h3><ul><li>One</li></ul>',
        f"<h3>Focus for next year</h3><ul>{'<li>One</li>' * (MOST_POINTS + 1)}</ul>",
        f"<h3>Focus for next year</h3><ul><li>{'word ' * 1_000}</li></ul>",
        "<p>Focus for next year</p><ul><li>One</li></ul>",
    ],
    ids=["title", "no list", "another heading", "deep", "note", "many", "long", "paragraph"],
)
def test_everything_else_stays_text(html):
    assert blocks_from(clean(html)) == [text(html)]


def test_no_text_has_no_blocks():
    assert blocks_from("") == []
