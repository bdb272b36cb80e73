from datetime import date

import pytest

from partnership.tests.factories import make_agency, make_alice
from reports.choices import Kind
from reports.tests.factories import read_new
from reviews import actions
from reviews.choices import RecommendationStatus
from reviews.tests.factories import make_recommendation, make_theme

pytestmark = pytest.mark.django_db


def raise_in(theme, *years):
    for year in years:
        actions.record_inspection(
            body="Ofsted",
            subject=f"{theme} {year}",
            agency=make_agency(),
            started_on=date(year, 5, 1),
            themes=[theme],
            by=make_alice(),
        )


def test_without_themes_it_says_so():
    raise_in("Neglect", 2022)

    block = read_new(Kind.THEMES)

    assert (block.intro, block.tables) == ("No theme had been raised in 2 or more years by 2022/23.", ())


def test_a_theme_recurs_from_the_third_year_on_and_one_of_a_single_year_is_not_named():
    raise_in("Neglect", 2018, 2020, 2022)
    raise_in("Voice", 2020, 2022)
    raise_in("Rare", 2022)

    block = read_new(Kind.THEMES)

    (table,) = block.tables
    assert block.intro == (
        "1 theme recurred, that is, came up in 3 or more years. 1 theme that came up in one year only is not listed."
    )
    assert table.heads == ("Theme", "2018/19", "2020/21", "2022/23")
    assert [(row.head, row.detail, row.cells) for row in table.rows] == [
        ("Neglect", "Recurs: 3 years.", ("Raised", "Raised", "Raised")),
        ("Voice", "", ("", "Raised", "Raised")),
    ]


def test_later_years_are_not_told():
    raise_in("Neglect", 2021, 2022, 2023)

    (table,) = read_new(Kind.THEMES).tables

    assert table.heads == ("Theme", "2021/22", "2022/23")
    assert [(row.head, row.detail) for row in table.rows] == [("Neglect", "")]


def test_only_the_last_five_years_have_a_column():
    raise_in("Neglect", *range(2016, 2023))

    (table,) = read_new(Kind.THEMES).tables

    assert table.heads == ("Theme", "2018/19", "2019/20", "2020/21", "2021/22", "2022/23")
    assert table.rows[0].detail == "Recurs: 7 years."


def test_a_theme_says_what_became_of_its_recommendations_by_the_end_of_the_year():
    raise_in("Neglect", 2020, 2021, 2022)
    theme, alice = make_theme("Neglect"), make_alice()
    make_recommendation(RecommendationStatus.EMBEDDED, themes=[theme], by=alice)
    make_recommendation(RecommendationStatus.SIGNED_OFF, themes=[theme], by=alice)
    make_recommendation(RecommendationStatus.EMBEDDED, themes=[theme], made_on=date(2022, 12, 1), by=alice)

    (table,) = read_new(Kind.THEMES).tables

    assert table.rows[0].detail == "Recurs: 3 years. 3 recommendations, 1 embedded."
