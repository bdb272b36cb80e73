"""Inspections that began in the report's year, re-inspections below those they follow on from."""

from reports import document
from reports.blocks.records import last_day, lines_of, records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from reviews.yearly import InspectionLine


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    lines = reader.records.learning.inspections
    period = reader.records.report.period
    table = document.Table(
        caption=f"Inspections that began in {period}",
        heads=("Inspection", "Began", "What was found"),
        rows=tuple(_row(line, reader) for line in lines),
        is_prose=True,
    )
    return records_block(block, reader, empty=f"No inspection began in {period}.", tables=(table,))


def _row(line: InspectionLine, reader: Reader) -> document.TableRow:
    inspection = line.inspection
    detail = inspection.body
    if line.is_earlier:
        detail = f"{detail}. An earlier year, shown for what followed."
    elif line.is_return:
        detail = f"{detail}. It follows on from an earlier inspection."
    found = [inspection.judgement, *lines_of(inspection.outcome), _recommendations(line, last_day(reader))]
    return document.TableRow(
        head=inspection.subject,
        detail=detail,
        cells=(inspection.began, " ".join(_sentence(text) for text in found if text)),
        is_below=line.is_return,
    )


def _recommendations(line: InspectionLine, day: str) -> str:
    if not line.made:
        return ""
    return f"{line.made} recommendation{'' if line.made == 1 else 's'}, {line.signed_off} signed off by {day}."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


KIND = records_kind(Kind.INSPECTIONS, read, records="reviews:inspection-list")
