"""The Department's words for periods, as dates."""

import re
from datetime import date

from partnership.choices import PeriodKind
from priorities.imports.contents import ImportedPeriod
from priorities.imports.reading import Refused, financial_year_from


class UnknownIdentifier(Refused):
    """It is the kind of period that is not known, not the period."""


def dfe_period(period: str, identifier: str) -> ImportedPeriod:
    """The dates of the Department's time period. Its "reporting year 2025" ends on 31 March 2025."""
    kind = identifier.strip().lower()
    spans_years = kind.startswith(("financial year", "academic year", "tax year"))
    match = re.fullmatch(r"((?:19|20)\d\d)[-/]?(\d\d)" if spans_years else r"((?:19|20)\d\d)", period, re.ASCII)
    if kind not in {"reporting year", "calendar year"} and not spans_years:
        raise UnknownIdentifier(
            f"Periods of the kind “{identifier}” cannot be imported yet; reporting, financial, academic and calendar "
            "years and the quarters of financial years can."
        )
    if not match or (spans_years and (int(match[1]) + 1) % 100 != int(match[2])):
        form = "202324" if spans_years else "2024"
        raise Refused(f"“{period}” is not a period as the Department writes it for a {kind}, such as {form}.")
    year = int(match[1])
    following = f"{(year + 1) % 100:02}"
    match kind:
        case "reporting year":
            return financial_year_from(year - 1)
        case "calendar year":
            return ImportedPeriod(f"cy{year}", str(year), PeriodKind.CUSTOM, date(year, 1, 1), date(year, 12, 31))
        case "financial year":
            return financial_year_from(year)
        case "academic year":
            label = f"Academic year {year}/{following}"
            dates = date(year, 9, 1), date(year + 1, 8, 31)
            return ImportedPeriod(f"ay{year}-{following}", label, PeriodKind.ACADEMIC_YEAR, *dates)
        case "financial year q1" | "financial year q2" | "financial year q3" | "financial year q4":
            return _quarter(year, int(kind[-1]))
    raise UnknownIdentifier(f"Periods of the kind “{identifier}” cannot be imported yet.")


def _quarter(year: int, quarter: int) -> ImportedPeriod:
    starts_on, ends_on = [
        (date(year, 4, 1), date(year, 6, 30)),
        (date(year, 7, 1), date(year, 9, 30)),
        (date(year, 10, 1), date(year, 12, 31)),
        (date(year + 1, 1, 1), date(year + 1, 3, 31)),
    ][quarter - 1]
    years = f"{year}-{(year + 1) % 100:02}"
    label = f"Quarter {quarter} {years.replace('-', '/')}"
    return ImportedPeriod(f"{years}-q{quarter}", label, PeriodKind.QUARTER, starts_on, ends_on)
