"""Rows that are jobs: claiming one for a worker, holding it, ringing again for those that wait (docs/decisions/0003).

Such a model has `status`, `attempts`, `claim`, `lease_until`, MAX_ATTEMPTS, and in its manager `claimable(now)`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from celery import Task
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

Row = TypeVar("Row", bound=models.Model)


class LostClaim(Exception):
    """Another worker has taken the row over, or somebody has ended it, since it was claimed."""


@transaction.atomic
def claim(model: type[Row], pk: int, *, give_up: Callable[[Row], object], **started: Any) -> Row | None:
    """Take the row for this worker until its lease runs out; None where there is nothing (more) to do.

    `started` is what claiming sets besides. A conditional UPDATE decides, so that of many workers one gets the row.
    One whose attempts are used up is handed to `give_up`, which ends it.
    """
    now = timezone.now()
    rows = _claimable(model, now).filter(pk=pk)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        return None
    if row.attempts >= row.MAX_ATTEMPTS:
        give_up(row)
        return None
    taken = rows.filter(attempts=row.attempts).update(
        attempts=row.attempts + 1,
        claim=uuid4().hex,
        lease_until=now + timedelta(seconds=settings.JOB_LEASE_SECONDS),
        **started,
    )
    return model._default_manager.get(pk=pk) if taken else None


def held(rows: models.QuerySet[Row], claimed: Any, *, status: str) -> Row:
    """The claimed row as it stands now, locked, where its worker has it still in this status; raises `LostClaim`."""
    row: Any = rows.select_for_update(of=("self",)).get(pk=claimed.pk)
    if row.claim != claimed.claim or row.status != status:
        raise LostClaim(str(claimed))
    return row


def ring_again(model: type[Row], bell: Task) -> int:
    """Send every row that waits, or whose worker is gone, to the workers again; gives how many."""
    waiting = list(_claimable(model, timezone.now()).values_list("pk", flat=True))
    for pk in waiting:
        bell.delay(pk)
    return len(waiting)


def _claimable(model: type[Row], now: datetime) -> Any:
    rows: Any = model._default_manager
    return rows.claimable(now)
