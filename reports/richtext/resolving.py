"""Clean rich text made ready to be shown: figures, notes, cross-references and pictures in their places."""

import re
from collections.abc import Callable
from html import escape

import lxml.html

from reports.richtext.reading import (
    WORDS,
    FigureToken,
    Picture,
    Reference,
    picture_of,
    reference_of,
    token_of,
    tree_of,
)

SENTENCE_END = re.compile(r"[.?!…][”’)]?\s+$")


def resolve(
    html: str,
    *,
    figure: Callable[[FigureToken], str],
    note: Callable[[str], str],
    reference: Callable[[Reference], str],
    picture: Callable[[Picture], str],
    heading_level: int,
) -> str:
    """Clean rich text made ready to be shown.

    `figure` is given each figure, `note` each note's text, `reference` each cross-reference and `picture` each picture,
    in reading order; what they return is HTML that is put in their place as it is, but a cross-reference at the
    beginning of a sentence gets a capital letter. Headings move to `heading_level` and the one below it, never deeper
    than h6.
    """
    tree = tree_of(html)
    for element in list(tree.iter("h3", "h4", "span", "img")):
        if element.tag in {"h3", "h4"}:
            element.tag = f"h{min(heading_level + (element.tag == 'h4'), 6)}"
        elif element.tag == "img":
            _put(picture(picture_of(element)), element)
        elif element.get("data-figure"):
            _put(figure(token_of(element)), element)
        elif element.get("data-note"):
            _put(note(element.get("data-note")), element)
        elif element.get("data-ref"):
            _put(reference(reference_of(element)), element, with_capital=_begins_sentence(element))
    children = (lxml.html.tostring(child, encoding="unicode") for child in tree)
    return escape(tree.text or "", quote=False) + "".join(children)


def _begins_sentence(element: lxml.html.HtmlElement) -> bool:
    previous, parent = element.getprevious(), element.getparent()
    text = (parent.text if previous is None else previous.tail) or ""
    if text.strip():
        return SENTENCE_END.search(text) is not None
    if previous is not None:
        return previous.tag == "br"
    return parent.tag not in WORDS or _begins_sentence(parent)


def _put(html: str, element: lxml.html.HtmlElement, *, with_capital: bool = False) -> None:
    pieces = tree_of(html)
    if with_capital:
        first = next((piece for piece in pieces.iter() if piece.text), None)
        if first is not None:
            first.text = first.text[0].upper() + first.text[1:]
    pieces.tail = element.tail
    element.getparent().replace(element, pieces)
    pieces.drop_tag()
