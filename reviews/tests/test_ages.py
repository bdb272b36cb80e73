from datetime import date

import pytest

from reviews.ages import age_band, age_in_words
from reviews.choices import AgeBand


@pytest.mark.parametrize(
    ("day", "band"),
    [
        (date(2022, 5, 9), AgeBand.NEW),
        (date(2022, 8, 8), AgeBand.NEW),
        (date(2022, 8, 9), AgeBand.QUARTER),
        (date(2022, 11, 8), AgeBand.QUARTER),
        (date(2022, 11, 9), AgeBand.HALF),
        (date(2023, 5, 8), AgeBand.HALF),
        (date(2023, 5, 9), AgeBand.OLD),
        (date(2030, 1, 1), AgeBand.OLD),
    ],
)
def test_a_band_ends_on_the_day_that_its_months_are_over(day, band):
    assert age_band(date(2022, 5, 9), day) == band


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 5, 9), "made today"),
        (date(2022, 5, 10), "1 day"),
        (date(2022, 5, 11), "2 days"),
        (date(2025, 5, 9), "1,096 days"),
    ],
)
def test_an_age_is_told_in_days(day, words):
    assert age_in_words(date(2022, 5, 9), day) == words
