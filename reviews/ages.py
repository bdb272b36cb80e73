"""How old a recommendation is."""

from datetime import date

from reviews.choices import AgeBand
from reviews.deadlines import months_after

ENDS = ((3, AgeBand.NEW), (6, AgeBand.QUARTER), (12, AgeBand.HALF))
"""The month on whose day a band ends: 3 months to the day is the first day of the next."""


def age_band(made_on: date, day: date) -> AgeBand:
    """The band of something made on a day, as it is on another."""
    return next((band for months, band in ENDS if day < months_after(made_on, months)), AgeBand.OLD)


def age_in_words(made_on: date, day: date) -> str:
    """The age in days: "made today", "1 day", "412 days"."""
    days = (day - made_on).days
    return "made today" if days < 1 else f"{days:,} day{'' if days == 1 else 's'}"
