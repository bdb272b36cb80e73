"""The outline of a report: its sections and the blocks in them."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from partnership import audit
from partnership.models import Agency, Group, User
from priorities.models import Priority
from reports.content import BlockContent
from reports.models import AnnualReport, Block, BlockRevision, Section


@transaction.atomic
def add_section(
    *,
    report: AnnualReport,
    parent: Section | None = None,
    number: str,
    title: str,
    owner: Agency,
    priority: Priority | None = None,
    group: Group | None = None,
    by: User,
) -> Section:
    """Add a section at the end of the report or of its parent."""
    last = Section.objects.filter(report=report, parent=parent).aggregate(last=Max("order"))["last"]
    section = Section.objects.create(
        report=report,
        parent=parent,
        order=0 if last is None else last + 1,
        number=number,
        title=title,
        owner=owner,
        priority=priority,
        group=group,
    )
    audit.record("section.added", target=section, by=by)
    return section


@transaction.atomic
def add_block(*, section: Section, kind: str, by: User) -> Block:
    """Add an empty block at the end of a section."""
    last = section.blocks.aggregate(last=Max("order"))["last"]
    block = Block.objects.create(section=section, kind=kind, order=0 if last is None else last + 1)
    BlockRevision.objects.create(block=block, version=block.version, content=asdict(BlockContent()), by=by)
    audit.record("block.added", target=block, by=by)
    return block
