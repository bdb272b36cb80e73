import pytest

from partnership.choices import CostHeading
from partnership.tests.factories import make_contribution, make_cost
from reports.choices import Kind
from reports.tests.factories import read_new

pytestmark = pytest.mark.django_db


def test_without_money_it_says_so():
    make_contribution(code="2021-22")

    block = read_new(Kind.CONTRIBUTIONS)

    assert (block.intro, block.tables) == ("No contributions or costs are recorded for 2022/23.", ())


def test_the_year_stands_beside_the_year_before_with_the_change():
    make_contribution(5000, code="2021-22")
    make_contribution(6000)
    make_contribution(None, agency="health", words="Rooms")
    make_cost(2500, heading=CostHeading.TRAINING)

    block = read_new(Kind.CONTRIBUTIONS, source="More was asked for.")

    income, spending, left = block.tables
    assert income.heads == ("Agency", "2022/23", "2021/22", "Change")
    assert [(row.head, *row.cells, row.is_total) for row in income.rows] == [
        ("County Police", "£6,000", "£5,000", "+£1,000", False),
        ("Total income", "£6,000", "£5,000", "+£1,000", True),
    ]
    assert [(row.head, *row.cells) for row in spending.rows] == [
        ("Training", "£2,500", "none", "+£2,500"),
        ("Total spending", "£2,500", "£0", "+£2,500"),
    ]
    assert left.rows[-1].cells == ("£8,500",)
    assert (block.lists[0].points, block.note) == (("County Health: Rooms",), "More was asked for.")


def test_in_the_first_year_there_is_nothing_to_compare_with():
    make_contribution(5000)

    income, left = read_new(Kind.CONTRIBUTIONS).tables

    assert (income.heads, left.rows[0].head) == (("Agency", "2022/23"), "Income")
    assert [row.cells for row in income.rows] == [("£5,000",), ("£5,000",)]
