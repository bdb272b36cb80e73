"""A report of the shape that partnerships publish: everything in it comes out once, in its place."""

from collections import Counter

import lxml.html
import pytest

from partnership.tests.factories import make_agency, make_alice, make_partnership
from partnership.tests.sample_files import photo
from reports import actions
from reports.models import Block, Section
from reports.tests.word_sample import (
    NUMBERS,
    cell,
    drawing,
    h1,
    h2,
    item,
    note,
    notes,
    p,
    row,
    table,
    word_file,
)
from reports.word import Loss, read_word

CHAPTERS = {1: 0, 2: 0, 3: 2, 4: 3, 5: 6, 6: 3, 7: 0}
"""How many sub-sections each chapter has: seven chapters and fourteen sub-sections, and the foreword before them."""


class Written:
    """Writes a report in which every piece has words of its own, and keeps count of them by their kind."""

    def __init__(self):
        self.counts = Counter()
        self.blocks = []
        self.notes = []

    def words(self, kind):
        self.counts[kind] += 1
        return f"{kind} {self.counts[kind]} ends."

    def section(self, title):
        heading = h2 if "." in title else h1
        self.blocks += [
            heading(title),
            p(self.words("paragraph"), self.note()),
            p("What we did", style="Heading3"),
            p(self.words("paragraph")),
            item(self.words("item")),
            item(self.words("item"), self.note(), depth=1),
            item(self.words("item")),
            p("And in order", style="Heading3"),
            item(self.words("item"), list_id=NUMBERS),
            item(self.words("item"), depth=1, list_id=NUMBERS),
            p(self.words("quotation"), style="Quote"),
            p(self.words("quotation"), style="Quote"),
            p(self.words("paragraph"), drawing()),
            self.table(),
            p(self.words("paragraph")),
        ]

    def table(self):
        return table(
            row(*(self.words("cell") for _ in range(3)), is_header=True),
            row(
                cell(self.words("cell"), merge="restart"), self.words("cell"), cell(self.words("cell"), p(self.note()))
            ),
            row(cell("", merge="continue"), cell(self.words("cell"), span=2)),
        )

    def note(self):
        self.notes.append(self.words("note"))
        return note(len(self.notes))

    def file(self):
        return word_file(
            *self.blocks,
            parts={"word/footnotes.xml": notes(*self.notes), "word/media/image1.png": photo(format="PNG")},
            relations={"f": ("footnotes", "footnotes.xml"), "image": ("image", "media/image1.png")},
        )


@pytest.fixture
def written():
    written = Written()
    written.section("Foreword")
    for chapter, below in CHAPTERS.items():
        written.section(f"{chapter} Chapter")
        for number in range(1, below + 1):
            written.section(f"{chapter}.{number} Part")
    return written


KINDS = {"p": "paragraph", "li": "item", "td": "cell", "th": "cell", "h3": "heading", "blockquote": "quotation"}


def pieces(html):
    """The words of each piece of rich text with its kind, without those of the pieces inside it."""
    for element in lxml.html.fragment_fromstring(html, create_parent="div").iter():
        if element.tag == "span":
            yield "note", element.get("data-note")
        elif element.tag == "img":
            yield "picture", element.get("alt")
        elif element.tag in KINDS and (own := (element.text or "").strip()):
            yield KINDS[element.tag if element.getparent().tag not in KINDS else element.getparent().tag], own


def test_every_piece_of_a_report_is_there_once(db, written):
    make_partnership()
    alice = make_alice()

    outline = read_word(written.file())
    report = actions.import_report(outline=outline, year=2023, owner=make_agency("council"), by=alice)

    sections = Section.objects.filter(report=report)
    assert sections.filter(parent=None).count() == 8
    assert {
        section.number: section.children.count() for section in sections.filter(parent=None).exclude(number="")
    } == {str(chapter): below for chapter, below in CHAPTERS.items()}
    found = Counter(piece for block in Block.objects.all() for piece in pieces(block.body))
    expected = {
        (kind, f"{kind} {number} ends."): 1 for kind, most in written.counts.items() for number in range(1, most + 1)
    }
    headings = {("heading", "What we did"): 22, ("heading", "And in order"): 22, ("picture", "A bar chart"): 22}
    assert found == expected | headings
    assert {lost.loss for lost in outline.lost} == {Loss.LIST_NUMBERS}  # they go on counting from section to section
