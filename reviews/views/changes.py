from partnership.models import AuditEvent


def changes_of(record):
    """A record's lines in the record of changes, the latest on top."""
    return AuditEvent.objects.filter(target_model=record._meta.label_lower, target_id=record.pk)
