from datetime import UTC, date, datetime

import pytest
import time_machine

from partnership.models import ReportingPeriod
from partnership.tests.factories import make_agency, make_alice, make_period
from reviews import actions
from reviews.choices import RecommendationSource, RecommendationStatus
from reviews.figures.recommendations import computed
from reviews.models import Recommendation
from reviews.tests.factories import make_recommendation, sign_off

pytestmark = pytest.mark.django_db


def figures(of="", *codes):
    """The computed figures as whole numbers, by what is counted and the period's code."""
    periods = [make_period(code) for code in codes or ("2021-22", "2022-23", "2023-24")]
    start = "reviews.recommendations_"
    return {
        (name.removeprefix(start), code): int(count)
        for (name, each, code), count in computed(periods).items()
        if each == of
    }


def make_inspection():
    return actions.record_inspection(
        body="HMICFRS",
        subject="Police inspection",
        agency=make_agency(),
        started_on=date(2021, 10, 1),
        by=make_alice(),
    )


def test_each_year_is_told_as_it_stood_on_its_last_day():
    make_recommendation(RecommendationStatus.EMBEDDED, made_on=date(2022, 1, 10))  # signed off in April, then November

    assert figures() == {
        ("made", "2021-22"): 1,
        ("open", "2021-22"): 1,
        ("signed_off", "2022-23"): 1,
        ("embedded", "2022-23"): 1,
        ("embedded", "2023-24"): 1,
    }


def test_of_the_fifteen_of_an_inspection_six_are_signed_off_and_nine_open():
    inspection = make_inspection()
    for number in range(15):
        recommendation = make_recommendation(
            source=RecommendationSource.INSPECTION, inspection=inspection, made_on=date(2021, 11, 30)
        )
        if number < 6:
            sign_off(recommendation, date(2023, 1, 31), by=make_alice())
    make_recommendation(made_on=date(2021, 11, 30))

    assert figures("police") == {
        ("made_by_inspection", "2021-22"): 15,
        ("open_by_inspection", "2021-22"): 15,
        ("signed_off_by_inspection", "2022-23"): 6,
        ("open_by_inspection", "2022-23"): 9,
        ("open_by_inspection", "2023-24"): 9,
        ("made_by_agency", "2021-22"): 16,
        ("open_by_agency", "2021-22"): 16,
        ("signed_off_by_agency", "2022-23"): 6,
        ("open_by_agency", "2022-23"): 10,
        ("open_by_agency", "2023-24"): 10,
    }


def test_open_ones_are_told_by_their_age_on_the_last_day():
    for made_on in (date(2023, 1, 15), date(2022, 12, 31), date(2022, 6, 1), date(2020, 6, 1)):
        make_recommendation(made_on=made_on)

    bands = {of: int(count) for (name, of, _), count in computed([make_period()]).items() if name.endswith("_by_age")}

    assert bands == {"under-3-months": 1, "3-to-6-months": 1, "6-to-12-months": 1, "over-a-year": 1}


def test_what_is_withdrawn_is_not_counted():
    make_recommendation(RecommendationStatus.WITHDRAWN)

    assert figures("", "2021-22") == {}


def test_a_recommendation_that_was_opened_again_is_open():
    recommendation = make_recommendation(RecommendationStatus.SIGNED_OFF)
    with time_machine.travel("2023-02-01"):
        actions.reopen_recommendation(
            recommendation=recommendation, version=recommendation.version, reason="It slid back", by=make_alice()
        )

    assert figures("", "2022-23") == {("made", "2022-23"): 1, ("open", "2022-23"): 1}


def test_a_closed_year_counts_what_was_on_record_when_it_was_closed():
    with time_machine.travel("2023-05-01"):
        recommendation = make_recommendation()
    ReportingPeriod.objects.filter(pk=make_period().pk).update(
        closed_at=datetime(2023, 9, 1, tzinfo=UTC), closed_by=make_alice()
    )
    with time_machine.travel("2023-10-01"):
        sign_off(recommendation, date(2023, 1, 31), by=make_alice())
        make_recommendation()

    assert figures("", "2022-23") == {("made", "2022-23"): 1, ("open", "2022-23"): 1}


@pytest.mark.parametrize("size", [1, 3])
def test_computing_takes_two_queries_whatever_there_is(django_assert_num_queries, size):
    for _ in range(size):
        make_recommendation(RecommendationStatus.EMBEDDED)
    periods = [make_period("2021-22"), make_period("2022-23")]

    with django_assert_num_queries(2):
        found = computed(periods)

    assert found["reviews.recommendations_made", "", "2022-23"] == size
    assert Recommendation.objects.count() == size
