from decimal import Decimal

import pytest

from partnership.money import change_in_pounds, in_pounds


@pytest.mark.parametrize(
    ("amount", "words"),
    [("45000", "£45,000"), ("45000.50", "£45,000.50"), ("0", "£0"), ("-1200.00", "\u2212£1,200")],
)
def test_pounds_are_written_with_pence_where_there_are_any(amount, words):
    assert in_pounds(Decimal(amount)) == words


def test_a_change_says_its_direction():
    five, three = Decimal(5000), Decimal("3000.00")

    assert [change_in_pounds(five, three), change_in_pounds(three, five), change_in_pounds(five, five)] == [
        "+£2,000",
        "\u2212£2,000",
        "no change",
    ]
