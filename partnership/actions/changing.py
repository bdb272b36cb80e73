"""How a record that has a version changes: it is one version later, and the line says what stood there before."""

from collections.abc import Mapping
from typing import Any

from partnership import audit
from partnership.models import User


def before(record: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What stands now in each of the fields that would change."""
    return {name: getattr(record, name) for name, value in fields.items() if getattr(record, name) != value}


def change(record: Any, fields: Mapping[str, Any], *, verb: str, by: User) -> None:
    """Set the fields of a locked record; where nothing changes, nothing is written."""
    changed = before(record, fields)
    if not changed:
        return
    for name in changed:
        setattr(record, name, fields[name])
    record.version += 1
    record.save()
    audit.record(verb, target=record, by=by, detail="\n".join(f"{name} was “{was}”" for name, was in changed.items()))
