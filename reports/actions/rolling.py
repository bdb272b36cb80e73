"""The next year's report from this one: what comes along is marked until somebody has checked it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.models import Partnership, ReportingPeriod, User
from partnership.states import WrongState
from priorities.models import BusinessPlan, Priority
from reports.actions.guidance import carry_answers
from reports.actions.reports import create_report
from reports.actions.versions import lock_section
from reports.carrying import (
    YearsOn,
    carried_content,
    focus_of,
    is_to_check,
    parts_of_next,
    said,
    years_later,
)
from reports.choices import VersionAct
from reports.content import BlockContent, ItemContent, as_json
from reports.models import (
    AnnualReport,
    Block,
    BlockRevision,
    ListItem,
    MeasureOnBlock,
    Section,
    SectionVersion,
    SigningPlace,
)
from reports.queries import blocks_by_section, outline, whole_figure_book
from reports.references import targets_named
from reports.richtext import FigureToken, Reference, figure_tokens, references

Part = tuple[Block, BlockContent]
"""A block of the new report, and what stands in it."""


@transaction.atomic
def roll_forward(*, report: AnnualReport, period: ReportingPeriod, by: User) -> AnnualReport:
    """Begin a later year's report from this one, as `carrying` has it: its outline, its parts, what was promised.

    Writers and owners stay, due dates come as many years later, and priorities stay where the plan of the new year has
    them. Raises `WrongState` where the year has a report, or does not follow this one's.
    """
    Partnership.objects.select_for_update().first()  # one at a time
    if AnnualReport.objects.filter(period=period).exists():
        raise WrongState(f"There is a report of {period} already.")
    if period.starts_on <= report.period.starts_on:
        raise WrongState(f"{period} does not come after {report.period}.")
    rolled = create_report(period=period, title=report.title.replace(report.period.label, period.label), by=by)
    rolled.numbering, rolled.rolled_from = report.numbering, report
    rolled.save()
    on = YearsOn(report.period, period, list(ReportingPeriod.objects.all()))
    copies = _carry_sections(report, rolled, on)
    _carry_parts(report, copies, on, by=by)
    _carry_signing_places(report, rolled)
    if rolled.guidance:
        carry_answers(report, copies, rolled.guidance, is_same_year=False)
    detail = f"From the report of {report.period}, {len(copies)} sections"
    audit.record("report.rolled-forward", target=rolled, by=by, detail=detail)
    return rolled


@transaction.atomic
def check_block(*, block: Block, by: User) -> Block:
    """Say that what was carried over from the report before still holds; if nothing was, nothing happens."""
    section = lock_section(block.section)
    standing = section.blocks.filter(pk=block.pk).first()
    if standing is None:
        raise WrongState(f"“{block.get_kind_display()}” was taken out in the meantime.")
    if standing.is_carried:
        standing.is_carried = False
        standing.save(update_fields=["is_carried"])
        audit.record("block.checked", target=standing, by=by, detail=str(standing.get_kind_display()))
    return standing


def _carry_sections(report: AnnualReport, rolled: AnnualReport, on: YearsOn) -> dict[int, Section]:
    """The sections of the new report, by the id of the one each comes from."""
    sections = outline(report.sections.select_related("writer", "priority__plan"))
    priorities = _priorities(rolled.period)
    copies: dict[int, Section] = {}
    for level in sorted({level for _, level in sections}):
        found = [section for section, at in sections if at == level]
        made = [_copy(section, rolled, copies, priorities, on) for section in found]
        copies |= zip((section.pk for section in found), Section.objects.bulk_create(made), strict=True)
    return copies


def _copy(
    section: Section,
    rolled: AnnualReport,
    copies: Mapping[int, Section],
    priorities: Mapping[str, Priority],
    on: YearsOn,
) -> Section:
    return Section(
        report=rolled,
        parent=copies[section.parent_id] if section.parent_id else None,
        order=section.order,
        number=section.number,
        title=section.title,
        owner_id=section.owner_id,
        priority=priorities.get(section.priority.title.casefold()) if section.priority else None,
        group_id=section.group_id,
        writer=section.writer if section.writer and section.writer.is_active else None,
        due_on=years_later(section.due_on, on.years) if section.due_on else None,
        words_wished=section.words_wished,
        carried_from=section,
    )


def _priorities(period: ReportingPeriod) -> dict[str, Priority]:
    """What the plan of the report's year puts first, by title: a later plan has other codes for the same."""
    plan = BusinessPlan.objects.current(period.ends_on)
    return {priority.title.casefold(): priority for priority in plan.priorities.in_force()} if plan else {}


