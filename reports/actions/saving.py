"""What stands in a section's blocks: saving it, bringing texts in, keeping every version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from partnership import audit
from partnership.models import User
from priorities.models import QuarterlyUpdate
from reports.choices import STANDING_LISTS, SectionStatus, VersionAct
from reports.content import (
    LONGEST_POINT,
    MOST_POINTS,
    BlockContent,
    ItemContent,
    as_json,
    content_of,
    points_from,
)
from reports.models import Block, BlockRevision, ListItem, MeasureOnBlock, Quotation, Section, SectionVersion
from reports.queries import with_contents
from reports.richtext import plain_text


@dataclass(frozen=True)
class BlockSave:
    """What somebody wrote into a block, and the version of the block that they started from."""

    version: int
    content: BlockContent


class StaleSection(Exception):
    """Blocks of the section were saved by somebody else since they were read; nothing was changed."""

    def __init__(self, blocks: list[Block]):
        super().__init__(", ".join(str(block) for block in blocks))
        self.blocks = blocks


class DoesNotFit(Exception):
    """A text is too long for the place it is to go to; the message is for the user."""


@transaction.atomic
def save_section(
    *, section: Section, saves: Mapping[int, BlockSave], by: User, act: str = VersionAct.SAVED
) -> list[Block]:
    """Keep what was written into the section's blocks, by block id; gives the blocks that changed.

    Blocks whose content is as it was are passed over. If a block that changed was saved by somebody else since its
    `version`, nothing at all is saved and `StaleSection` names it.
    """
    section = Section.objects.select_for_update().get(pk=section.pk)
    blocks = {block.pk: block for block in with_contents(section.blocks.all())}
    changed = {pk: save for pk, save in saves.items() if save.content != content_of(blocks[pk])}
    stale = [blocks[pk] for pk, save in changed.items() if save.version != blocks[pk].version]
    if stale:
        raise StaleSection(stale)
    for pk, save in changed.items():
        write(blocks[pk], save.content, by=by)
    if changed:
        section.move_to(SectionStatus.DRAFTING)
        section.save()
        _keep_version(section, act=act, by=by)
        audit.record("section.saved", target=section, by=by)
    return [blocks[pk] for pk in changed]


@transaction.atomic
def bring_in(*, block: Block, update: QuarterlyUpdate, text: str, by: User) -> Block:
    """Add an accepted update's text to a standing list, a point for each paragraph, keeping where it came from.

    Raises `DoesNotFit` where the list would be longer than its form can hold.
    """
    if block.kind not in STANDING_LISTS:
        raise ValueError(f"{block} is not a standing list.")
    Section.objects.select_for_update().get(pk=block.section_id)
    block = Block.objects.get(pk=block.pk)
    content = content_of(block)
    points = tuple(ItemContent(point, update.pk) for point in points_from(text))
    if len(content.items) + len(points) > MOST_POINTS:
        raise DoesNotFit(f"The list would have more than {MOST_POINTS} points. Copy what you need from the update.")
    if any(len(plain_text(point.text)) > LONGEST_POINT for point in points):
        raise DoesNotFit(f"A paragraph has more than {LONGEST_POINT:,} characters. Copy what you need from the update.")
    extended = BlockContent(heading=content.heading, body=content.body, items=content.items + points)
    save_section(
        section=block.section,
        saves={block.pk: BlockSave(block.version, extended)},
        by=by,
        act=VersionAct.BROUGHT_IN,
    )
    return block


def write(block: Block, content: BlockContent, *, by: User) -> BlockRevision:
    """Put a content into a block in place of the one before, and keep it; within the caller's transaction."""
    block.heading, block.body, block.source = content.heading, content.body, content.source
    block.version += 1
    block.is_carried = False
    block.save()
    block.items.all().delete()
    block.quotations.all().delete()
    block.measures.all().delete()
    ListItem.objects.bulk_create(
        ListItem(block=block, order=order, **asdict(item)) for order, item in enumerate(content.items)
    )
    Quotation.objects.bulk_create(
        Quotation(block=block, order=order, text=quote.text, attribution=quote.attribution)
        for order, quote in enumerate(content.quotations)
    )
    MeasureOnBlock.objects.bulk_create(
        MeasureOnBlock(block=block, order=order, measure_id=row.measure_id, period_id=row.period_id)
        for order, row in enumerate(content.measures)
    )
    return BlockRevision.objects.create(block=block, version=block.version, content=asdict(content), by=by)


def _keep_version(section: Section, *, act: str, by: User) -> SectionVersion:
    last = section.versions.aggregate(last=Max("number"))["last"] or 0
    blocks = with_contents(Block.objects.filter(section=section))
    return SectionVersion.objects.create(
        section=section, number=last + 1, act=act, by=by, blocks=[as_json(block) for block in blocks]
    )
