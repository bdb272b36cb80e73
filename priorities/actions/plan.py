"""Changes to the business plan: its priorities, their objectives, and what success looks like."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from partnership import audit
from partnership.models import Agency, User
from partnership.states import WrongState
from priorities.models import (
    BusinessPlan,
    Measure,
    Objective,
    PartOfPlan,
    Priority,
    ReportingDuty,
    SuccessMeasure,
)

Part = TypeVar("Part", bound=PartOfPlan)
Record = TypeVar("Record", bound=models.Model)


@transaction.atomic
def add_plan(*, title: str, starts_on: date, ends_on: date, kept: Iterable[str] = (), by: User | None) -> BusinessPlan:
    """Begin a business plan; both days are included."""
    plan = BusinessPlan.objects.create(title=title, starts_on=starts_on, ends_on=ends_on)
    audit.record("plan.added", target=plan, by=by, detail="\n".join(kept))
    return plan


@transaction.atomic
def change_plan(
    *, plan: BusinessPlan, title: str, starts_on: date, ends_on: date, kept: Iterable[str] = (), by: User
) -> BusinessPlan:
    """Give a plan another title or other years."""
    plan = BusinessPlan.objects.select_for_update().get(pk=plan.pk)
    return _change(plan, kept=kept, by=by, title=title, starts_on=starts_on, ends_on=ends_on)


@transaction.atomic
def add_priority(
    *,
    plan: BusinessPlan,
    code: str,
    title: str,
    kind: str,
    aim: str,
    sponsor: Agency,
    order: int,
    kept: Iterable[str] = (),
    by: User | None,
) -> Priority:
    """Put something first in a plan."""
    priority = Priority.objects.create(
        plan=plan, code=code, title=title, kind=kind, aim=aim, sponsor=sponsor, order=order
    )
    audit.record("priority.added", target=priority, by=by, detail="\n".join(kept))
    return priority


@transaction.atomic
def change_priority(
    *,
    priority: Priority,
    title: str,
    kind: str,
    aim: str,
    sponsor: Agency,
    order: int,
    kept: Iterable[str] = (),
    by: User,
) -> Priority:
    """Say a priority otherwise, or move it among its plan's; its code stays. Raises `WrongState` once it has ended."""
    priority = _in_force(priority)
    return _change(priority, kept=kept, by=by, title=title, kind=kind, aim=aim, sponsor=sponsor, order=order)


@transaction.atomic
def add_objective(
    *, priority: Priority, title: str, order: int, kept: Iterable[str] = (), by: User | None
) -> Objective:
    """Say what a priority sets out to achieve."""
    objective = Objective.objects.create(priority=priority, title=title, order=order)
    audit.record("objective.added", target=objective, by=by, detail="\n".join(kept))
    return objective


@transaction.atomic
def change_objective(*, objective: Objective, title: str, order: int, kept: Iterable[str] = (), by: User) -> Objective:
    """Say an objective otherwise, or move it. Raises `WrongState` once it has ended."""
    return _change(_in_force(objective), kept=kept, by=by, title=title, order=order)


@transaction.atomic
def add_success_measure(
    *, objective: Objective, looks_like: str, measure: Measure | None = None, kept: Iterable[str] = (), by: User | None
) -> SuccessMeasure:
    """Say what success of an objective looks like, and which measure shows it."""
    success = SuccessMeasure.objects.create(objective=objective, looks_like=looks_like, measure=measure)
    audit.record("success-measure.added", target=success, by=by, detail="\n".join(kept))
    return success


@transaction.atomic
def change_success_measure(
    *, success_measure: SuccessMeasure, looks_like: str, measure: Measure | None, kept: Iterable[str] = (), by: User
) -> SuccessMeasure:
    """Say what success looks like otherwise. Raises `WrongState` once it has ended."""
    return _change(_in_force(success_measure), kept=kept, by=by, looks_like=looks_like, measure=measure)


@transaction.atomic
def end_part(*, part: PartOfPlan, by: User) -> PartOfPlan:
    """End a priority, an objective or a success measure; what was said of it stays, and so do its actions.

    Raises `WrongState` if it has ended already, or while agencies are to report on it.
    """
    part = _in_force(part)
    if isinstance(part, Priority) and ReportingDuty.objects.in_force().filter(priority=part).exists():
        raise WrongState(f"Agencies still report on “{part}”. End their reporting duties first.")
    part.ended_at, part.ended_by = timezone.now(), by
    part.save()
    audit.record(f"{_noun(part)}.ended", target=part, by=by)
    return part


@transaction.atomic
def resume_part(*, part: PartOfPlan, by: User) -> PartOfPlan:
    """Take up again what has ended; raises `WrongState` if it is in force."""
    part = _locked(part)
    if not part.has_ended:
        raise WrongState(f"“{part}” is in force already.")
    part.ended_at = part.ended_by = None
    part.save()
    audit.record(f"{_noun(part)}.resumed", target=part, by=by)
    return part


def _in_force(part: Part) -> Part:
    part = _locked(part)
    if part.has_ended:
        raise WrongState(f"“{part}” has ended: this can no longer be done.")
    return part


def _locked(part: Part) -> Part:
    return cast(Part, type(part).objects.select_for_update().get(pk=part.pk))


def _change(record: Record, *, kept: Iterable[str], by: User, **fields: Any) -> Record:
    """Set the fields; the line in the record of changes says what stood there before."""
    before = [(name, getattr(record, name)) for name, value in fields.items() if getattr(record, name) != value]
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    detail = [f"{_field(record, name)} was: {'none' if was in ('', None) else was}" for name, was in before]
    audit.record(f"{_noun(record)}.changed", target=record, by=by, detail="\n".join([*detail, *kept]))
    return record


def _noun(record: models.Model) -> str:
    return "plan" if isinstance(record, BusinessPlan) else slugify(str(record._meta.verbose_name))


def _field(record: models.Model, name: str) -> str:
    return str(getattr(record._meta.get_field(name), "verbose_name", name)).capitalize()
