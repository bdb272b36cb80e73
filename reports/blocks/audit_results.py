"""Results of the report's year of audits: agencies by grade and standard, and what multi-agency audits found."""

from priorities.choices import Unit
from priorities.wording import people_in_words
from reports import document
from reports.blocks.records import lines_of, records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from reviews.audit_results import GradeShare, Results
from reviews.models import CaseAudit


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    learning = reader.records.learning
    return records_block(
        block,
        reader,
        empty=f"No audit has results for {reader.records.report.period}.",
        tables=(*map(_round_table, learning.audits), _case_audits_table(learning.case_audits, reader)),
    )


def _round_table(results: Results) -> document.Table:
    """Agencies are no people: nothing is hidden. None is named."""
    has_before = any(part.before is not None for result in results.standards for part in result.shares)
    caption = f"{results.audit_round}: agencies by grade ({results.answered} of {results.asked} signed off)"
    return document.Table(
        caption=f"{caption}, with the round before in brackets" if has_before else caption,
        heads=("Standard", *(grade.name for grade in results.grades)),
        rows=tuple(
            document.TableRow(head=result.standard.title, cells=tuple(_cell(part) for part in result.shares))
            for result in results.standards
            if results.answered
        ),
    )


def _cell(part: GradeShare) -> str:
    return f"{part.final:,}" if part.before is None else f"{part.final:,} ({part.before:,})"


def _case_audits_table(audits: list[CaseAudit], reader: Reader) -> document.Table:
    return document.Table(
        caption=f"Multi-agency audits in {reader.records.report.period}",
        heads=("Topic", "Cases", "What was found"),
        rows=tuple(_case_audit_row(audit) for audit in audits),
        is_prose=True,
    )


def _case_audit_row(audit: CaseAudit) -> document.TableRow:
    found = [finding.text for finding in audit.findings.all()]
    good = [f"Good practice: {' '.join(lines_of(audit.good_practice))}"] if audit.good_practice else []
    return document.TableRow(
        head=audit.topic,
        detail=f"{audit.month:%B %Y}",
        cells=(people_in_words(audit.cases, unit=Unit.CHILDREN), " ".join([*found, *good])),
    )


KIND = records_kind(Kind.AUDIT_RESULTS, read, records="reviews:audit-list")
