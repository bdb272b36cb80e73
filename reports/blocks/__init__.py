"""The kinds of block. Adding one takes a file here, a template in `templates/reports/document/blocks/`, and a test."""

from reports import document
from reports.blocks import (
    audit_results,
    case_study,
    chart,
    child_deaths,
    inspections,
    key_figures,
    measures_table,
    practice_reviews,
    quotes,
    restraint,
    said_and_did,
    signatures,
    standing_lists,
    statutory_coverage,
    text,
    themes,
    training_attendance,
    training_courses,
    training_evaluation,
    voice,
)
from reports.blocks.kind import BlockKind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader

KINDS: dict[str, BlockKind] = {
    kind.kind: kind
    for kind in (
        text.KIND,
        key_figures.KIND,
        measures_table.KIND,
        chart.KIND,
        *standing_lists.KINDS,
        said_and_did.KIND,
        quotes.KIND,
        case_study.KIND,
        training_attendance.KIND,
        *training_courses.KINDS,
        training_evaluation.KIND,
        practice_reviews.KIND,
        inspections.KIND,
        child_deaths.KIND,
        restraint.KIND,
        audit_results.KIND,
        themes.KIND,
        voice.KIND,
        statutory_coverage.KIND,
        signatures.KIND,
    )
}
assert set(KINDS) == set(Kind.values)


def read_block(block: Block, reader: Reader) -> document.Block:
    """What a block shows in the report."""
    return KINDS[block.kind].read(block, reader)
