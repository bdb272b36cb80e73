"""The record of changes: actions write their line here, in the transaction of the change."""

from collections.abc import Iterable

from django.db import models

from partnership.models import AuditEvent, User


def record(verb: str, *, target: models.Model, by: User | None, detail: str = "") -> AuditEvent:
    """Write that `by` (None: the portal itself) did `verb` (such as "update.submitted") to `target`."""
    event = _line(verb, target, by, detail)
    event.save()
    return event


def record_each(verb: str, *, targets: Iterable[tuple[models.Model, str]], by: User | None) -> None:
    """Write a line for each of many targets with its detail, as `record` does."""
    AuditEvent.objects.bulk_create([_line(verb, target, by, detail) for target, detail in targets], batch_size=500)


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
