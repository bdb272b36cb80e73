from datetime import date

import pytest

from partnership import actions as partnership_actions
from partnership.choices import PeriodKind
from partnership.tests.factories import make_period
from priorities.choices import Unit
from priorities.tests.factories import make_measure, make_target, make_value
from reports.queries import whole_figure_book
from reports.rendering.charts import chart_svg
from reports.trend import slots, trend_charts

pytestmark = pytest.mark.django_db

CODE = "MACE_CHILDREN"


def make_quarter(number, year=2022):
    month = {1: 4, 2: 7, 3: 10, 4: 1}[number]
    first = date(year + (number == 4), month, 1)
    last = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}[number]
    return partnership_actions.add_period(
        code=f"{year}-q{number}",
        label=f"Q{number} {year}",
        kind=PeriodKind.QUARTER,
        starts_on=first,
        ends_on=date(first.year, *last),
        by=None,
    )


def entries():
    return whole_figure_book({CODE}).entries(CODE)


def test_years_and_quarters_are_two_lines():
    measure = make_measure()
    for year, number in (("2021-22", 508), ("2022-23", 610)):
        make_value(measure, number, period=make_period(year))
    for quarter in (1, 2):
        make_value(measure, 100 * quarter, period=make_quarter(quarter))

    charts = trend_charts(entries())

    assert [(chart.categories, chart.series[0].values) for chart in charts] == [
        (("2021/22", "2022/23"), (508, 610)),
        (("Q1 2022", "Q2 2022"), (100, 200)),
    ]


def test_period_without_a_value_is_a_gap():
    measure = make_measure()
    for year, number in (("2019-20", 400), ("2020-21", 450), ("2022-23", 610)):
        make_value(measure, number, period=make_period(year))

    chart = trend_charts(entries())[0]

    assert chart.categories == ("2019/20", "2020/21", "2021/22", "2022/23")
    assert chart.series[0].values == (400, 450, None, 610)
    assert chart.alt == (
        "Line chart. Mace children, by financial year. 2019/20: 400; 2020/21: 450; 2021/22: no value; 2022/23: 610."
    )


def test_missing_quarter_is_called_as_people_call_it():
    measure = make_measure()
    for quarter in (2, 4):
        make_value(measure, 100, period=make_quarter(quarter))

    assert [label for label, _ in slots(entries(), PeriodKind.QUARTER)] == ["Q2 2022", "Quarter 3 2022/23", "Q4 2022"]


def test_hidden_value_is_not_drawn_and_not_told():
    measure = make_measure()
    for year, number in (("2020-21", 40), ("2021-22", 4), ("2022-23", 30)):
        make_value(measure, number, period=make_period(year))

    chart = trend_charts(entries())[0]

    assert chart.series[0].values == (40, None, 30)
    assert chart.series[0].texts == ("40", "hidden to protect people", "30")
    assert "2021/22: hidden to protect people" in chart.alt


def test_five_years_are_shown():
    measure = make_measure()
    for year in range(2015, 2023):
        make_value(measure, year, period=make_period(f"{year}-{(year + 1) % 100:02}"))

    assert trend_charts(entries())[0].series[0].values == (2018, 2019, 2020, 2021, 2022)


def test_dates_of_their_own_make_no_line():
    measure = make_measure()
    for year in (2021, 2022):
        period = partnership_actions.add_period(
            code=f"may-{year}",
            label=f"May {year}",
            kind=PeriodKind.CUSTOM,
            starts_on=date(year, 5, 1),
            ends_on=date(year, 5, 31),
            by=None,
        )
        make_value(measure, 100, period=period)

    assert trend_charts(entries()) == []


def test_one_value_is_no_trend():
    make_value(make_measure(), 610)

    assert trend_charts(entries()) == []


def test_target_stands_beside_and_lines_differ_without_colour():
    measure = make_measure(unit=Unit.PERCENT)
    for year, number in (("2021-22", 50), ("2022-23", 58)):
        make_value(measure, number, period=make_period(year))
        make_target(measure, 60, period=make_period(year))

    chart = trend_charts(entries())[0]
    svg = chart_svg(chart, "#1d4f76")

    assert [(series.name, series.values, series.texts) for series in chart.series] == [
        ("Mace children", (50, 58), ("50%", "58%")),
        ("Target", (60, 60), ("60%", "60%")),
    ]
    assert svg.count("stroke-dasharray") >= 1
