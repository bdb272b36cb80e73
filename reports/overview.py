"""How far each section of a report is: read for the outline's page in a constant number of queries."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from priorities.figurebook import Figure
from reports.assemble import assemble_with_figures
from reports.attention import Promises, Tally, promises, tally_by_section
from reports.blocks import KINDS
from reports.carrying import focus_of, parts_of_next
from reports.changed_figures import ChangedFigure, changed_figures
from reports.choices import RETELLINGS, STANDING_LISTS, SectionStatus, Variant, VersionAct
from reports.content import content_of, figures_named_in, words_in
from reports.headings import only_headings
from reports.models import AnnualReport, Block, Comment, Section, SectionVersion
from reports.queries import blocks_by_section, outline, points_on_impact


@dataclass(frozen=True, kw_only=True)
class SectionRow:
    """One section of the outline, with all that its line tells."""

    section: Section
    level: int
    words: int
    open_comments: int
    problems: int
    """How many figures without a value there are, or other things that could not be resolved."""
    changed: int
    """How many figures read otherwise than when the section was last approved."""
    impact: Tally
    is_empty: bool
    """Nothing is written in it, nothing drawn from records, and no sub-section stands in it."""
    carried: int
    """How many of its texts come from the report before and were not checked yet."""

    promises: Promises
    """What last year's report promised in it."""

    retold: Mapping[Variant, int]
    """How many words stand in it for the short version and the children's version, where anything does."""

    is_only_a_heading: bool
    """Nothing is written in it, for sub-sections stand in it."""

    @property
    def is_awaited(self) -> bool:
        """Whether it is still to be handed in, by its due date."""
        is_done = self.section.status in (SectionStatus.SUBMITTED, SectionStatus.APPROVED)
        return not is_done and self.section.due_on is not None

    @property
    def is_overdue(self) -> bool:
        due_on = self.section.due_on
        return self.is_awaited and due_on is not None and due_on < timezone.localdate()

    @property
    def findings(self) -> list["Finding"]:
        """What somebody should look at, the most pressing first."""
        found = [
            (self.problems, "problem to mend", "problems to mend", "problems"),
            (self.changed, "figure changed since approval", "figures changed since approval", "changed-figures"),
            (self.carried, "text carried over, not checked", "texts carried over, not checked", "carried"),
            (self.impact.activity_only, "point activity only", "points activity only", "activity-only"),
        ]
        counted = [
            Finding(f"{number} {one if number == 1 else many}", place) for number, one, many, place in found if number
        ]
        if self.promises.unanswered:
            counted.append(Finding(f"What we said: {self.promises}", "promises"))
        return [*counted, *([Finding("Nothing written", "main")] if self.is_empty else [])]


@dataclass(frozen=True)
class Finding:
    words: str
    place: str
    """Where the section's page tells more of it."""

    def __str__(self) -> str:
        return self.words


def overview(report: AnnualReport) -> list[SectionRow]:
    """The sections of a report in reading order, with how far each is."""
    document, figures = assemble_with_figures(report)
    sections = outline(report.sections.select_related("owner", "writer", "priority", "parent"))
    comments = Counter(Comment.objects.open().filter(section__report=report).values_list("section_id", flat=True))
    blocks = blocks_by_section([section.pk for section, _ in sections])
    approved = approved_figures([section for section, _ in sections])
    impact = tally_by_section(points_on_impact([section for section, _ in sections], document.figures))
    problems = [problem.section_id for problem in document.problems]
    printed = {pk: [block for block in of_section if block.is_in_report] for pk, of_section in blocks.items()}
    written = {section.pk: any(map(has_something, printed[section.pk])) for section, _ in sections}
    headings = only_headings([(level, written[section.pk]) for section, level in sections])
    return [
        SectionRow(
            section=section,
            level=level,
            words=words_of(printed[section.pk]),
            retold=_retold(blocks[section.pk]),
            open_comments=comments[section.pk],
            problems=problems.count(section.pk),
            changed=len(changed_in(blocks[section.pk], approved.get(section.pk, ()), figures.get(section.pk, ()))),
            impact=impact.get(section.pk, Tally()),
            promises=promises(item for block in blocks[section.pk] for item in content_of(block).items),
            is_empty=not is_heading and not written[section.pk],
            is_only_a_heading=is_heading,
            carried=sum(block.is_carried for block in blocks[section.pk]),
        )
        for (section, level), is_heading in zip(sections, headings, strict=True)
    ]


