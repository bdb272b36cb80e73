"""Keeps account of what is lost while a file is read, and where."""

from reports.word.outline import Loss, Lost

LONGEST_EXCERPT = 80


class Losses:
    def __init__(self) -> None:
        self.where = ""
        """The section that is being read."""
        self._found: dict[tuple[Loss, str], Lost] = {}

    def add(self, loss: Loss, words: str = "", *, is_of_the_file: bool = False) -> None:
        """Of the same kind in the same section, the first says its words, and the others are counted."""
        where = "" if is_of_the_file else self.where
        before = self._found.get((loss, where))
        excerpt = _excerpt(words) if before is None else before.words
        count = 1 if before is None else before.count + 1
        self._found[loss, where] = Lost(loss=loss, where=where, words=excerpt, count=count)

    @property
    def total(self) -> int:
        return sum(lost.count for lost in self._found.values())

    @property
    def all(self) -> tuple[Lost, ...]:
        return tuple(self._found.values())


def _excerpt(words: str) -> str:
    words = " ".join(words[: 10 * LONGEST_EXCERPT].split())
    return words if len(words) <= LONGEST_EXCERPT else f"{words[: LONGEST_EXCERPT - 1].rstrip()}…"
