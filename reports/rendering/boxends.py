"""Mends where WeasyPrint 70 ends a box that goes on on the next page.

It lets the box reach to the foot of the page, so that a ground in colour or a frame goes on below its last words, into
the space that was left because a point or a heading did not fit. Here such a part ends with what stands in it.
"""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

_layout = block.block_container_layout
_find_earlier = block.find_earlier_page_break

Box = Any
"""A box of WeasyPrint, which has no types."""


def mend_box_ends() -> None:
    """From now on, in this process, a part of a box is as high as its content."""
    block.block_container_layout = _laid_out
    block.find_earlier_page_break = _found_earlier


def _laid_out(*given: Any, **options: Any) -> tuple[Any, ...]:
    laid_out: tuple[Any, ...] = _layout(*given, **options)
    box, goes_on, *_ = laid_out
    if box is not None and goes_on is not None:
        _end_with_content(box)
    return laid_out


def _found_earlier(*given: Any) -> Any:
    """Where a box is broken after all, as what follows must stand with its end, it is as high as it was before."""
    found = _find_earlier(*given)
    if found:
        children, goes_on = found
        (inside,) = goes_on.values()
        if children and inside is not None:
            _end_with_content(children[-1])
    return found


def _end_with_content(box: Box) -> None:
    flowing = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if isinstance(box, boxes.BlockBox) and box.style["height"] == "auto" and not box.is_column and flowing:
        last = flowing[-1]
        below = last.height if isinstance(last, boxes.LineBox) else last.margin_height()
        box.height = max(0, min(box.height, last.position_y + below - box.content_box_y()))
