"""Which blocks a section has, and in which order. What is taken out stays, so that it can be put back."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import WrongState
from reports.actions.versions import keep_sitting, lock_section
from reports.choices import Kind, SectionStatus, Variant, VersionAct
from reports.content import BlockContent
from reports.models import Block, BlockRevision, Section

MOST_BLOCKS = 100
"""A section with more parts than this is more than one section."""


@transaction.atomic
def add_block(
    *, section: Section, kind: str, after: Block | None = None, variant: str = Variant.REPORT, by: User
) -> Block:
    """Add an empty block behind another, or at the end of the section; it stands in the one variant alone."""
    section = lock_section(section)
    blocks = list(section.blocks.all())
    if len(blocks) >= MOST_BLOCKS:
        raise WrongState(f"{section} has {MOST_BLOCKS} parts already. Take one out first, or begin another section.")
    block = Block(section=section, kind=kind, order=_behind_all(blocks))
    block.variants = [variant]
    block.save()
    BlockRevision.objects.create(block=block, version=block.version, content=asdict(BlockContent()), by=by)
    if after in blocks:
        blocks.insert(blocks.index(after) + 1, block)
        _put_in_order(blocks)
    _keep(section, "block.added", block, by)
    return block


@transaction.atomic
def move_block(*, block: Block, is_up: bool, by: User) -> Block:
    """Let a block change places with the one before or behind it; at either end it stays where it is."""
    section, blocks = _locked(block)
    here = blocks.index(block)
    there = here + (-1 if is_up else 1)
    if 0 <= there < len(blocks):
        blocks[here], blocks[there] = blocks[there], blocks[here]
        _put_in_order(blocks)
        _keep(section, "block.moved", block, by)
    return block


@transaction.atomic
def place_block(*, block: Block, after: Block | None, by: User) -> Block:
    """Put a block behind another of its section, or, without one, before all."""
    section, blocks = _locked(block)
    before = list(blocks)
    blocks.remove(block)
    if after is not None and after not in blocks:
        raise WrongState(f"The place for “{block.get_kind_display()}” was taken out in the meantime.")
    blocks.insert(blocks.index(after) + 1 if after else 0, block)
    if blocks != before:
        _put_in_order(blocks)
        _keep(section, "block.moved", block, by)
    return block


@transaction.atomic
def remove_block(*, block: Block, by: User) -> Block:
    """Take a block out of its section, with all that stands in it."""
    section, blocks = _locked(block)
    block = blocks[blocks.index(block)]
    block.removed_at, block.removed_by = timezone.now(), by
    block.save()
    _keep(section, "block.removed", block, by)
    return block


@transaction.atomic
def put_back_block(*, block: Block, by: User) -> Block:
    """Let a block that was taken out stand where it stood; if it stands there already, nothing happens."""
    section = lock_section(block.section)
    block = Block.with_removed.get(pk=block.pk)
    if block.removed_at is None:
        return block
    blocks = list(section.blocks.all())
    if len(blocks) >= MOST_BLOCKS:
        raise WrongState(f"{section} has {MOST_BLOCKS} parts already. Take one out first.")
    place = sum(other.order < block.order for other in blocks)
    block.removed_at = block.removed_by = None
    block.save()
    blocks.insert(place, block)
    _put_in_order(blocks)
    _keep(section, "block.put-back", block, by)
    return block


@transaction.atomic
def mark_block(*, block: Block, variant: str, is_in: bool, by: User) -> Block:
    """Let a block stand in a variant of the report, or no longer; if it is so already, nothing happens.

    Raises `WrongState` where it would stand in none.
    """
    section, blocks = _locked(block)
    block = blocks[blocks.index(block)]
    if block.stands_in(variant) == is_in:
        return block
    variants = {*block.variants, Variant(variant)} if is_in else {*block.variants} - {variant}
    if not variants:
        raise WrongState(f"“{block.get_kind_display()}” stands nowhere else. To leave it out, take it out.")
    block.variants = variants
    block.save()
    stands_in = ", ".join(variant.label for variant in block.variants)
    _keep(section, "block.marked", block, by, detail=f"{block.get_kind_display()}: {stands_in}")
    return block


def _locked(block: Block) -> tuple[Section, list[Block]]:
    """The block's section and the blocks in it, held until the transaction ends."""
    section = lock_section(block.section)
    blocks = list(section.blocks.all())
    if block not in blocks:
        raise WrongState(f"“{block.get_kind_display()}” was taken out in the meantime.")
    return section, blocks


def _behind_all(blocks: list[Block]) -> int:
    return blocks[-1].order + 1 if blocks else 0


def _put_in_order(blocks: list[Block]) -> None:
    moved = [(order, block) for order, block in enumerate(blocks) if block.order != order]
    for order, block in moved:
        block.order = order
    Block.objects.bulk_update([block for _, block in moved], ["order"])


def _keep(section: Section, verb: str, block: Block, by: User, *, detail: str = "") -> None:
    """Write down what was done. A section that nobody has begun to write is still only being set up."""
    if section.status != SectionStatus.NOT_STARTED:
        section.move_to(SectionStatus.DRAFTING)
        section.save()
    keep_sitting(section, act=VersionAct.ARRANGED, by=by)
    audit.record(verb, target=block, by=by, detail=detail or str(Kind(block.kind).label))
