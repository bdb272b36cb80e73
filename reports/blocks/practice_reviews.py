"""Practice reviews of the report's year by kind and stage, what was decided, and how far recommendations are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.choices import DisclosureRule, Unit
from priorities.disclosure import Shown, disclose, protect_total, share
from priorities.wording import in_words, number_in_words
from reports import document
from reports.blocks.records import last_day, records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from reviews.choices import Decision, RecommendationSource


@dataclass(frozen=True)
class Row:
    """A count of the table: its name, its calculation, what of that is counted."""

    name: str
    calculation: str
    of: str = ""


@dataclass(frozen=True)
class Whole:
    """A count with those that are parts of it."""

    row: Row
    parts: tuple[Row, ...] = ()


WHOLES = (
    Whole(
        Row("Serious incidents notified to the national panel", "reviews.notified"),
        (Row("Notified within 5 working days", "reviews.notified_on_time"),),
    ),
    Whole(
        Row("Rapid reviews completed", "reviews.rapid_reviews"),
        (Row("Completed within 15 working days", "reviews.rapid_reviews_on_time"),),
    ),
    Whole(
        Row("Rapid reviews completed", "reviews.rapid_reviews"),
        tuple(Row(f"Decided: {label[0].lower()}{label[1:]}", "reviews.decided", of) for of, label in Decision.choices),
    ),
    Whole(
        Row("Practice reviews that followed", "reviews.lcspr_commissioned"),
        (
            Row("In final draft", "reviews.lcspr_final_draft"),
            Row("Still to start", "reviews.lcspr_to_start"),
        ),
    ),
    Whole(Row("Earlier practice reviews finished and not yet published", "reviews.lcspr_awaiting_publication")),
)
"""The counts in their order. A whole that stands twice has several sets of parts; it is printed once."""

BY_KIND_OR_STAGE = ("reviews.by_kind", "reviews.at_stage")
"""Counts of a kind or a stage stand in the table once a measure names them."""


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    period = reader.records.report.period
    return records_block(
        block,
        reader,
        empty=f"No review was notified, completed or under way in {period}, and no recommendation was in force.",
        tables=(_reviews_table(reader, period), _recommendations_table(reader)),
    )


def _reviews_table(reader: Reader, period: ReportingPeriod) -> document.Table:
    rows: dict[Row, document.TableRow] = {}
    for whole in (*WHOLES, *_named_by_measures(reader)):
        counts = _counts(reader, period, (whole.row, *whole.parts))
        if counts[whole.row]:
            rows |= _rows_of(reader, period, whole, counts)
    return document.Table(
        caption=f"Reviews in {period}, as they stood on {last_day(reader)}",
        heads=("Reviews", "Number", "Share"),
        rows=tuple(rows.values()),
    )


def _named_by_measures(reader: Reader) -> Iterable[Whole]:
    for (calculation, of), measure in reader.records.counted_by.items():
        if calculation in BY_KIND_OR_STAGE:
            yield Whole(Row(measure.name, calculation, of))


def _counts(reader: Reader, period: ReportingPeriod, rows: Iterable[Row]) -> dict[Row, Decimal]:
    computed = reader.records.computed
    return {row: computed.get((row.calculation, row.of, period.code), Decimal(0)) for row in rows}


def _rows_of(
    reader: Reader, period: ReportingPeriod, whole: Whole, counts: Mapping[Row, Decimal]
) -> dict[Row, document.TableRow]:
    """The rows of a whole and its parts; what is left out of the parts must not tell of few either."""
    total = disclose(counts[whole.row], rule=_rule(reader, whole.row))
    rows = {whole.row: _row(reader, period, whole.row, total)}
    if not whole.parts:
        return rows
    rules = [_rule(reader, part) for part in whole.parts]
    numbers = [counts[part] for part in whole.parts]
    rest = counts[whole.row] - sum(numbers)
    rest_rule = DisclosureRule.SUPPRESS_SMALL if DisclosureRule.SUPPRESS_SMALL in rules else rules[0]
    cells = [disclose(number, rule=rule) for number, rule in zip([*numbers, rest], [*rules, rest_rule], strict=True)]
    for part, cell, rule in zip(whole.parts, protect_total(cells, [*numbers, rest]), rules, strict=False):
        if counts[part]:
            part_of = share(cell, total, rule=rule)
            text = "" if part_of.number is None else in_words(part_of, unit=Unit.PERCENT)
            rows[part] = _row(reader, period, part, cell, of_whole=text, is_part=True)
    return rows


def _rule(reader: Reader, row: Row) -> str:
    """That of the measure of the same count, so that it is hidden here wherever it is hidden elsewhere."""
    measure = reader.records.counted_by.get((row.calculation, row.of))
    return measure.disclosure if measure else DisclosureRule.SUPPRESS_SMALL


def _row(
    reader: Reader, period: ReportingPeriod, row: Row, cell: Shown, *, of_whole: str = "", is_part: bool = False
) -> document.TableRow:
    measure = reader.records.counted_by.get((row.calculation, row.of))
    figure = reader.records.figures.figure(measure.code, period.code, "value") if measure else None
    if figure and cell.number is not None:
        reader.use(figure)
    return document.TableRow(head=row.name, cells=(in_words(cell, unit=Unit.REVIEWS), of_whole), is_below=is_part)


RECOMMENDATIONS = {
    "made": "Made in the year",
    "signed_off": "Signed off in the year",
    "open": "Open",
    "embedded": "Embedded",
}


def _recommendations_table(reader: Reader) -> document.Table:
    """By what made them. Recommendations are no people: nothing of them is hidden."""
    counts = {
        source: [_recommendations(reader, name, "_by_source", source.value) for name in RECOMMENDATIONS]
        for source in RecommendationSource
    }
    rows = [_recommendations_row(str(source.label), row) for source, row in counts.items() if any(row)]
    if len(rows) > 1:
        total = [_recommendations(reader, name) for name in RECOMMENDATIONS]
        rows.append(_recommendations_row("All", total, is_total=True))
    return document.Table(
        caption=f"Recommendations in {reader.records.report.period}; open and embedded on {last_day(reader)}",
        heads=("Made by", *RECOMMENDATIONS.values()),
        rows=tuple(rows),
    )


def _recommendations(reader: Reader, name: str, split: str = "", of: str = "") -> Decimal:
    key = (f"reviews.recommendations_{name}{split}", of, reader.records.report.period.code)
    return reader.records.computed.get(key, Decimal(0))


def _recommendations_row(head: str, counts: list[Decimal], *, is_total: bool = False) -> document.TableRow:
    return document.TableRow(
        head=head,
        cells=tuple(number_in_words(count, unit=Unit.RECOMMENDATIONS) for count in counts),
        is_total=is_total,
    )


KIND = records_kind(Kind.PRACTICE_REVIEWS, read, records="reviews:review-list")
