"""The record of changes: actions write their line here, in the transaction of the change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import models
from django.utils import timezone

from partnership.models import AuditEvent, User


def record(verb: str, *, target: models.Model, by: User | None, detail: str = "") -> AuditEvent:
    """Write that `by` (None: the portal itself) did `verb` (such as "update.submitted") to `target`."""
    event = _line(verb, target, by, detail)
    event.save()
    return event


def record_each(verb: str, *, targets: Iterable[tuple[models.Model, str]], by: User | None) -> None:
    """Write a line for each of many targets with its detail, as `record` does."""
    AuditEvent.objects.bulk_create([_line(verb, target, by, detail) for target, detail in targets], batch_size=500)


@dataclass(frozen=True)
class Shown:
    """What a page tells of one event, or of several in a row that say the same."""

    verb: str
    by_label: str
    at: datetime
    detail: str


def folded(events: Iterable[AuditEvent]) -> list[Shown]:
    """Events with the latest first, for a page: what one person did again and again on a day stands there once.

    Only lines without a detail are put together, and the record keeps them all.
    """
    groups = [list(group) for _, group in groupby(events, key=_same_on_a_day)]
    return [_shown(group) for group in groups]


def _same_on_a_day(event: AuditEvent) -> tuple[str, int | None, date, int | None]:
    only_itself = event.pk if event.detail else None
    return event.verb, event.by_id, timezone.localdate(event.at), only_itself


def _shown(group: list[AuditEvent]) -> Shown:
    latest = group[0]
    detail = f"{len(group)} times that day" if len(group) > 1 else latest.detail
    return Shown(latest.verb, latest.by_label, latest.at, detail)


def _line(verb: str, target: models.Model, by: User | None, detail: str) -> AuditEvent:
    return AuditEvent(
        verb=verb,
        by=by,
        by_label=str(by) if by else "The portal",
        target_model=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:300],
        detail=detail,
    )
