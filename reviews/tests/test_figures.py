from datetime import date
from decimal import Decimal

import pytest

from partnership import actions as partnership_actions
from partnership.choices import PeriodKind
from partnership.tests.factories import make_agency, make_alice, make_area, make_period
from reviews import actions
from reviews.choices import (
    AssessmentStatus,
    Decision,
    RecommendationSource,
    RecommendationStatus,
    ReviewKind,
    ReviewStage,
)
from reviews.figures import CALCULATIONS, computed
from reviews.models import PracticeReview
from reviews.tests.audit_factories import make_assessment, make_audit, make_case_audit
from reviews.tests.factories import make_recommendation
from reviews.tests.record_factories import make_child_deaths, make_establishment, make_feedback, make_restraint

pytestmark = pytest.mark.django_db

SIGNED_OFF = AssessmentStatus.SIGNED_OFF
COMPLETED, FINAL_DRAFT, TO_START = ReviewStage.COMPLETED, ReviewStage.FINAL_DRAFT, ReviewStage.TO_START
AWAITING = ReviewStage.AWAITING_PUBLICATION


def make_review(reference, kind=ReviewKind.LCSPR, stage=ReviewStage.IN_PROGRESS, commissioned_on=None, **fields):
    dates = {TO_START: commissioned_on} if commissioned_on else {}
    return actions.record_review(
        **{"reference": reference, "kind": kind, "stage": stage, "dates": dates, "by": make_alice(), **fields}
    )


def make_rapid_review(reference, decided_on, stage=COMPLETED, **fields):
    dates = {COMPLETED: decided_on} if decided_on else {}
    return make_review(reference, ReviewKind.RAPID_REVIEW, stage, dates=dates, **fields)


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
    make_rapid_review("R4", None, stage=ReviewStage.IN_PROGRESS)
    make_rapid_review("R5", None)
    make_review("T1", ReviewKind.THEMATIC, AWAITING, commissioned_on=date(2024, 5, 1))

    assert figures() == {("reviews.rapid_reviews", "2021-22"): 1, ("reviews.rapid_reviews", "2022-23"): 2}


def test_a_practice_review_counts_in_the_period_of_the_rapid_review_it_follows():
    this_year = make_rapid_review("R1", date(2023, 3, 31))
    last_year = make_rapid_review("R2", date(2022, 3, 31))
    make_review("L1", follows=this_year, commissioned_on=date(2023, 5, 1))
    make_review("L2", follows=this_year)
    make_review("L3", follows=last_year)
    make_review("L4", commissioned_on=date(2022, 5, 1))
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
    make_review("L8", stage=FINAL_DRAFT, commissioned_on=date(2022, 5, 1))
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
    make_review("L1", stage=AWAITING, commissioned_on=date(2021, 5, 1))
    make_review("L2", stage=AWAITING, commissioned_on=date(2022, 3, 31))
    make_review("L3", stage=AWAITING, commissioned_on=date(2022, 4, 1))
    make_review("L4", stage=AWAITING, follows=rapid)
    make_review("L5", stage=ReviewStage.PUBLISHED, commissioned_on=date(2021, 5, 1))
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


def of_each(calculation, *periods):
    """A calculation's whole numbers by what they are of."""
    return {of: int(count) for (name, of, _), count in computed(periods).items() if name == calculation}


def test_child_deaths_are_told_for_each_area_and_never_added_up():
    make_child_deaths(notified=79)
    period = make_period("2022-23")
    alone = of_each("reviews.child_deaths_notified", period)

    make_child_deaths(notified=90, area=make_area("region"))

    assert alone == {"county": 79, "": 79}
    assert of_each("reviews.child_deaths_notified", period) == {"county": 79, "region": 90}


def test_restraint_is_told_for_each_establishment():
    make_restraint(unacceptable=7)
    make_restraint(establishment=make_establishment("second"), incidents=8, unacceptable=None, types=[])
    period = make_period("2022-23")

    assert of_each("reviews.restraint_incidents", period) == {"custody": 20, "second": 8}
    assert of_each("reviews.restraint_types", period) == {"custody": 2, "": 2}
    assert of_each("reviews.restraint_acceptable", period) == {"custody": 13, "": 13}


def test_those_who_took_part_are_counted_in_all_and_by_whose_voice_it_is():
    make_feedback("A", took_part=40)
    make_feedback("B", took_part=2, source="families")
    make_feedback("C", took_part=None, source="families")
    period = make_period("2022-23")

    assert of_each("reviews.feedback_took_part", period) == {"": 42, "children": 40, "families": 2}
    assert of_each("reviews.feedback", period) == {"": 3, "children": 1, "families": 2}


def test_what_was_withdrawn_counts_no_more_unless_a_signed_report_counted_it():
    records = {"restraint": make_restraint(), "child-deaths": make_child_deaths(), "feedback": make_feedback()}
    period = make_period("2022-23")
    counted = computed([period])
    partnership_actions.close_period(period=period, by=make_alice())
    for noun, record in records.items():
        actions.withdraw_record(record=record, noun=noun, reason="Recorded twice", by=make_alice())
    period.refresh_from_db()

    assert computed([period]) == counted
    assert computed([partnership_actions.reopen_period(period=period, reason="Void", by=make_alice())]) == {}


