"""What the page shows where two people's changes of a block clash."""

from dataclasses import dataclass
from datetime import datetime

from partnership.models import User
from reports.content import from_json
from reports.forms import BlockEditor
from reports.joining import join
from reports.models import Block
from reports.side_by_side import Sides, side_by_side


@dataclass(frozen=True)
class Clash:
    """A block as it stands now, beside what somebody wrote on top of an earlier version of it.

    The forms are for those who let theirs stand, or make one text of both.
    """

    block: Block
    version: int
    by: User | None
    at: datetime
    sides: Sides
    theirs: BlockEditor
    joined: BlockEditor


def clash_with(block, mine, *, version):
    """The clash of a content with what stood in the block at the version that the person is shown.

    With a version that there is not, or no longer: with what stands in the block now.
    """
    revisions = block.revisions.select_related("by")
    revision = revisions.filter(version=version).first() or revisions.get(version=block.version)
    theirs = from_json(revision.content)
    return Clash(
        block=block,
        version=revision.version,
        by=revision.by,
        at=revision.at,
        sides=side_by_side(theirs, mine),
        theirs=BlockEditor(block, content=theirs, version=revision.version),
        joined=BlockEditor(block, content=join(theirs, mine), version=revision.version),
    )
