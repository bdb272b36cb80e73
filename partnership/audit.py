"""The record of changes: actions write their line here, in the transaction of the change."""

from django.db import models

from partnership.models import AuditEvent, User


def record(verb: str, *, target: models.Model, by: User | None, detail: str = "") -> AuditEvent:
    """Write that `by` (None: the portal itself) did `verb` (such as "update.submitted") to `target`."""
    return AuditEvent.objects.create(
        verb=verb,
        by=by,
        by_label=str(by) if by else "The portal",
        target_model=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:300],
        detail=detail,
    )