def words_of(blocks: Iterable[Block]) -> int:
    """How many words somebody wrote into these blocks."""
    return sum(words_in(content_of(block)) for block in blocks)


def _retold(blocks: Collection[Block]) -> dict[Variant, int]:
    marked = {variant: [block for block in blocks if block.stands_in(variant)] for variant in RETELLINGS}
    return {variant: words_of(of_variant) for variant, of_variant in marked.items() if of_variant}


@dataclass(frozen=True)
class RetoldReport:
    """How far the short version or the children's version is."""

    variant: Variant
    sections: tuple[Section, ...]
    """Those in which something is marked for it."""
    words: int


def retellings(rows: Iterable[SectionRow]) -> list[RetoldReport]:
    """Of a report with these sections, begun or not."""
    rows = list(rows)
    return [
        RetoldReport(
            variant,
            sections=tuple(row.section for row in rows if variant in row.retold),
            words=sum(row.retold.get(variant, 0) for row in rows),
        )
        for variant in RETELLINGS
    ]


def has_something(block: Block) -> bool:
    """Whether the report shows anything of a block: what was written into it, or what is drawn from records."""
    content = content_of(block)
    is_written = bool(content.body or content.items or content.quotations or content.measures)
    return is_written or not KINDS[block.kind].is_written


def comes_with_something(blocks: Collection[Block]) -> bool:
    """Whether the next report, begun from this one, shows anything of a section with these blocks."""
    coming = [block for _, block in parts_of_next(list(blocks)) if block and block.kind not in STANDING_LISTS]
    return bool(focus_of(list(blocks))) or any(map(has_something, coming))


def approved_figures(sections: Collection[Section]) -> dict[int, Sequence[Mapping[str, str]]]:
    """The figures that the last approval of each section kept, by the section's id."""
    versions = SectionVersion.objects.filter(section__in=sections, act=VersionAct.APPROVED).order_by("number")
    return dict(versions.values_list("section_id", "figures"))


def changed_in(
    blocks: Collection[Block], approved: Collection[Mapping[str, str]], shown: Collection[Figure]
) -> list[ChangedFigure]:
    """The figures of a section, whose blocks these are, that read otherwise than when it was approved."""
    there = {(figure.code, figure.period_code, figure.show) for figure in shown}
    named = {(token.code, token.period, token.show) for token in figures_named_in(blocks)} if approved else set()
    return changed_figures(approved, shown, named - there)


@dataclass(frozen=True)
class Progress:
    """How far a report is as a whole."""

    sections: int
    approved: int
    submitted: int
    overdue: int
    words: int
    open_comments: int
    impact: Tally


def progress(rows: Collection[SectionRow]) -> Progress:
    """The sums over a report's sections; chapters that only hold sub-sections count for nothing."""
    written = [row for row in rows if not row.is_only_a_heading]
    return Progress(
        sections=len(written),
        approved=sum(row.section.status == SectionStatus.APPROVED for row in written),
        submitted=sum(row.section.status == SectionStatus.SUBMITTED for row in written),
        overdue=sum(row.is_overdue for row in written),
        words=sum(row.words for row in rows),
        open_comments=sum(row.open_comments for row in rows),
        impact=Tally(sum(row.impact.points for row in rows), sum(row.impact.activity_only for row in rows)),
    )
