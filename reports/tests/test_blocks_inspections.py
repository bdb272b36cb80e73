from datetime import date

import pytest

from partnership.tests.factories import make_agency, make_alice, make_period
from reports.choices import Kind
from reports.tests.factories import read_new
from reviews import actions
from reviews.choices import RecommendationSource, RecommendationStatus
from reviews.tests.factories import make_recommendation

pytestmark = pytest.mark.django_db


def inspect(subject, started_on, **fields):
    row = {"body": "Ofsted", "subject": subject, "agency": make_agency(), "started_on": started_on, "by": make_alice()}
    return actions.record_inspection(**row | fields)


def rows(block):
    (table,) = block.tables
    return [(row.head, row.detail, row.cells, row.is_below) for row in table.rows]


def test_without_an_inspection_it_says_so():
    inspect("Last year's visit", date(2022, 3, 31))
    inspect("Next year's visit", date(2023, 4, 1))

    block = read_new(Kind.INSPECTIONS)

    assert (block.intro, block.tables) == ("No inspection began in 2022/23.", ())


def test_inspections_stand_with_what_was_found():
    inspect("Visit", date(2022, 5, 3), is_month_only=True, judgement="Good", outcome="Staff listen.\n\nPlans are clear")
    withdrawn = inspect("Recorded in error", date(2022, 6, 1))
    actions.withdraw_record(record=withdrawn, noun="inspection", reason="Recorded twice", by=make_alice())

    assert rows(read_new(Kind.INSPECTIONS)) == [
        ("Visit", "Ofsted", ("May 2022", "Good. Staff listen. Plans are clear."), False)
    ]


def test_a_re_inspection_stands_below_the_earlier_one_with_its_recommendations():
    first = inspect("Child protection", date(2021, 10, 4), outcome="Much to do.")
    inspect("Focused visit", date(2022, 5, 3))
    inspect("Child protection again", date(2023, 1, 9), follows_on=first)
    alice = make_alice()
    for status in (RecommendationStatus.OPEN, RecommendationStatus.OPEN, RecommendationStatus.SIGNED_OFF):
        made = {"source": RecommendationSource.INSPECTION, "inspection": first, "made_on": date(2021, 12, 1)}
        make_recommendation(status, by=alice, **made)
    make_period("2021-22")

    assert rows(read_new(Kind.INSPECTIONS)) == [
        ("Focused visit", "Ofsted", ("3 May 2022", ""), False),
        (
            "Child protection",
            "Ofsted. An earlier year, shown for what followed.",
            ("4 October 2021", "Much to do. 3 recommendations, 1 signed off by 31 March 2023."),
            False,
        ),
        (
            "Child protection again",
            "Ofsted. It follows on from an earlier inspection.",
            ("9 January 2023", ""),
            True,
        ),
    ]
