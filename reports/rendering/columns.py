"""How wide the columns of a table are, by what stands in them: the same on every page, as the layout is fixed."""

from collections.abc import Sequence

ACROSS = 74
"""Letters in a line of a table, about."""
BOLD = 1.15
"""How much wider the letters of heads are, those of rows included."""
PADDING = 2
"""Between two columns, in letters."""
SHORT = 16
"""Texts as short as "85.6% of places" come first, so that they stand on one line where there is room."""
MOST = 40
"""A text longer than this takes several lines anyway."""


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """A percentage for each column: room for its longest word, and what is left as its texts need it.

    A text of several lines, such as a name with its period below, counts by the longest of them.
    """
    nothing = [""] * len(heads)
    columns = [[line for text in texts for line in text.split("\n")] for texts in zip(nothing, *rows, strict=True)]
    least = [
        max(_longest_word(head) * BOLD, *(_longest_word(line) * (1 if place else BOLD) for line in lines)) + PADDING
        for place, (head, lines) in enumerate(zip(heads, columns, strict=True))
    ]
    longest = [min(max(len(head) * BOLD, *map(len, lines)), MOST) for head, lines in zip(heads, columns, strict=True)]
    wanted = [
        max(0, length + PADDING - word) * (2 if length <= SHORT else 1)
        for length, word in zip(longest, least, strict=True)
    ]
    left = max(0, ACROSS - sum(least))
    share = left / max(sum(wanted), left / 2, 1)
    widths = [word + want * share for word, want in zip(least, wanted, strict=True)]
    return tuple(round(100 * width / sum(widths)) for width in widths)


def _longest_word(line: str) -> int:
    return max(map(len, line.split()), default=0)
