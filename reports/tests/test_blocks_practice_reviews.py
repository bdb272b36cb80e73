from datetime import date

import pytest

from partnership.tests.factories import make_alice
from priorities.choices import DisclosureRule, Unit
from priorities.tests.factories import make_measure
from reports.assemble import assemble
from reports.choices import Kind
from reports.tests.factories import make_block, read_new
from reviews.choices import Decision, RecommendationSource, RecommendationStatus, ReviewKind, ReviewStage
from reviews.tests.factories import make_recommendation, make_review, sign_off

pytestmark = pytest.mark.django_db

HIDDEN = "hidden to protect people"


def make_rapid_reviews(*decisions, decided_on=date(2022, 6, 1)):
    """Rapid reviews that were completed on a day, each with what it decided."""
    return [
        make_review(
            f"SR-{number}",
            ReviewKind.RAPID_REVIEW,
            ReviewStage.COMPLETED,
            dates={ReviewStage.COMPLETED: decided_on},
            decision=decision,
            reason="The learning was clear.",
        )
        for number, decision in enumerate(decisions)
    ]


def tell_of_few(code, calculation, of=""):
    """A measure whose rule lets small counts of reviews be told."""
    make_measure(code, unit=Unit.REVIEWS, calculation=calculation, calculation_of=of, rule=DisclosureRule.NOT_PEOPLE)


def cells(table):
    return {row.head: row.cells for row in table.rows}


def test_without_records_it_says_so():
    block = read_new(Kind.PRACTICE_REVIEWS)

    assert block.tables == ()
    assert block.intro == (
        "No review was notified, completed or under way in 2022/23, and no recommendation was in force."
    )


def test_small_counts_are_hidden_where_no_measure_says_otherwise():
    make_rapid_reviews(Decision.LCSPR, Decision.LCSPR, Decision.NONE)

    (table,) = read_new(Kind.PRACTICE_REVIEWS).tables

    assert table.caption == "Reviews in 2022/23, as they stood on 31 March 2023"
    assert cells(table) == {
        "Rapid reviews completed": (HIDDEN, ""),
        "Decided: local child safeguarding practice review": (HIDDEN, ""),
        "Decided: no further review": (HIDDEN, ""),
    }


def test_counts_that_may_be_told_stand_with_their_share_and_become_figures_of_the_report():
    tell_of_few("RAPID_REVIEWS", "reviews.rapid_reviews")
    tell_of_few("TO_LCSPR", "reviews.decided", Decision.LCSPR)
    tell_of_few("NO_MORE", "reviews.decided", Decision.NONE)
    tell_of_few("OTHER_LEARNING", "reviews.decided", Decision.OTHER)
    make_rapid_reviews(Decision.LCSPR, Decision.LCSPR, Decision.LCSPR, Decision.NONE)
    block = make_block(kind=Kind.PRACTICE_REVIEWS)

    read = assemble(block.section.report)

    (table,) = read.sections[0].blocks[0].tables
    assert [(row.head, row.cells, row.is_below) for row in table.rows] == [
        ("Rapid reviews completed", ("4", ""), False),
        ("Decided: local child safeguarding practice review", ("3", "75%"), True),
        ("Decided: no further review", ("1", "25%"), True),
    ]
    assert [(figure.code, figure.text) for figure in read.figures] == [
        ("RAPID_REVIEWS", "4"),
        ("TO_LCSPR", "3"),
        ("NO_MORE", "1"),
    ]


def test_nobody_can_subtract_a_small_part_from_the_whole():
    """Of 9 rapid reviews, 7 and 2: the 2 is hidden, and with it the 7."""
    make_rapid_reviews(*[Decision.LCSPR] * 7, *[Decision.NONE] * 2)

    (table,) = read_new(Kind.PRACTICE_REVIEWS).tables

    assert cells(table) == {
        "Rapid reviews completed": ("9", ""),
        "Decided: local child safeguarding practice review": (HIDDEN, ""),
        "Decided: no further review": (HIDDEN, ""),
    }


def test_reviews_of_other_years_are_not_counted():
    make_rapid_reviews(*[Decision.NONE] * 6, decided_on=date(2022, 3, 31))

    assert read_new(Kind.PRACTICE_REVIEWS).tables == ()


def test_a_kind_or_stage_has_a_row_once_a_measure_names_it():
    tell_of_few("THEMATIC", "reviews.by_kind", ReviewKind.THEMATIC)
    make_review("TR-1", ReviewKind.THEMATIC)
    make_review("DR-1", ReviewKind.DHR)

    (table,) = read_new(Kind.PRACTICE_REVIEWS).tables

    assert cells(table) == {"Thematic": ("1", "")}


def test_recommendations_are_counted_by_what_made_them():
    alice = make_alice()
    make_recommendation(by=alice, source=RecommendationSource.SCRUTINEER)
    make_recommendation(RecommendationStatus.SIGNED_OFF, by=alice, source=RecommendationSource.AUDIT)
    make_recommendation(RecommendationStatus.EMBEDDED, by=alice, source=RecommendationSource.AUDIT)
    earlier = make_recommendation(by=alice, source=RecommendationSource.AUDIT, made_on=date(2021, 5, 1))
    sign_off(earlier, date(2023, 4, 1), by=alice)

    (table,) = read_new(Kind.PRACTICE_REVIEWS).tables

    assert table.heads == ("Made by", "Made in the year", "Signed off in the year", "Open", "Embedded")
    assert [(row.head, row.cells, row.is_total) for row in table.rows] == [
        ("Audit", ("2", "2", "1", "1"), False),
        ("Independent scrutineer", ("1", "0", "1", "0"), False),
        ("All", ("3", "2", "2", "1"), True),
    ]
