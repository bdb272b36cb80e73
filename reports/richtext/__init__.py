"""Rich text: the little HTML in which sections, notes and points are stored, and what can be read from it.

Whatever comes in (from the editor, from Word, from another system) is rebuilt from nothing into one canonical shape, so
that the same text is always stored as the same characters, and a comparison of two versions shows words, not mark-up:

    text     p, h3, h4, ul, ol, table, blockquote, figure, one to a line
    item     li: words, or several p; at most one list inside a list
    cell     th or td: words, or several p and lists; header rows stand in thead
    quote    blockquote: one or several p
    picture  <figure><img data-image="12" alt="What it shows"><figcaption>words</figcaption></figure>
    words    a > span > strong > em in this order, where <span lang="cy"> is a passage in another language than
             English, br, and three empty spans:
             <span data-figure="CODE" data-period="2022-23" data-show="value"></span>  a figure
             <span data-note="Its text"></span>  a note
             <span data-ref="section:12"></span> or "block:34"  a cross-reference

`shape` knows how each part is written, `cleaning` makes it of any HTML, `reading` tells what stands in it, `resolving`
makes it ready to be shown. Pure functions: no database, no request.
"""

from reports.richtext.cleaning import MAX_TAGS, TooMuchMarkup, clean, clean_inline
from reports.richtext.reading import (
    FigureToken,
    Picture,
    Reference,
    figure_tokens,
    note_texts,
    pictures,
    plain_text,
    references,
    table_sizes,
    word_count,
)
from reports.richtext.resolving import resolve

__all__ = [
    "MAX_TAGS",
    "FigureToken",
    "Picture",
    "Reference",
    "TooMuchMarkup",
    "clean",
    "clean_inline",
    "figure_tokens",
    "note_texts",
    "pictures",
    "plain_text",
    "references",
    "resolve",
    "table_sizes",
    "word_count",
]
