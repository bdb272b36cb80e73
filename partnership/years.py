"""Financial years, from April to March, and their quarters, by the year in which they begin. Pure functions."""

import re
from datetime import date, timedelta

QUARTERS = (4, 7, 10, 1)
"""The months in which the quarters begin, the first quarter's first."""


def year_of(day: date) -> int:
    """The financial year that a day lies in."""
    return day.year if day.month >= QUARTERS[0] else day.year - 1


def year_written(text: str) -> int | None:
    """The year in "2022-23", "2022/23" or "2022/2023"; None for other words, and before 1900 or after 2099."""
    match = re.fullmatch(r"((?:19|20)\d\d)[-/\u2013](?:(?:19|20)?(\d\d))", text, re.ASCII)
    return int(match[1]) if match and match[2] == _end_of(int(match[1])) else None


def code_of(year: int) -> str:
    """How a year is written in addresses and files: "2022-23"."""
    return f"{year}-{_end_of(year)}"


def label_of(year: int) -> str:
    """How people write it: "2022/23"."""
    return f"{year}/{_end_of(year)}"


def first_day_of(year: int) -> date:
    return first_day_of_quarter(year, 1)


def last_day_of(year: int) -> date:
    return last_day_of_quarter(year, 4)


def quarter_label(year: int, quarter: int) -> str:
    """How people write a quarter, counted from 1: "Quarter 4 2022/23"."""
    return f"Quarter {quarter} {label_of(year)}"


def first_day_of_quarter(year: int, quarter: int) -> date:
    return date(year + quarter // 4, QUARTERS[quarter - 1], 1)


def last_day_of_quarter(year: int, quarter: int) -> date:
    following = first_day_of_quarter(year + quarter // 4, quarter % 4 + 1)
    return following - timedelta(days=1)


def _end_of(year: int) -> str:
    """The two digits by which the end of a year is written."""
    return f"{(year + 1) % 100:02}"