def _carry_parts(report: AnnualReport, copies: Mapping[int, Section], on: YearsOn, *, by: User) -> None:
    """The blocks of every section with all that comes along, in as many queries for many as for few."""
    before = blocks_by_section(copies)
    promised = _promised(report, before)
    made = [
        (_copy_of(source, section=copies[section], kind=kind, order=order), source, section)
        for section, blocks in before.items()
        for order, (kind, source) in enumerate(parts_of_next(blocks))
    ]
    Block.objects.bulk_create([block for block, _, _ in made])
    renamed = {f"section:{old}": f"section:{new.pk}" for old, new in copies.items()}
    renamed |= {f"block:{source.pk}": f"block:{block.pk}" for block, source, _ in made if source}
    parts = [
        (block, carried_content(source, on, renamed) if source else BlockContent(items=promised[section]))
        for block, source, section in made
    ]
    for block, content in parts:
        block.heading, block.body, block.source = content.heading, content.body, content.source
        block.is_carried = is_to_check(content) and not content.items
    Block.objects.bulk_update([block for block, _ in parts], ["heading", "body", "source", "is_carried"])
    _write_rows(parts)
    _keep(copies.values(), parts, by=by)


def _copy_of(source: Block | None, **fields: Any) -> Block:
    """A block of the new report, marked for what its source was marked for."""
    block = Block(**fields)
    if source:
        block.variants = source.variants
    return block


def _promised(report: AnnualReport, before: Mapping[int, Sequence[Block]]) -> dict[int, tuple[ItemContent, ...]]:
    """The focus of each section in the words in which it was printed."""
    points = {section: focus_of(blocks) for section, blocks in before.items()}
    texts = [text for of_section in points.values() for text in of_section]
    book = whole_figure_book({token.code for text in texts for token in figure_tokens(text)})
    targets = targets_named(report, {reference for text in texts for reference in references(text)})

    def figure(token: FigureToken) -> str:
        found = book.figure(token.code, token.period, token.show)
        return escape(found.text) if found else "[no figure]"

    def reference(each: Reference) -> str:
        target = targets.get(str(each))
        return escape(target.words) if target else "another section"

    return {section: said(texts, figure=figure, reference=reference) for section, texts in points.items()}


def _carry_signing_places(report: AnnualReport, rolled: AnnualReport) -> None:
    """Who is to sign; who has signed stays with the report before."""
    SigningPlace.objects.bulk_create(
        SigningPlace(report=rolled, agency_id=place.agency_id, post=place.post, kind=place.kind, order=place.order)
        for place in report.signing_places.all()
    )


def _write_rows(parts: Sequence[Part]) -> None:
    ListItem.objects.bulk_create(
        ListItem(block=block, order=order, **asdict(item))
        for block, content in parts
        for order, item in enumerate(content.items)
    )
    MeasureOnBlock.objects.bulk_create(
        MeasureOnBlock(block=block, order=order, **asdict(row))
        for block, content in parts
        for order, row in enumerate(content.measures)
    )


def _keep(sections: Collection[Section], parts: Sequence[Part], *, by: User) -> None:
    """The first revision of each block, and the version with which each section begins."""
    BlockRevision.objects.bulk_create(
        BlockRevision(block=block, version=block.version, content=asdict(content), by=by) for block, content in parts
    )
    stands: dict[int, list] = {section.pk: [] for section in sections}
    for block, content in parts:
        stands[block.section_id].append(as_json(block, content))
    SectionVersion.objects.bulk_create(
        SectionVersion(section=section, number=1, act=VersionAct.CARRIED, by=by, blocks=stands[section.pk])
        for section in sections
    )
