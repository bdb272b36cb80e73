from datetime import date
from decimal import Decimal

import pytest

from partnership import actions as partnership_actions
from partnership.choices import PeriodKind
from partnership.tests.factories import make_agency, make_alice, make_area, make_period
from reviews import actions
from reviews.choices import ReviewKind, ReviewStage
from reviews.figures import CALCULATIONS, computed

pytestmark = pytest.mark.django_db

COMPLETED, FINAL_DRAFT, TO_START = ReviewStage.COMPLETED, ReviewStage.FINAL_DRAFT, ReviewStage.TO_START
AWAITING = ReviewStage.AWAITING_PUBLICATION


def make_review(reference, kind=ReviewKind.LCSPR, stage=ReviewStage.IN_PROGRESS, **fields):
    return actions.record_review(reference=reference, kind=kind, stage=stage, by=make_alice(), **fields)


def make_rapid_review(reference, decided_on, stage=COMPLETED):
    return make_review(reference, ReviewKind.RAPID_REVIEW, stage, decided_on=decided_on)


def inspect(subject, started_on):
    return actions.record_inspection(
        body="Ofsted", subject=subject, agency=make_agency(), started_on=started_on, by=make_alice()
    )


def make_quarter():
    return partnership_actions.add_period(
        code="q1",
        label="Quarter 1",
        kind=PeriodKind.QUARTER,
        starts_on=date(2022, 4, 1),
        ends_on=date(2022, 6, 30),
        by=None,
    )


def figures(*periods):
    """The computed figures as whole numbers, by calculation and the period's code."""
    periods = periods or (make_period("2021-22"), make_period("2022-23"), make_period("2023-24"))
    return {(name, code): int(count) for (name, of, code), count in computed(periods).items() if of == ""}


def test_without_records_nothing_is_computed():
    assert computed([make_period("2022-23")]) == {}


def test_numbers_are_decimals_of_nothing_in_particular():
    inspect("Focussed visit", date(2022, 5, 1))

    assert computed([make_period("2022-23")]) == {("reviews.inspections", "", "2022-23"): Decimal(1)}


def test_inspections_count_in_every_period_in_which_they_began():
    for number, started_on in enumerate(
        [
            date(2022, 3, 31),
            date(2022, 4, 1),
            date(2022, 6, 30),
            date(2022, 7, 1),
            date(2023, 3, 31),
            date(2023, 4, 1),
        ]
    ):
        inspect(f"Visit {number}", started_on)

    assert figures(make_quarter(), make_period("2021-22"), make_period("2022-23"), make_period("2024-25")) == {
        ("reviews.inspections", "q1"): 2,
        ("reviews.inspections", "2021-22"): 1,
        ("reviews.inspections", "2022-23"): 4,
    }


def test_rapid_reviews_count_when_completed_in_the_period_in_which_they_were_decided():
    make_rapid_review("R1", date(2022, 4, 1))
    make_rapid_review("R2", date(2023, 3, 31))
    make_rapid_review("R3", date(2022, 3, 31))
    make_rapid_review("R4", date(2022, 5, 1), stage=ReviewStage.IN_PROGRESS)
    make_rapid_review("R5", None)
    make_review("T1", ReviewKind.THEMATIC, COMPLETED, decided_on=date(2022, 5, 1))

    assert figures() == {("reviews.rapid_reviews", "2021-22"): 1, ("reviews.rapid_reviews", "2022-23"): 2}


def test_a_practice_review_counts_in_the_period_of_the_rapid_review_it_follows():
    this_year = make_rapid_review("R1", date(2023, 3, 31))
    last_year = make_rapid_review("R2", date(2022, 3, 31))
    make_review("L1", follows=this_year, decided_on=date(2023, 5, 1))
    make_review("L2", follows=this_year)
    make_review("L3", follows=last_year)
    make_review("L4", decided_on=date(2022, 5, 1))
    make_review("T1", ReviewKind.THEMATIC, follows=this_year)

    found = figures()

    assert {key: count for key, count in found.items() if key[0] == "reviews.lcspr_commissioned"} == {
        ("reviews.lcspr_commissioned", "2021-22"): 1,
        ("reviews.lcspr_commissioned", "2022-23"): 2,
    }


