"""What every record of learning has in common: it is locked and read anew, kept by version, and never deleted."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import WrongState, require_version
from reviews.models import Withdrawable

Record = TypeVar("Record", bound=Withdrawable)


@transaction.atomic
def withdraw_record(*, record: Record, noun: str, reason: str, kept: Iterable[str] = (), by: User) -> Record:
    """Take what was recorded in error out of the lists, with the reason. A signed report goes on counting it."""
    record = locked(record)
    record.withdrawn_at, record.withdrawn_by, record.withdrawn_reason = timezone.now(), by, reason
    save(record)
    audit.record(f"{noun}.withdrawn", target=record, by=by, detail="\n".join([reason, *kept]))
    return record


def locked(record: Record, version: int | None = None) -> Record:
    """The record as it is now, locked. Raises `WrongState` if it is withdrawn, `StaleSave` if not at this version."""
    record = cast(Record, type(record)._default_manager.select_for_update().get(pk=record.pk))
    if record.withdrawn_at:
        raise WrongState(f"{record} is withdrawn: this can no longer be done.")
    if version is not None:
        require_version(record, version)
    return record


def save(record: Record, fields: Mapping[str, Any] | None = None) -> None:
    """Save the record with these fields as its next version."""
    for name, value in (fields or {}).items():
        setattr(record, name, value)
    record.version += 1
    record.save()
