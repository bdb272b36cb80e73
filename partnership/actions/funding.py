"""Changes to what the partnership is given and what it spends."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from partnership import audit
from partnership.actions.changing import change
from partnership.actions.periods import require_open
from partnership.models import Agency, Contribution, Cost, ReportingPeriod, User
from partnership.states import WrongState, require_version

Line = TypeVar("Line", Contribution, Cost)


@transaction.atomic
def record_contribution(
    *, period: ReportingPeriod, agency: Agency, kind: str, amount: Decimal | None, words: str = "", by: User
) -> Contribution:
    """Keep what an agency gives for a year: pounds, or in kind with words and, if known, what that is worth.

    Raises `WrongState` where it is recorded already, or the year's report is signed.
    """
    require_open(period)
    contribution = Contribution(period=period, agency=agency, kind=kind, amount=amount, words=words)
    _require_new(contribution)
    contribution.save()
    audit.record("contribution.recorded", target=contribution, by=by, detail=contribution.told)
    return contribution


@transaction.atomic
def change_contribution(*, contribution: Contribution, version: int, by: User, **fields: Any) -> Contribution:
    """Correct it. Raises `StaleSave` if it was changed since `version`, `WrongState` as `record_contribution`."""
    return _changed(contribution, version, fields, by)


@transaction.atomic
def remove_contribution(*, contribution: Contribution, by: User) -> None:
    """Take away what was recorded in error; raises `WrongState` where the year's report is signed."""
    _remove(contribution, by)


@transaction.atomic
def record_cost(*, period: ReportingPeriod, heading: str, amount: Decimal, words: str = "", by: User) -> Cost:
    """Keep what a year's arrangements cost under a heading. Raises `WrongState` as `record_contribution`."""
    require_open(period)
    cost = Cost(period=period, heading=heading, amount=amount, words=words)
    _require_new(cost)
    cost.save()
    audit.record("cost.recorded", target=cost, by=by, detail=cost.told)
    return cost


@transaction.atomic
def change_cost(*, cost: Cost, version: int, by: User, **fields: Any) -> Cost:
    """Correct it. Raises `StaleSave` if it was changed since `version`, `WrongState` as `record_cost`."""
    return _changed(cost, version, fields, by)


@transaction.atomic
def remove_cost(*, cost: Cost, by: User) -> None:
    """Take away what was recorded in error; raises `WrongState` where the year's report is signed."""
    _remove(cost, by)


def _changed(line: Line, version: int, fields: dict[str, Any], by: User) -> Line:
    line = _locked(line)
    require_version(line, version)
    _require_new(line, fields)
    change(line, fields, verb=f"{line._meta.model_name}.changed", by=by)
    return line


def _remove(line: Line, by: User) -> None:
    line = _locked(line)
    audit.record(f"{line._meta.model_name}.removed", target=line, by=by, detail=line.told)
    line.delete()


def _locked(line: Line) -> Line:
    """As it is now, in a year that is held open; the year before the line, as those that add a line do."""
    require_open(line.period)
    found = type(line)._default_manager.select_for_update().filter(pk=line.pk).first()
    if found is None:
        raise WrongState(f"{line} was removed in the meantime.")
    return found


def _require_new(line: Contribution | Cost, fields: Mapping[str, Any] | None = None) -> None:
    """Raises `WrongState` if another line says the same. The year is held: two at once cannot both find none."""
    same = {name: getattr(line, name) for name in line.ONCE} | {
        name: value for name, value in (fields or {}).items() if name in line.ONCE
    }
    if type(line)._default_manager.filter(**same).exclude(pk=line.pk).exists():
        raise WrongState(f"{line} is recorded already. Correct that entry.")
