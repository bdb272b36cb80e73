from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.tests.factories import make_agency, make_alice, make_area, make_period
from reviews import actions
from reviews.choices import ReviewKind, ReviewStage
from reviews.models import ChildDeathSummary, Inspection, PracticeReview, Theme

pytestmark = pytest.mark.django_db


def record_review(reference="R1", **fields):
    return actions.record_review(
        **{
            "reference": reference,
            "kind": ReviewKind.LCSPR,
            "stage": ReviewStage.IN_PROGRESS,
            "by": make_alice(),
            **fields,
        }
    )


def record_inspection(subject="Police re-inspection", **fields):
    return actions.record_inspection(
        **{
            "body": "HMICFRS",
            "subject": subject,
            "agency": make_agency(),
            "started_on": date(2023, 3, 1),
            "by": make_alice(),
            **fields,
        }
    )


def record_child_deaths(**fields):
    return actions.record_child_deaths(
        **{"period": make_period(), "area": make_area(), "notified": 79, "by": make_alice(), **fields}
    )


def lines():
    events = AuditEvent.objects.filter(target_model__startswith="reviews.")
    return list(events.order_by("pk").values_list("verb", "by_label", "target_label"))


def test_a_review_is_recorded_with_its_themes():
    Theme.objects.create(name="Neglect")
    first = record_review("R1", kind=ReviewKind.RAPID_REVIEW, stage=ReviewStage.COMPLETED)

    record_review(
        "L1",
        stage=ReviewStage.AWAITING_PUBLICATION,
        started_on=date(2022, 5, 1),
        decided_on=date(2022, 5, 20),
        outcome="Learning shared.",
        reason="Serious harm.",
        awaiting_reason="Criminal proceedings.",
        published_on=date(2022, 5, 1),
        follows=first,
        themes=["Neglect", "Under-ones"],
    )

    review = PracticeReview.objects.get(reference="L1")
    assert (review.kind, review.stage, review.follows) == ("lcspr", "awaiting-publication", first)
    assert (review.started_on, review.decided_on, review.published_on) == (
        date(2022, 5, 1),
        date(2022, 5, 20),
        date(2022, 5, 1),
    )
    assert (review.outcome, review.reason, review.awaiting_reason) == (
        "Learning shared.",
        "Serious harm.",
        "Criminal proceedings.",
    )
    assert [theme.name for theme in review.themes.all()] == ["Neglect", "Under-ones"]
    assert Theme.objects.count() == 2
    assert lines() == [
        ("review.recorded", "Alice", "Rapid review R1"),
        ("review.recorded", "Alice", "Local child safeguarding practice review L1"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "R1"},
        {"kind": ReviewKind.RAPID_REVIEW, "started_on": date(2022, 5, 2), "decided_on": date(2022, 5, 1)},
        {"started_on": date(2022, 5, 2), "published_on": date(2022, 5, 1)},
    ],
)
def test_a_review_that_cannot_be_is_refused_by_the_database_and_leaves_nothing(wrong):
    record_review("R1")

    with pytest.raises(IntegrityError), transaction.atomic():
        record_review(**{"reference": "R2", "themes": ["Neglect"], **wrong})

    assert (PracticeReview.objects.count(), Theme.objects.count(), len(lines())) == (1, 0, 1)


@pytest.mark.parametrize(
    "dates",
    [
        {"decided_on": date(2022, 5, 1)},
        {"published_on": date(2022, 5, 1)},
        {"started_on": date(2022, 5, 1), "decided_on": date(2022, 5, 1), "published_on": date(2022, 5, 1)},
        {"kind": ReviewKind.RAPID_REVIEW, "started_on": date(2022, 5, 1), "decided_on": date(2022, 5, 1)},
        {"kind": ReviewKind.LCSPR, "started_on": date(2022, 5, 2), "decided_on": date(2022, 5, 1)},
    ],
)
def test_a_review_may_have_some_of_its_dates_and_be_commissioned_before_it_starts(dates):
    review = record_review(**dates)

    review.refresh_from_db()
    assert {name: getattr(review, name) for name in dates} == dates


def test_an_inspection_is_recorded_after_the_one_it_follows():
    first = record_inspection("Police inspection", started_on=date(2021, 10, 1))

    record_inspection("Police re-inspection", outcome="Six signed off.", follows_on=first)

    assert list(Inspection.objects.values_list("body", "subject", "agency", "started_on", "outcome", "follows_on")) == [
        ("HMICFRS", "Police inspection", first.agency_id, date(2021, 10, 1), "", None),
        ("HMICFRS", "Police re-inspection", first.agency_id, date(2023, 3, 1), "Six signed off.", first.pk),
    ]
    assert lines() == [
        ("inspection.recorded", "Alice", "Police inspection (HMICFRS)"),
        ("inspection.recorded", "Alice", "Police re-inspection (HMICFRS)"),
    ]


@pytest.mark.parametrize("wrong", [{"subject": "Police inspection"}, {"started_on": None}])
def test_an_inspection_that_cannot_be_is_refused_by_the_database(wrong):
    record_inspection("Police inspection")

    with pytest.raises(IntegrityError), transaction.atomic():
        record_inspection(**{"subject": "Another", **wrong})

    assert (Inspection.objects.count(), len(lines())) == (1, 1)


def test_child_deaths_are_recorded_as_counts():
    record_child_deaths(unexpected=17, reviewed=107, modifiable=28, themes=["Neonatal"])

    summary = ChildDeathSummary.objects.get()
    assert (summary.period, summary.area) == (make_period(), make_area())
    assert (summary.notified, summary.unexpected, summary.reviewed, summary.modifiable) == (79, 17, 107, 28)
    assert [theme.name for theme in summary.themes.all()] == ["Neonatal"]
    assert lines() == [("child-deaths.recorded", "Alice", "Child deaths, County, 2022/23")]


@pytest.mark.parametrize(
    "counts",
    [
        {"notified": 0},
        {"notified": 79, "unexpected": 79},
        {"notified": 0, "unexpected": 0, "reviewed": 0, "modifiable": 0},
        {"notified": 79, "reviewed": 107, "modifiable": 107},
        {"notified": 79, "reviewed": 107},
    ],
)
def test_a_part_may_be_as_great_as_its_whole_and_counts_may_be_unknown(counts):
    summary = record_child_deaths(**counts)

    summary.refresh_from_db()
    unknown = dict.fromkeys(("unexpected", "reviewed", "modifiable"))
    assert {name: getattr(summary, name) for name in (*unknown, "notified")} == {**unknown, **counts}


@pytest.mark.parametrize(
    "counts",
    [
        {"notified": None},
        {"notified": -1},
        {"notified": 79, "unexpected": 80},
        {"notified": 79, "unexpected": -1},
        {"notified": 79, "reviewed": 107, "modifiable": 108},
        {"notified": 79, "modifiable": 28},
    ],
)
def test_a_part_greater_than_its_whole_is_refused_by_the_database_and_leaves_nothing(counts):
    with pytest.raises(IntegrityError), transaction.atomic():
        record_child_deaths(**counts, themes=["Neonatal"])

    assert (ChildDeathSummary.objects.count(), Theme.objects.count(), lines()) == (0, 0, [])


def test_child_deaths_of_an_area_are_recorded_once_a_period():
    record_child_deaths(notified=79)

    record_child_deaths(notified=93, period=make_period("2021-22"))
    with pytest.raises(IntegrityError), transaction.atomic():
        record_child_deaths(notified=80)

    assert list(ChildDeathSummary.objects.values_list("period__code", "notified")) == [("2021-22", 93), ("2022-23", 79)]
