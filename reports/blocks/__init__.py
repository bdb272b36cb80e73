"""The kinds of block. Adding one takes a file here, a template in `templates/reports/document/blocks/`, and a test."""

from reports import document
from reports.blocks import (
    case_study,
    chart,
    measures_table,
    quotes,
    signatures,
    standing_lists,
    text,
    training_attendance,
)
from reports.blocks.kind import BlockKind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader

KINDS: dict[str, BlockKind] = {
    kind.kind: kind
    for kind in (
        text.KIND,
        measures_table.KIND,
        chart.KIND,
        *standing_lists.KINDS,
        quotes.KIND,
        case_study.KIND,
        training_attendance.KIND,
        signatures.KIND,
    )
}
assert set(KINDS) == set(Kind.values)


def read_block(block: Block, reader: Reader) -> document.Block:
    """What a block shows in the report."""
    return KINDS[block.kind].read(block, reader)
