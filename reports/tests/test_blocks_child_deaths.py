import pytest

from partnership.tests.factories import make_alice, make_area, make_period
from reports.choices import Kind
from reports.tests.factories import read_new
from reviews import actions

pytestmark = pytest.mark.django_db

HIDDEN = "hidden to protect people"


def record(year="2022-23", **fields):
    row = {"period": make_period(year), "area": make_area("county"), "notified": 79, "by": make_alice()}
    return actions.record_child_deaths(**row | fields)


def rows(table):
    return [(row.head, row.cells, row.is_below) for row in table.rows]


def test_without_counts_it_says_so():
    record("2021-22")

    block = read_new(Kind.CHILD_DEATHS)

    assert (block.intro, block.tables) == ("No counts of child deaths are recorded for 2022/23.", ())


def test_counts_stand_beside_those_of_the_year_before_with_their_shares():
    record("2021-22", notified=93)
    record(
        unexpected=17, reviewed=107, modifiable=28, priorities="Safer sleep\n\nAsthma", themes=["Smoking", "Housing"]
    )

    block = read_new(Kind.CHILD_DEATHS)

    (table,) = block.tables
    assert (table.caption, table.heads) == ("Child deaths in County", ("Child deaths", "2022/23", "2021/22"))
    assert rows(table) == [
        ("Notified", ("79", "93"), False),
        ("Unexpected", ("17 of 79, 22%", "not recorded"), True),
        ("Reviewed", ("107", "not recorded"), False),
        ("With modifiable factors", ("28 of 107, 26%", "not recorded"), True),
    ]
    assert [(each.title, each.points) for each in block.lists] == [
        ("Modifiable factors found most often", ("Housing", "Smoking")),
        ("What the panel put first", ("Safer sleep", "Asthma")),
    ]


def test_small_counts_and_what_would_tell_of_them_are_hidden():
    """4 are few; 18 of 20 leave two out."""
    record(notified=20, unexpected=18, reviewed=12, modifiable=4)

    (table,) = read_new(Kind.CHILD_DEATHS).tables

    assert rows(table) == [
        ("Notified", ("20",), False),
        ("Unexpected", (HIDDEN,), True),
        ("Reviewed", ("12",), False),
        ("With modifiable factors", (HIDDEN,), True),
    ]


def test_each_area_has_its_table():
    record()
    record(area=make_area("city"), notified=31, themes=["Smoking"])

    block = read_new(Kind.CHILD_DEATHS)

    assert [(table.caption, rows(table)) for table in block.tables] == [
        ("Child deaths in City", [("Notified", ("31",), False)]),
        ("Child deaths in County", [("Notified", ("79",), False)]),
    ]
    assert [each.title for each in block.lists] == ["Modifiable factors found most often in City"]


def test_a_withdrawn_count_is_not_told():
    actions.withdraw_record(record=record(), noun="child-deaths", reason="Of another area", by=make_alice())

    assert read_new(Kind.CHILD_DEATHS).tables == ()