def test_the_parts_are_of_the_practice_reviews_that_followed():
    rapid = [make_rapid_review(f"R{number}", date(2022, 5, 1)) for number in range(6)]
    for number, stage in enumerate([FINAL_DRAFT, FINAL_DRAFT, FINAL_DRAFT, TO_START]):
        make_review(f"L{number}", stage=stage, follows=rapid[number])
    make_review("L8", stage=FINAL_DRAFT, decided_on=date(2022, 5, 1))
    make_review("T1", ReviewKind.THEMATIC, FINAL_DRAFT, follows=rapid[5])
    make_review("T2", ReviewKind.THEMATIC, TO_START, follows=rapid[5])

    assert figures() == {
        ("reviews.rapid_reviews", "2022-23"): 6,
        ("reviews.lcspr_commissioned", "2022-23"): 4,
        ("reviews.lcspr_final_draft", "2022-23"): 3,
        ("reviews.lcspr_to_start", "2022-23"): 1,
    }


def test_reviews_that_wait_for_publication_are_counted_from_their_decision_on():
    rapid = make_rapid_review("R1", date(2023, 3, 31))
    make_review("L1", stage=AWAITING, decided_on=date(2021, 5, 1))
    make_review("L2", stage=AWAITING, decided_on=date(2022, 3, 31))
    make_review("L3", stage=AWAITING, decided_on=date(2022, 4, 1))
    make_review("L4", stage=AWAITING, follows=rapid)
    make_review("L5", stage=ReviewStage.PUBLISHED, decided_on=date(2021, 5, 1))
    make_review("L6", stage=AWAITING)

    found = figures(make_period("2020-21"), make_period("2021-22"), make_period("2022-23"))

    assert {key: count for key, count in found.items() if key[0] == "reviews.lcspr_awaiting_publication"} == {
        ("reviews.lcspr_awaiting_publication", "2021-22"): 2,
        ("reviews.lcspr_awaiting_publication", "2022-23"): 4,
    }


def test_child_deaths_are_told_for_their_period_where_they_are_known():
    for code, counts in {
        "2022-23": {"notified": 79, "unexpected": 17, "reviewed": 107, "modifiable": 28},
        "2021-22": {"notified": 93, "unexpected": 0},
    }.items():
        actions.record_child_deaths(period=make_period(code), area=make_area(), by=make_alice(), **counts)

    assert figures() == {
        ("reviews.child_deaths_notified", "2022-23"): 79,
        ("reviews.child_deaths_unexpected", "2022-23"): 17,
        ("reviews.child_deaths_reviewed", "2022-23"): 107,
        ("reviews.child_deaths_modifiable", "2022-23"): 28,
        ("reviews.child_deaths_notified", "2021-22"): 93,
        ("reviews.child_deaths_unexpected", "2021-22"): 0,
    }


def make_everything(number):
    """A record for every calculation."""
    rapid = make_rapid_review(f"R{number}", date(2022, 5, 1))
    for stage in (FINAL_DRAFT, TO_START, AWAITING):
        make_review(f"L{number}{stage}"[:20], stage=stage, follows=rapid)
    inspect(f"Visit {number}", date(2022, 5, 1))
    actions.record_child_deaths(
        period=make_period(f"20{22 + number}-{23 + number}"),
        area=make_area(),
        notified=9,
        unexpected=1,
        reviewed=9,
        modifiable=1,
        by=make_alice(),
    )


def test_every_calculation_that_is_offered_can_be_computed_and_no_other():
    make_everything(0)

    assert {name for name, _ in figures()} == set(CALCULATIONS)


@pytest.mark.parametrize("size", [1, 4])
def test_computing_takes_three_queries_whatever_there_is(size, django_assert_num_queries):
    for number in range(size):
        make_everything(number)
    periods = [make_period("2021-22"), make_period("2022-23")]

    with django_assert_num_queries(3):
        found = computed(periods)

    assert found["reviews.inspections", "", "2022-23"] == size
