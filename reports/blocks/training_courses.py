"""Training by course and over the years: attendances, and both rates, each with what it is a share of."""

from collections.abc import Iterable
from decimal import Decimal

from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from priorities.choices import DisclosureRule, Unit
from priorities.disclosure import Shown, disclose, protect_total
from priorities.wording import in_words, people_in_words
from reports import document
from reports.blocks.records import records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from training import rates
from training.evaluation import Evaluated
from training.figures import AttendanceByOrganisation

HEADS = ("Attendances", "Bookings used", "Places used")
CHANGE = (
    "The change in confidence is the mean difference of the marks from 1 to 5 that the same people gave themselves "
    "before the training and 6 to 12 weeks after it."
)


def read_courses(block: Block, reader: Reader) -> document.RecordsBlock:
    """The courses of the report's year with their total, those with most attendances first."""
    period = reader.records.report.period
    found = reader.records.attendances.get(period.code)
    return records_block(
        block,
        reader,
        empty=f"No attendances are recorded for {period}.",
        intro=_caveats([found] if found else []),
        tables=(_courses_table(found, str(period)),) if found else (),
    )


def _courses_table(found: AttendanceByOrganisation, period: str) -> document.Table:
    tallies = sorted(found.tallies.items(), key=lambda item: (-item[1].attended, found.titles[item[0]]))
    numbers = [Decimal(tally.attended) for _, tally in tallies]
    cells = protect_total([disclose(number, rule=DisclosureRule.SUPPRESS_SMALL) for number in numbers], numbers)
    rows = [
        document.TableRow(head=found.titles[code], cells=_cells(cell, tally))
        for (code, tally), cell in zip(tallies, cells, strict=True)
    ]
    total = rates.added(found.tallies.values())
    words = people_in_words(total.attended, unit=Unit.ATTENDANCES)
    return document.Table(
        caption=f"Training by course, {period}",
        heads=("Course", *HEADS),
        rows=(*rows, document.TableRow(head="All courses", cells=(words, *_rates(total)), is_total=True)),
    )


def read_years(block: Block, reader: Reader) -> document.RecordsBlock:
    """The reporting years up to the report's, the latest first, with the change that evaluation shows."""
    records = reader.records
    until = records.report.period.starts_on
    periods = [
        period
        for period in records.periods
        if period.kind == PeriodKind.FINANCIAL_YEAR and period.starts_on <= until and period.code in records.attendances
    ]
    periods.sort(key=lambda period: period.starts_on, reverse=True)
    found = [records.attendances[period.code] for period in periods]
    answered = [records.evaluation[period.code].all_courses for period in periods if period.code in records.evaluation]
    return records_block(
        block,
        reader,
        empty="No attendances are recorded yet.",
        intro=" ".join([CHANGE, _caveats([*found, *answered])]),
        tables=(
            document.Table(
                caption="Training over the years",
                heads=("Year", *HEADS, "Change in confidence"),
                rows=tuple(_year_row(period, reader) for period in periods),
            ),
        ),
    )


def _year_row(period: ReportingPeriod, reader: Reader) -> document.TableRow:
    tally = rates.added(reader.records.attendances[period.code].tallies.values())
    year = reader.records.evaluation.get(period.code)
    change = year.all_courses.later["confidence"] if year else None
    said = f"{change.text}: {change.base.text}" if change and change.shown.number is not None else "not available"
    words = people_in_words(tally.attended, unit=Unit.ATTENDANCES)
    return document.TableRow(head=period.label, cells=(words, *_rates(tally), said))


def _cells(cell: Shown, tally: rates.Tally) -> tuple[str, ...]:
    """Where the attendances are hidden so are the rates, from which they could be worked out."""
    words = in_words(cell, unit=Unit.ATTENDANCES)
    return (words, *(_rates(tally) if cell.number is not None else (words, words)))


def _rates(tally: rates.Tally) -> tuple[str, ...]:
    return tuple(rate.text_with_noun for rate in rates.rates(tally))


def _caveats(found: Iterable[AttendanceByOrganisation | Evaluated]) -> str:
    return " ".join(dict.fromkeys(caveat for each in found for caveat in each.caveats))


KINDS = (
    records_kind(Kind.TRAINING_COURSES, read_courses, records="training:course-list"),
    records_kind(Kind.TRAINING_YEARS, read_years, records="training:course-list"),
)
