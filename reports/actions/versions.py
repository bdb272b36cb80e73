"""Versions of a section: one for each sitting, and one for each act, with what stood there then."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from partnership.models import User
from partnership.states import WrongState
from reports.choices import VersionAct
from reports.content import as_json
from reports.models import Block, Section, SectionVersion
from reports.queries import with_contents

LONGEST_BREAK = timedelta(minutes=30)
"""Somebody who saves again after no longer than this is still at the same sitting."""

OF_SITTINGS = frozenset({VersionAct.SAVED, VersionAct.BROUGHT_IN, VersionAct.ARRANGED})
"""What is done at a sitting; every other act ends it and has a version of its own."""


def lock_section(section: Section) -> Section:
    """The section as it is now, held until the transaction ends; raises `WrongState` where it was taken out."""
    locked = Section.objects.select_for_update().filter(pk=section.pk).first()
    if locked is None:
        raise WrongState(f"{section} was taken out of the report in the meantime.")
    return locked


def keep_sitting(
    section: Section, *, act: str, by: User, blocks: list[dict[str, Any]] | None = None
) -> tuple[SectionVersion, bool]:
    """Let the version of the person's sitting follow to what stands now; gives it, and whether the sitting is new.

    Only within a transaction that holds the lock on the section; `blocks` is what stands in it, where the caller has
    read that already. A sitting in which something was written is called so, whatever else was done in it.
    """
    sitting = _sitting(section, by) if act in OF_SITTINGS else None
    if sitting is None:
        return keep_act(section, act=act, by=by, blocks=blocks), True
    _number_last(sitting)
    if VersionAct.SAVED in (act, sitting.act):
        sitting.act = VersionAct.SAVED
    sitting.at = timezone.now()
    sitting.blocks = _blocks(section) if blocks is None else blocks
    sitting.save(update_fields=["act", "at", "blocks"])
    return sitting, False


def _number_last(sitting: SectionVersion) -> None:
    """Number a sitting after those that were saved since: numbers follow the last saves, without gaps."""
    versions = SectionVersion.objects.filter(section=sitting.section_id)
    passed = list(versions.filter(number__gt=sitting.number).order_by("number").values_list("pk", "number"))
    if not passed:
        return
    last = passed[-1][1]
    versions.filter(pk=sitting.pk).update(number=last + 1)  # out of the way: each number stands once
    for pk, number in passed:
        versions.filter(pk=pk).update(number=number - 1)
    versions.filter(pk=sitting.pk).update(number=last)
    sitting.number = last


def _sitting(section: Section, by: User) -> SectionVersion | None:
    """The person's sitting that still goes on: neither a long break nor an act has ended it."""
    is_recent = Q(act__in=OF_SITTINGS, by=by, at__gte=timezone.now() - LONGEST_BREAK)
    versions = section.versions.filter(is_recent | ~Q(act__in=OF_SITTINGS)).order_by("-number")
    last = versions.defer("blocks", "figures").first()
    return last if last and last.act in OF_SITTINGS else None


def keep_act(
    section: Section,
    *,
    act: str,
    by: User,
    reason: str = "",
    figures: Iterable[dict[str, Any]] = (),
    blocks: list[dict[str, Any]] | None = None,
) -> SectionVersion:
    """Keep what stands now under a new number. Only within a transaction that holds the lock on the section."""
    last = section.versions.aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    return SectionVersion.objects.create(
        section=section,
        number=last + 1,
        act=act,
        began_at=now,
        at=now,
        by=by,
        reason=reason,
        blocks=_blocks(section) if blocks is None else blocks,
        figures=list(figures),
    )


def _blocks(section: Section) -> list[dict[str, Any]]:
    return [as_json(block) for block in with_contents(Block.objects.filter(section=section))]