def make_everything(number):
    """A record for every calculation."""
    incident = make_review(
        f"S{number}",
        ReviewKind.SERIOUS_INCIDENT,
        ReviewStage.NOTIFIED,
        dates={ReviewStage.AWARE: date(2022, 4, 6), ReviewStage.NOTIFIED: date(2022, 4, 11)},
    )
    rapid = make_rapid_review(
        f"R{number}", date(2022, 5, 3), follows=incident, decision=Decision.NONE, reason="Nothing new"
    )
    for stage in (FINAL_DRAFT, TO_START, AWAITING):
        make_review(f"L{number}{stage}"[:20], stage=stage, follows=rapid)
    visit = inspect(f"Visit {number}", date(2022, 5, 1))
    for status in (RecommendationStatus.OPEN, RecommendationStatus.EMBEDDED):
        make_recommendation(status, source=RecommendationSource.INSPECTION, inspection=visit)
    make_assessment(SIGNED_OFF, audit_round=make_audit(f"Audit {number}"))
    make_case_audit(f"Topic {number}")
    make_restraint(f"20{22 + number}-{23 + number}")
    make_feedback(f"Voice {number}")
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

    assert {name for name, _, _ in computed([make_period("2022-23"), make_period("2023-24")])} == set(CALCULATIONS)


@pytest.mark.parametrize("size", [1, 4])
def test_computing_takes_thirteen_queries_whatever_there_is(size, django_assert_num_queries):
    for number in range(size):
        make_everything(number)
    periods = [make_period("2021-22"), make_period("2022-23")]

    with django_assert_num_queries(13):
        found = computed(periods)

    assert found["reviews.inspections", "", "2022-23"] == size


def make_incident(reference, aware_on, notified_on):
    dates = {ReviewStage.AWARE: aware_on, ReviewStage.NOTIFIED: notified_on}
    return make_review(reference, ReviewKind.SERIOUS_INCIDENT, ReviewStage.NOTIFIED, dates=dates)


def test_what_was_done_on_time_is_counted_beside_what_was_done():
    on_time = make_incident("S1", date(2022, 5, 9), date(2022, 5, 16))
    make_incident("S2", date(2022, 5, 9), date(2022, 5, 17))
    make_rapid_review("R1", date(2022, 6, 8), follows=on_time)  # 15 working days over the Jubilee
    make_rapid_review("R2", date(2022, 6, 9), follows=on_time)

    assert figures() == {
        ("reviews.notified", "2022-23"): 2,
        ("reviews.notified_on_time", "2022-23"): 1,
        ("reviews.rapid_reviews", "2022-23"): 2,
        ("reviews.rapid_reviews_on_time", "2022-23"): 1,
    }


def test_reviews_are_counted_by_kind_and_stage():
    make_review("L1", stage=FINAL_DRAFT, commissioned_on=date(2021, 5, 1))
    make_review("L2", stage=FINAL_DRAFT, commissioned_on=date(2022, 5, 1))
    make_review("T1", ReviewKind.THEMATIC, commissioned_on=date(2022, 5, 1))

    found = {(of, name): int(count) for (name, of, _), count in computed([make_period("2022-23")]).items() if of}

    assert found == {
        ("lcspr", "reviews.by_kind"): 1,
        ("thematic", "reviews.by_kind"): 1,
        ("lcspr/final-draft", "reviews.at_stage"): 2,
        ("thematic/in-progress", "reviews.at_stage"): 1,
    }


def test_a_year_stays_as_it_was_when_its_reviews_move_on():
    rapid = make_rapid_review("R1", date(2022, 5, 1))
    review = make_review(
        "L1",
        stage=FINAL_DRAFT,
        follows=rapid,
        dates={TO_START: date(2022, 5, 1), FINAL_DRAFT: date(2023, 3, 1)},
    )
    before = figures(make_period("2022-23"))

    actions.move_on_review(review=review, stage=ReviewStage.PUBLISHED, on=date(2023, 4, 1), by=make_alice())

    assert figures(make_period("2022-23")) == before
    assert before["reviews.lcspr_final_draft", "2022-23"] == 1


def test_a_closed_year_goes_on_counting_what_it_counted():
    make_rapid_review("R1", date(2022, 5, 1))
    twice = make_rapid_review("R2", date(2022, 5, 1))
    period = partnership_actions.close_period(period=make_period("2022-23"), by=make_alice())

    actions.withdraw_review(review=twice, reason="Recorded twice.", by=make_alice())
    make_rapid_review("R3", date(2022, 6, 1))

    assert figures(period)["reviews.rapid_reviews", "2022-23"] == 2
    reopened = partnership_actions.reopen_period(period=period, reason="Void.", by=make_alice())
    assert figures(reopened)["reviews.rapid_reviews", "2022-23"] == 2
    assert {review.reference for review in PracticeReview.objects.in_force()} == {"R1", "R3"}
