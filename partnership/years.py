"""Financial years, from April to March, by the calendar year in which they begin. Pure functions."""

from datetime import date


def year_of(day: date) -> int:
    """The financial year that a day lies in."""
    return day.year if day.month >= 4 else day.year - 1


def code_of(year: int) -> str:
    """How a year is written in addresses and files: "2022-23"."""
    return f"{year}-{(year + 1) % 100:02}"


def label_of(year: int) -> str:
    """How people write it: "2022/23"."""
    return f"{year}/{(year + 1) % 100:02}"


def first_day_of(year: int) -> date:
    return date(year, 4, 1)


def last_day_of(year: int) -> date:
    return date(year + 1, 3, 31)
