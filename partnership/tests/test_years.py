from datetime import date, timedelta

import pytest

from partnership import years


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022-23", 2022),
        ("2022/2023", 2022),
        ("1999–00", 1999),
        ("2022-24", None),
        ("202223", None),
        ("1899-00", None),
        ("2100-01", None),
        ("", None),
    ],
)
def test_year_is_known_by_both_its_numbers(text, year):
    assert years.year_written(text) == year


@pytest.mark.parametrize("year", [1999, 2022])
def test_what_is_written_of_a_year_is_read_as_that_year(year):
    assert [years.year_written(text) for text in (years.code_of(year), years.label_of(year))] == [year, year]


def test_quarters_follow_each_other_and_fill_the_year():
    days = [(years.first_day_of_quarter(2023, each), years.last_day_of_quarter(2023, each)) for each in (1, 2, 3, 4)]

    assert days == [
        (date(2023, 4, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), date(2023, 9, 30)),
        (date(2023, 10, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
    ]
    assert (years.first_day_of(2023), years.last_day_of(2023)) == (days[0][0], days[3][1])


def test_year_begins_in_april():
    first = years.first_day_of(2023)

    assert (years.year_of(first), years.year_of(first - timedelta(days=1))) == (2023, 2022)


def test_quarter_is_written_with_its_year():
    assert years.quarter_label(1999, 4) == "Quarter 4 1999/00"
