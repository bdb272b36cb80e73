"""Every word that a section of the report shows, piece by piece, and in which of its blocks."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import lxml.html

from reports.document import SaidAndDid, Section
from reports.richtext import plain_text

RICH = frozenset({"html", "intro_html", "items"})
"""The fields of blocks and notes that hold HTML; both sides of what was said and done do, too."""
UNSEEN = frozenset({"alt", "anchor", "form", "id", "kind"})
HEADINGS = frozenset({"caption", "heading", "title"})


def words_shown(section: Section) -> Iterator[tuple[int, str]]:
    """The texts of a section's title, blocks and notes in their order, each with its block's id, or 0.

    Headings in capitals are left out: in them every word looks like an abbreviation.
    """
    if not section.title.isupper():
        yield 0, section.title
    for block in section.blocks:
        yield from ((block.id, words) for words in _words(block))
    for note in section.notes:
        yield from ((0, words) for words in _words_of_html(note.html))


def _words(thing: Any) -> Iterator[str]:
    """The texts of a block or of a part of one."""
    for name in (each.name for each in fields(thing) if each.name not in UNSEEN):
        value = getattr(thing, name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                yield from _words(part)
            elif isinstance(part, str) and (name in RICH or isinstance(thing, SaidAndDid)):
                yield from _words_of_html(part)
            elif isinstance(part, str) and not (name in HEADINGS and part.isupper()):
                yield part


def _words_of_html(html: str) -> Iterator[str]:
    shouted = _headings_in_capitals(html) if "<h" in html else frozenset()
    yield from (line for line in plain_text(html).split("\n") if line not in shouted)


def _headings_in_capitals(html: str) -> frozenset[str]:
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    said = (heading.text_content().strip() for heading in tree.iter("h2", "h3", "h4", "h5", "h6"))
    return frozenset(words for words in said if words.isupper())
