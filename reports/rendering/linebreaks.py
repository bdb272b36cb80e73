"""Mends how WeasyPrint 70 breaks a line before an inline element.

A text that fits but for the space at its end ("…listens to practitioners. " before `<em>`) is cut after its first
word, which then stands on a line by itself. It happens about once in thirty pages. `test_rendering_pdf.py` says when
this can go.
"""

from typing import Any

from weasyprint.layout import inline

_split_first_line = inline.split_first_line
LINE_ENDS_AT, WIDTH = 2, 3
"""Places in what `split_first_line` gives."""


def mend_line_breaks() -> None:
    """From now on, in this process, a space at the end of a text may hang over the end of its line."""
    inline.split_first_line = _split_with_hanging_space


def _split_with_hanging_space(
    text: str, style: Any, context: Any, max_width: float | None, *more: Any, **options: Any
) -> tuple[Any, ...]:
    line = _split_first_line(text, style, context, max_width, *more, **options)
    collapses = style["white_space"] in ("normal", "pre-line")
    if max_width is None or line[LINE_ENDS_AT] is None or not (text.endswith(" ") and collapses):
        return line
    bare = _split_first_line(text.rstrip(" "), style, context, max_width, *more, **options)
    if bare[LINE_ENDS_AT] is None and bare[WIDTH] <= max_width:
        return _split_first_line(text, style, context, None, *more, **options)
    return line
