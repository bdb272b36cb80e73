"""What stands in a section's blocks: saving it so that no word is lost, and bringing texts in. See decision 0012."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.models import User
from partnership.states import WrongState
from priorities.models import QuarterlyUpdate
from reports.actions.following import follow_passages
from reports.actions.versions import keep_sitting, lock_section
from reports.blocks import KINDS
from reports.choices import STANDING_LISTS, SectionStatus, Shows, VersionAct
from reports.content import (
    LONGEST_POINT,
    MOST_POINTS,
    BlockContent,
    ItemContent,
    as_json,
    content_of,
    from_json,
    points_from,
    text_of,
)
from reports.merging import merge
from reports.models import Block, BlockRevision, ListItem, MeasureOnBlock, Quotation, Section
from reports.queries import shown_at, with_contents
from reports.richtext import plain_text


@dataclass(frozen=True)
class BlockSave:
    """What somebody's page holds of a block, and what it began with: the block's `version`, as the page `shows` it.

    `key` is the page's own mark of this text, by which it is known when it is sent again.
    """

    version: int
    content: BlockContent
    shows: str = Shows.SAVED
    key: str = ""


@dataclass(frozen=True)
class SavedBlock:
    """How a save ended: what stands in the block after it, at which version."""

    block: Block
    version: int
    content: BlockContent
    sent: BlockContent
    is_written: bool = False
    """Whether something was changed by it, now or when the same was sent before."""
    is_new: bool = False
    key: str = ""

    @property
    def is_merged(self) -> bool:
        """Whether it holds others' changes that the page did not show."""
        return self.content != self.sent


class StaleSection(Exception):
    """What was written into these blocks clashes with what others saved in them meanwhile; nothing was changed."""

    def __init__(self, blocks: list[Block]):
        super().__init__(", ".join(str(block) for block in blocks))
        self.blocks = blocks


class DoesNotFit(Exception):
    """A text is too long for the place it is to go to; the message is for the user."""


@transaction.atomic
def save_section(
    *, section: Section, saves: Mapping[int, BlockSave], by: User, act: str = VersionAct.SAVED
) -> list[SavedBlock]:
    """Keep what was written into the section's blocks, by block id; gives how each save ended.

    Where others have saved a block since its `version`, their changes and these are merged. If they clash in any block,
    nothing at all is saved and `StaleSection` names all such blocks. A block that was taken out takes the text with it.
    """
    section = lock_section(section)
    blocks = {block.pk: block for block in with_contents(Block.with_removed.filter(section=section))}
    ended = {pk: _weigh(blocks[pk], save, by=by) for pk, save in saves.items()}
    stale = [blocks[pk] for pk, saved in ended.items() if saved is None]
    if stale:
        raise StaleSection(stale)
    settled = [saved for saved in ended.values() if saved]
    new = {saved.block.pk: saved.content for saved in settled if saved.is_new}
    for saved in settled:
        if saved.is_new:
            write(saved.block, saved.content, by=by, sent=saved.sent, key=saved.key)
    if new:
        standing = [block for block in blocks.values() if block.removed_at is None]
        _keep(section, [as_json(block, new.get(block.pk)) for block in standing], act=act, by=by)
    return settled


def save_block(*, block: Block, save: BlockSave, by: User) -> SavedBlock:
    """Keep what was written into one block, as `save_section` does. The same save sent again gives the same answer."""
    return save_section(section=block.section, saves={block.pk: save}, by=by)[0]


def _weigh(block: Block, save: BlockSave, *, by: User) -> SavedBlock | None:
    """How a save will end, of a block that is locked; None where it clashes with what stands there."""
    known = block.revisions.filter(key=save.key).first() if save.key else None
    if known and known.by_id == by.pk and from_json(known.sent or known.content) == save.content:
        return SavedBlock(block, known.version, from_json(known.content), save.content, is_written=True)
    current = content_of(block)
    content = _merged(block, save, current)
    if content is None:
        return None
    if content == current:
        return SavedBlock(block, block.version, content, save.content)
    # A key that came with another text, or from somebody else, is no key of this one.
    key = "" if known else save.key
    return SavedBlock(block, block.version + 1, content, save.content, is_written=True, is_new=True, key=key)


