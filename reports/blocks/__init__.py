"""The kinds of block. Adding one takes a file here, a template in `templates/reports/document/blocks/`, and a test."""

from dataclasses import replace

from reports import document
from reports.blocks import (
    audit_results,
    case_study,
    chart,
    child_deaths,
    contributions,
    glossary,
    inspections,
    key_figures,
    measures_table,
    membership,
    practice_reviews,
    quotes,
    restraint,
    said_and_did,
    signatures,
    sources,
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
from reports.reader import Reader, Records

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
        membership.KIND,
        contributions.KIND,
        sources.KIND,
        glossary.KIND,
        signatures.KIND,
    )
}
assert set(KINDS) == set(Kind.values)

FILLED_LAST = ((document.SourcesBlock, sources.filled), (document.GlossaryBlock, glossary.filled))
"""What fills the blocks that are made of all the others, in this order: the glossary explains the sources as well."""


def read_block(block: Block, reader: Reader) -> document.Block:
    """What a block shows in the report."""
    return KINDS[block.kind].read(block, reader)


def fill_last(sections: tuple[document.Section, ...], records: Records) -> tuple[document.Section, ...]:
    """The sections of a whole report with those blocks filled that are made of what all the others show."""
    for kind, filled in FILLED_LAST:
        sections = tuple(
            replace(
                section,
                blocks=tuple(
                    filled(block, sections, records) if isinstance(block, kind) else block for block in section.blocks
                ),
            )
            for section in sections
        )
    return sections
