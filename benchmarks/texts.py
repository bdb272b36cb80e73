"""What merging, comparing and following a text takes of four times the length, over four times: 1.0 is linear.

Texts that agree in nothing, or in one word over and over, are those that could take very long.
"""

import os
import time
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscb_portal.settings")
django.setup()

from reports.content import BlockContent  # noqa: E402
from reports.difference import compare_texts  # noqa: E402
from reports.merging import merge  # noqa: E402
from reports.passages import LONGEST_QUOTE, find, follow  # noqa: E402

ROUNDS = 5
CHARACTERS = 12_000


def paragraphs(word: str, characters: int) -> str:
    """A text of different words, beginning with this one."""
    words = (f"{word}{number % 97} the" for number in range(characters // 10))
    return "\n".join(f"<p>{' '.join(line)}.</p>" for line in zip(*[words] * 20, strict=False))


def merge_edited(characters: int) -> None:
    base = paragraphs("word", characters)
    merged(base, base.replace("word7 ", "mine ", 1), base.replace("word90 ", "theirs ", 1))


def merge_different(characters: int) -> None:
    merged(*(paragraphs(word, characters) for word in ("one", "two", "three")))


def merge_one_word(characters: int) -> None:
    merged(
        *(
            f"<p>{start} {'the ' * (characters // 4 - length)}end</p>"
            for start, length in (("a", 0), ("b", 9), ("c", 99))
        )
    )


def merged(*texts: str) -> None:
    merge(*(BlockContent(body=text) for text in texts))


def compare_different(characters: int) -> None:
    compare_texts(paragraphs("one", characters), paragraphs("two", characters), figure=str)


def follow_edited(characters: int) -> None:
    old = " ".join(f"word{number % 97} the" for number in range(characters // 10))
    follow(old, "Begins " + old.replace("word77 ", "other ") + " ends", characters // 2, characters // 2 + 100)


def find_nowhere(characters: int) -> None:
    find("[x] " * (characters // 4), "[x] " * (LONGEST_QUOTE // 4) + "nowhere")


def seconds(work: Callable[[int], None], characters: int) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work(characters)
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> None:
    for work in (merge_edited, merge_different, merge_one_word, compare_different, follow_edited, find_nowhere):
        short, long = seconds(work, CHARACTERS), seconds(work, 4 * CHARACTERS)
        name = work.__name__.replace("_", " ")
        print(f"{name:<18} {4 * CHARACTERS:,} characters {long * 1000:6.0f} ms, growth {long / short / 4:.2f}")


if __name__ == "__main__":
    main()
