import pytest

from priorities.choices import Unit
from reviews.shares import part_in_words, parts_of_total

HIDDEN = "hidden to protect people"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (17, 79, "17 of 79, 22%"),
        (28, 107, "28 of 107, 26%"),
        (20, 20, "20 of 20, 100%"),
        (0, 20, "0 of 20, 0%"),
        (0, 0, "0"),
        (79, None, "79"),
        (3, None, HIDDEN),
        (3, 79, HIDDEN),
        (77, 79, HIDDEN),
        (5, 5, HIDDEN),
        (1234, 5678, "1,234 of 5,678, 22%"),
        (None, 79, ""),
    ],
)
def test_a_part_is_told_with_its_share_unless_it_tells_of_few(part, whole, words):
    assert part_in_words(part, whole, unit=Unit.CHILDREN) == words


@pytest.mark.parametrize(
    ("numbers", "total", "words"),
    [
        ([8, 12], 20, ["8", "12"]),
        ([3, 8, 9], 20, [HIDDEN, HIDDEN, "9"]),
        ([2, None, 10], 20, [HIDDEN, "", "10"]),
        ([0, 20], 20, ["0", "20"]),
        ([None, None], 20, ["", ""]),
        ([], 20, []),
    ],
)
def test_a_small_part_of_a_total_takes_another_with_it(numbers, total, words):
    assert parts_of_total(numbers, total, unit=Unit.INCIDENTS) == words
