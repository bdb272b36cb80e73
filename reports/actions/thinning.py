"""What need not be kept of every single save."""

from datetime import timedelta

from django.db.models import F, Window
from django.db.models.functions import Lead
from django.utils import timezone

from reports.actions.versions import LONGEST_BREAK
from reports.models import BlockRevision

KEPT_WHOLE = timedelta(days=30)
"""Every save is kept for so long."""

AT_ONCE = 1_000
"""So many are deleted at a time; what is left waits for the next time."""


def thin_revisions() -> int:
    """Delete old saves that the same person went on from in the same sitting; gives how many.

    Of an older save only what somebody left behind stays: the last before a long break, before somebody else's save,
    or of all. What stands in a version of the section stays there in any case.
    """
    old = BlockRevision.objects.filter(at__lt=timezone.now() - KEPT_WHOLE).order_by()
    followed = old.annotate(next_by=_of_next("by"), next_at=_of_next("at"))
    to_go = followed.filter(next_by=F("by"), next_at__lte=F("at") + LONGEST_BREAK).values_list("pk", flat=True)
    thinned, _ = BlockRevision.objects.filter(pk__in=list(to_go[:AT_ONCE])).delete()
    return thinned


def _of_next(field: str) -> Window:
    """What stands in this field of the block's next save."""
    return Window(Lead(field), partition_by=F("block"), order_by=F("version").asc())
