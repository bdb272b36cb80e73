"""Where the cross-references of a report lead: to a section, a chart or a table, and in which words."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from reports.choices import Kind
from reports.models import AnnualReport, Block, MeasureOnBlock, Section
from reports.queries import outline
from reports.richtext import Reference

TABLES = (
    Kind.MEASURES_TABLE,
    Kind.TRAINING_COURSES,
    Kind.TRAINING_YEARS,
    Kind.TRAINING_EVALUATION,
    Kind.PRACTICE_REVIEWS,
    Kind.INSPECTIONS,
    Kind.CHILD_DEATHS,
    Kind.RESTRAINT,
    Kind.AUDIT_RESULTS,
    Kind.THEMES,
    Kind.STATUTORY_COVERAGE,
)
CHARTS = (Kind.CHART, Kind.TRAINING_ATTENDANCE)


@dataclass(frozen=True, kw_only=True)
class Target:
    """Something that prose can refer to."""

    ref: str
    """As `str` of a `Reference`."""
    anchor: str
    words: str
    """What the report says in the reference's place, such as "section 4.1"."""
    title: str
    """What somebody chooses it by."""


def targets_named(report: AnnualReport, references: Collection[Reference]) -> dict[str, Target]:
    """The targets of these references, by reference; one that is not in the report is left out. At most 3 queries."""
    keys = {kind: {each.pk for each in references if each.kind == kind} for kind in ("section", "block")}
    sections = Section.objects.filter(report=report, pk__in=keys["section"])
    blocks = _that_can_be_named(report).filter(pk__in=keys["block"])
    found = [*(_of_section(section) for section in sections), *(_of_block(block) for block in blocks)]
    return {target.ref: target for target in found}


def all_targets(report: AnnualReport) -> list[Target]:
    """Every section with its charts and tables, in the order of the report: three queries."""
    blocks: dict[int, list[Block]] = {}
    for block in _that_can_be_named(report):
        blocks.setdefault(block.section_id, []).append(block)
    return [
        target
        for section, _ in outline(Section.objects.filter(report=report))
        for target in (_of_section(section), *map(_of_block, blocks.get(section.pk, ())))
    ]


def _that_can_be_named(report: AnnualReport) -> QuerySet[Block]:
    rows = MeasureOnBlock.objects.select_related("measure")
    return (
        Block.objects.filter(section__report=report, section__removed_at__isnull=True, is_in_report=True)
        .filter(kind__in=[*TABLES, *CHARTS])
        .select_related("section")
        .prefetch_related(Prefetch("measures", rows))
    )


def _of_section(section: Section) -> Target:
    return Target(ref=f"section:{section.pk}", anchor=section.anchor, words=_named(section), title=str(section))


def _of_block(block: Block) -> Target:
    noun = "chart" if block.kind in CHARTS else "table"
    measures = "; ".join(sorted({row.measure.name for row in block.measures.all()})) if noun == "chart" else ""
    title = block.heading or measures or block.get_kind_display()
    return Target(
        ref=f"block:{block.pk}",
        anchor=f"block-{block.pk}",
        words=f"the {noun} “{title}” in {_named(block.section)}",
        title=f"{noun.capitalize()}: {title}",
    )


def _named(section: Section) -> str:
    return f"section {section.number}" if section.number else f"the section “{section.title}”"
