from datetime import UTC, date, datetime

import pytest
import time_machine

from partnership import actions as partnership
from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from partnership.tests.factories import make_agency, make_alice, make_area, make_period
from reviews import actions
from reviews.choices import FeedbackMethod, FeedbackSource, RecommendationSource, RecommendationStatus
from reviews.models import Inspection
from reviews.tests.factories import make_recommendation
from reviews.yearly import YearOfLearning

pytestmark = pytest.mark.django_db

CLOSED_AT = datetime(2023, 11, 1, tzinfo=UTC)


def close(period):
    ReportingPeriod.objects.filter(pk=period.pk).update(closed_at=CLOSED_AT, closed_by=make_alice())
    return ReportingPeriod.objects.get(pk=period.pk)


def inspect(subject="Visit", started_on=date(2022, 5, 1), **fields):
    row = {"body": "Ofsted", "agency": make_agency(), "by": make_alice()}
    return actions.record_inspection(subject=subject, started_on=started_on, **row | fields)


def subjects(period):
    return [line.inspection.subject for line in YearOfLearning(period).inspections]


def test_a_closed_year_keeps_what_was_on_record_when_it_was_closed():
    with time_machine.travel("2023-10-01"):
        kept = inspect("On record")
    with time_machine.travel("2024-01-01"):
        actions.withdraw_record(record=kept, noun="inspection", reason="Recorded twice", by=make_alice())
        inspect("Found later", date(2022, 6, 1))

    assert subjects(make_period()) == ["Found later"]
    assert subjects(close(make_period())) == ["On record"]


def test_recommendations_are_told_as_they_stood_when_the_year_was_closed():
    with time_machine.travel("2023-10-01"):
        inspection = inspect()
        made = {"source": RecommendationSource.INSPECTION, "inspection": inspection, "by": make_alice()}
        make_recommendation(RecommendationStatus.SIGNED_OFF, **made)
    with time_machine.travel("2024-01-01"):
        make_recommendation(RecommendationStatus.SIGNED_OFF, **made)

    (line,) = YearOfLearning(make_period()).inspections
    assert (line.made, line.signed_off) == (2, 2)
    (line,) = YearOfLearning(close(make_period())).inspections
    assert (line.made, line.signed_off) == (1, 1)


def test_a_chain_of_re_inspections_stands_together_from_its_first():
    first = inspect("First", date(2021, 5, 1))
    second = inspect("Second", date(2022, 5, 1), follows_on=first)
    inspect("Between", date(2022, 6, 1))
    inspect("Third", date(2022, 7, 1), follows_on=second)

    assert subjects(make_period()) == ["First", "Second", "Third", "Between"]
    assert subjects(make_period("2021-22")) == ["First"]
    assert Inspection.objects.count() == 4


def test_child_deaths_of_the_year_before_are_those_of_the_same_area():
    counts = {"notified": 20, "by": make_alice()}
    county, city = make_area("county"), make_area("city")
    actions.record_child_deaths(period=make_period("2021-22"), area=city, **counts)
    actions.record_child_deaths(period=make_period("2020-21"), area=county, **counts)
    now = actions.record_child_deaths(period=make_period(), area=county, **counts)

    assert YearOfLearning(make_period()).child_deaths == [(now, None)]


def test_what_is_about_other_dates_belongs_to_the_year_in_which_they_begin():
    survey = partnership.add_period(
        code="jan-apr-2023",
        label="January to April 2023",
        kind=PeriodKind.CUSTOM,
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 4, 30),
        by=None,
    )
    feedback = actions.record_feedback(
        source=FeedbackSource.CHILDREN,
        method=FeedbackMethod.SURVEY,
        title="Worries",
        period=survey,
        agency=make_agency(),
        summary="Somewhere to go.",
        by=make_alice(),
    )
    posts = {"consent_by": "Lead", "anonymity_by": "Officer"}
    actions.confirm_feedback(feedback=feedback, version=feedback.version, **posts, by=make_alice())

    assert YearOfLearning(make_period()).feedback == [feedback]
    assert YearOfLearning(make_period("2023-24")).feedback == []
