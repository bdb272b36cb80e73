"""Which sections of an outline are to be written. Pure functions: no database, no request."""

from collections.abc import Sequence


def only_headings(outline: Sequence[tuple[int, bool]]) -> list[bool]:
    """Of each section in reading order, whether it is only a heading: a chapter that holds sub-sections and no text.

    `outline` gives the level of each and whether the report shows anything of its own. Only headings are not written,
    submitted or approved, so no count of sections holds them.
    """
    levels = [level for level, _ in outline]
    return [
        following > level and not has_something
        for (level, has_something), following in zip(outline, [*levels[1:], 0], strict=False)
    ]
