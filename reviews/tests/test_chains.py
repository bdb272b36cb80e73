from datetime import date, timedelta

from reviews.chains import chain_with, chains_of
from reviews.models import Inspection


def inspection(pk, follows=None, day=None):
    return Inspection(
        pk=pk, subject=f"Visit {pk}", follows_on_id=follows, started_on=date(2022, 1, 1) + timedelta(day or pk)
    )


def chains(*inspections):
    return [[each.pk for each in chain] for chain in chains_of(inspections)]


def test_each_chain_runs_from_its_first_day_on_and_the_latest_is_on_top():
    assert chains(inspection(1), inspection(2), inspection(3, follows=1), inspection(4, follows=3)) == [[1, 3, 4], [2]]


def test_two_may_follow_one():
    assert chains(inspection(1), inspection(2, follows=1), inspection(3, follows=1)) == [[1, 2, 3]]


def test_what_is_not_among_them_breaks_no_chain():
    assert chains(inspection(5, follows=4), inspection(6, follows=5)) == [[5, 6]]


def test_two_that_follow_each_other_are_one_chain():
    assert chains(inspection(1, follows=2, day=1), inspection(2, follows=1, day=1), inspection(3, follows=2)) == [
        [1, 2, 3]
    ]


def test_the_chain_of_one_of_them():
    second = inspection(2, follows=1)

    assert [each.pk for each in chain_with(second, [inspection(1), second, inspection(3)])] == [1, 2]


def test_one_that_is_not_among_them_is_a_chain_of_its_own():
    alone = inspection(9)

    assert chain_with(alone, [inspection(1)]) == [alone]
