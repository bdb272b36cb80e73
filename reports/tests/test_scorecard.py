from datetime import date

import pytest

from partnership import actions as partnership_actions
from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from partnership.tests.factories import make_erin, make_period
from priorities import actions
from priorities.choices import MeasureKind, Unit
from priorities.tests.factories import make_measure, make_target, make_value
from reports.queries import scorecard_measures, whole_figure_book
from reports.scorecard import draw_up, periods_offered
from reports.tests.test_trend import make_quarter

pytestmark = pytest.mark.django_db


def scorecard(period):
    return draw_up(whole_figure_book(), list(scorecard_measures()), period)


def shown(card):
    return {
        question.words: [(row.measure.name, row.entry.with_unit) for row in question.rows]
        for question in card.questions
    }


def make_day(day=date(2023, 3, 31)):
    return partnership_actions.add_period(
        code=f"at-{day}", label=f"At {day}", kind=PeriodKind.CUSTOM, starts_on=day, ends_on=day, by=None
    )


def test_measures_stand_under_the_question_they_answer():
    make_value(make_measure("TRAINED", unit=Unit.PRACTITIONERS, kind=MeasureKind.HOW_MUCH), 170)
    make_value(make_measure("SAFER", kind=MeasureKind.BETTER_OFF), 58)
    make_measure("NEVER_RETURNED")

    card = scorecard(make_period())

    assert shown(card) == {
        "How much did we do?": [("Trained", "170 practitioners")],
        "Is anyone better off?": [("Safer", "58 children")],
    }
    assert [f"{measure}" for measure in card.without] == ["Never returned"]


def test_quarter_and_year_never_stand_for_each_other():
    measure = make_measure()
    make_value(measure, 600)
    quarter = make_quarter(4)
    other = make_measure("OTHER")
    make_value(other, 90, period=quarter)

    assert shown(scorecard(make_period())) == {"How much did we do?": [("Mace children", "600 children")]}
    assert shown(scorecard(quarter)) == {"How much did we do?": [("Other", "90 children")]}


def test_number_of_a_day_stands_in_the_period_that_holds_the_day():
    measure = make_measure()
    make_value(measure, 600, period=make_day())
    make_value(measure, 500, period=make_day(date(2022, 12, 31)))

    row = scorecard(make_period()).rows[0]

    assert (f"{row.entry.period}", row.entry.with_unit) == ("At 2023-03-31", "600 children")
    assert scorecard(make_period("2021-22")).rows == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "year"),
    [
        (date(2022, 5, 1), date(2023, 4, 30), "2022-23"),
        (date(2022, 9, 1), date(2023, 8, 31), "2022-23"),
        (date(2023, 1, 1), date(2023, 4, 30), "2022-23"),
        (date(2023, 3, 1), date(2023, 6, 30), "2023-24"),
        (date(2021, 4, 1), date(2024, 3, 31), None),
    ],
)
def test_dates_of_their_own_stand_in_the_year_that_holds_most_of_them(starts_on, ends_on, year):
    period = partnership_actions.add_period(
        code="own", label="Own dates", kind=PeriodKind.CUSTOM, starts_on=starts_on, ends_on=ends_on, by=None
    )
    make_value(make_measure(), 600, period=period)
    years = [make_period(code) for code in ("2021-22", "2022-23", "2023-24")]

    assert [each.code for each in years if scorecard(each).rows] == ([year] if year else [])


def test_periods_with_values_are_offered_the_latest_year_first():
    measure = make_measure()
    for period in (make_quarter(1), make_quarter(2), make_period("2021-22"), make_period(), make_day()):
        make_value(measure, 600, period=period)
    make_period("2023-24")

    offered = periods_offered(whole_figure_book(), [measure], list(ReportingPeriod.objects.all()))

    assert [f"{period}" for period in offered] == ["2022/23", "2021/22", "Q2 2022", "Q1 2022"]


def test_row_says_change_comparator_target_and_trend():
    measure = make_measure(unit=Unit.PERCENT, polarity="up")
    make_value(measure, 50, period=make_period("2021-22"))
    value = make_value(measure, 58)
    actions.compare(value=value, kind="england", number=50, by=make_erin())
    make_target(measure, 60, tolerance=5)

    row = scorecard(make_period()).rows[0]

    assert row.entry.change_in_words == "Rise of 8 points"
    assert (row.comparators_in_words, row.target_in_words) == (["England: 50%"], "60%")
    assert row.entry.rating.words == "At risk"
    assert row.line_in_words == "2021/22: 50%; 2022/23: 58%"
    assert row.line.count("<polyline") == 1


def test_trend_ends_with_the_scorecard_s_period():
    measure = make_measure()
    for year, number in (("2020-21", 400), ("2021-22", 508), ("2022-23", 610)):
        make_value(measure, number, period=make_period(year))

    assert scorecard(make_period("2021-22")).rows[0].line_in_words == "2020/21: 400; 2021/22: 508"


def test_hidden_value_leaves_no_trace_in_the_row():
    measure = make_measure(polarity="down")
    for year, number in (("2020-21", 40), ("2021-22", 3), ("2022-23", 30)):
        make_value(measure, number, period=make_period(year))
        make_target(measure, 2, period=make_period(year))

    row = scorecard(make_period("2021-22")).rows[0]

    assert (row.entry.with_unit, row.entry.change_in_words) == ("hidden to protect people", "")
    assert (row.entry.rating.rag, row.line) == ("", "")
    assert row.line_in_words == "2020/21: 40; 2021/22: hidden to protect people"
