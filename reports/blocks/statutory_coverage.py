"""Where the report answers the statutory guidance: each item with the sections that answer it."""

from reports import document
from reports.blocks.records import records_kind
from reports.choices import Kind
from reports.coverage import ItemRow
from reports.models import Block, Guidance
from reports.reader import Reader


def read(block: Block, reader: Reader) -> document.StatutoryCoverageBlock:
    found = reader.records.coverage
    for row in found.rows if found else ():
        if not row.answers:
            reader.report_problem(block, f"No section answers {row.item.code} of {found.guidance}: {row.item.title}.")
    return document.StatutoryCoverageBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        intro=_intro(found.guidance) if found else "This report answers no edition of the statutory guidance.",
        caption=f"What {found.guidance} asks, and where this report answers it" if found else "",
        rows=tuple(_item(row) for row in found.rows) if found else (),
        note=block.source,
    )


def _intro(guidance: Guidance) -> str:
    if guidance.is_confirmed:
        return f"{guidance} says what a yearly report must contain, and what it should."
    return f"What {guidance} asks of a yearly report has not been confirmed yet. This list is provisional."


def _item(row: ItemRow) -> document.CoveredItem:
    return document.CoveredItem(
        code=row.item.code,
        title=row.item.title,
        asks=row.item.text,
        duty=row.item.get_duty_display(),
        answers=tuple(
            document.WhereAnswered(anchor=answer.section.anchor, words=str(answer.section), evidence=answer.evidence)
            for answer in row.answers
        ),
    )


KIND = records_kind(Kind.STATUTORY_COVERAGE, read, records="reports:guidance-list")
