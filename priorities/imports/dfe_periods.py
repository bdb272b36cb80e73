"""The Department's words for periods, as dates."""

import re
from datetime import date

from partnership import years
from partnership.choices import PeriodKind
from priorities.imports.contents import ImportedPeriod
from priorities.imports.reading import Refused, financial_year_from


class UnknownIdentifier(Refused):
    """It is the kind of period that is not known, not the period."""


def dfe_period(period: str, identifier: str) -> ImportedPeriod:
    """The dates of the Department's time period. Its "reporting year 2025" ends on 31 March 2025."""
    kind = identifier.strip().lower()
    spans_years = kind.startswith(("financial year", "academic year", "tax year"))
    if kind not in {"reporting year", "calendar year"} and not spans_years:
        raise UnknownIdentifier(
            f"Periods of the kind “{identifier}” cannot be imported yet; reporting, financial, academic and calendar "
            "years and the quarters of financial years can."
        )
    year = _year_written(period, spans_years)
    if year is None:
        form = "202324" if spans_years else "2024"
        raise Refused(f"“{period}” is not a period as the Department writes it for a {kind}, such as {form}.")
    match kind:
        case "reporting year":
            return financial_year_from(year - 1)
        case "calendar year":
            return ImportedPeriod(f"cy{year}", str(year), PeriodKind.CUSTOM, date(year, 1, 1), date(year, 12, 31))
        case "financial year":
            return financial_year_from(year)
        case "academic year":
            label = f"Academic year {years.label_of(year)}"
            dates = date(year, 9, 1), date(year + 1, 8, 31)
            return ImportedPeriod(f"ay{years.code_of(year)}", label, PeriodKind.ACADEMIC_YEAR, *dates)
        case "financial year q1" | "financial year q2" | "financial year q3" | "financial year q4":
            return _quarter(year, int(kind[-1]))
    raise UnknownIdentifier(f"Periods of the kind “{identifier}” cannot be imported yet.")


def _year_written(period: str, spans_years: bool) -> int | None:
    """The calendar year, or the one in which a period of two begins: 2023 in "202324"."""
    if not spans_years:
        return int(period) if re.fullmatch(r"(?:19|20)\d\d", period, re.ASCII) else None
    match = re.fullmatch(r"(\d{4})[-/]?(\d\d)", period, re.ASCII)
    return years.year_written(f"{match[1]}-{match[2]}") if match else None


def _quarter(year: int, quarter: int) -> ImportedPeriod:
    dates = years.first_day_of_quarter(year, quarter), years.last_day_of_quarter(year, quarter)
    code, label = f"{years.code_of(year)}-q{quarter}", years.quarter_label(year, quarter)
    return ImportedPeriod(code, label, PeriodKind.QUARTER, *dates)