def _merged(block: Block, save: BlockSave, current: BlockContent) -> BlockContent | None:
    if save.content == current:
        return current
    is_latest = save.version == block.version and save.shows == Shows.SAVED
    base = current if is_latest else shown_at(block, save.version, save.shows)
    if base is None:  # so old that it is no longer kept
        return None
    content = merge(base, save.content, current).content
    return content if content and KINDS[block.kind].has_room_for(content) else None


def _keep(section: Section, blocks: list[dict[str, Any]], *, act: str, by: User) -> None:
    """What a save does to the section: approval lapses, and the sitting's version follows."""
    if section.status != SectionStatus.DRAFTING:
        section.move_to(SectionStatus.DRAFTING)
        section.save()
    _, is_new = keep_sitting(section, act=act, by=by, blocks=blocks)
    if is_new:
        audit.record("section.saved", target=section, by=by)


@transaction.atomic
def bring_in(*, block: Block, update: QuarterlyUpdate, text: str, by: User) -> Block:
    """Add an accepted update's text to a standing list, a point for each paragraph, keeping where it came from.

    Raises `DoesNotFit` where the list would be longer than its form can hold.
    """
    if block.kind not in STANDING_LISTS:
        raise ValueError(f"{block} is not a standing list.")
    section = lock_section(block.section)
    locked = section.blocks.filter(pk=block.pk).first()
    if locked is None:
        raise WrongState(f"“{block.get_kind_display()}” was taken out of {section} in the meantime.")
    content = content_of(locked)
    points = tuple(ItemContent(point, update.pk) for point in points_from(text))
    if len(content.items) + len(points) > MOST_POINTS:
        raise DoesNotFit(f"The list would have more than {MOST_POINTS} points. Copy what you need from the update.")
    if any(len(plain_text(point.text)) > LONGEST_POINT for point in points):
        raise DoesNotFit(f"A paragraph has more than {LONGEST_POINT:,} characters. Copy what you need from the update.")
    extended = replace(content, items=content.items + points)
    save_section(
        section=section, saves={block.pk: BlockSave(locked.version, extended)}, by=by, act=VersionAct.BROUGHT_IN
    )
    return locked


def write(
    block: Block, content: BlockContent, *, by: User, sent: BlockContent | None = None, key: str = ""
) -> BlockRevision:
    """Put a content into a block in place of the one before, and keep it; in the caller's transaction and lock."""
    before = content_of(block)
    block.heading, block.body, block.source = content.heading, content.body, content.source
    block.version += 1
    block.is_carried = False
    block.save()
    _write_rows(block, before, content)
    follow_passages(block, old=text_of(before), new=text_of(content))
    return BlockRevision.objects.create(
        block=block,
        version=block.version,
        key=key,
        content=asdict(content),
        sent=asdict(sent) if sent and sent != content else None,
        by=by,
    )


def _write_rows(block: Block, before: BlockContent, content: BlockContent) -> None:
    if content.items != before.items:
        block.items.all().delete()
        ListItem.objects.bulk_create(
            ListItem(block=block, order=order, **asdict(item)) for order, item in enumerate(content.items)
        )
    if content.quotations != before.quotations:
        block.quotations.all().delete()
        Quotation.objects.bulk_create(
            Quotation(block=block, order=order, **asdict(quote)) for order, quote in enumerate(content.quotations)
        )
    if content.measures != before.measures:
        block.measures.all().delete()
        MeasureOnBlock.objects.bulk_create(
            MeasureOnBlock(block=block, order=order, **asdict(row)) for order, row in enumerate(content.measures)
        )
