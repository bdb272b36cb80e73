"""Bringing back how a section stood."""

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from reports.actions.saving import write
from reports.actions.versions import keep_act, lock_section
from reports.choices import SectionStatus, VersionAct
from reports.content import content_of, from_json
from reports.models import Block, Section, SectionVersion
from reports.queries import with_contents


@transaction.atomic
def restore_version(*, version: SectionVersion, reason: str = "", by: User) -> Section:
    """Let a section stand as in an earlier version: its texts, and which blocks it has in which order.

    Nothing is lost by it: what stood before has a version of its own, and blocks that came later are taken out.
    """
    section = lock_section(version.section)
    now = timezone.now()
    blocks = {block.pk: block for block in with_contents(Block.with_removed.filter(section=section))}
    wanted = {data["block"]: data for data in version.blocks if data["block"] in blocks}
    for pk, block in blocks.items():
        if pk not in wanted and block.removed_at is None:
            block.removed_at, block.removed_by = now, by
            block.save()
    for order, (pk, data) in enumerate(wanted.items()):
        block, content = blocks[pk], from_json(data)
        block.order, block.removed_at, block.removed_by = order, None, None
        block.variants = data.get("variants", block.variants)  # older versions do not say
        block.save()
        if content != content_of(block):
            write(block, content, by=by)
    section.move_to(SectionStatus.DRAFTING)
    section.save()
    keep_act(section, act=VersionAct.RESTORED, by=by, reason=reason)
    audit.record("section.version-restored", target=section, by=by, detail=f"As in version {version.number}")
    return section
