"""Changes to the yearly counts of child deaths."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from partnership import audit
from partnership.actions import require_open
from partnership.models import Area, ReportingPeriod, User
from reviews.actions.themes import named_themes
from reviews.actions.withdrawals import locked, save
from reviews.models import ChildDeathSummary


@transaction.atomic
def record_child_deaths(
    *,
    period: ReportingPeriod,
    area: Area,
    notified: int,
    unexpected: int | None = None,
    reviewed: int | None = None,
    modifiable: int | None = None,
    priorities: str = "",
    themes: Iterable[str] = (),
    kept: Iterable[str] = (),
    by: User,
) -> ChildDeathSummary:
    """Add a year's counts of child deaths in an area. A part greater than its whole is refused by the database.

    Raises `WrongState` if the report of the year is signed.
    """
    require_open(period)
    summary = ChildDeathSummary.objects.create(
        period=period,
        area=area,
        notified=notified,
        unexpected=unexpected,
        reviewed=reviewed,
        modifiable=modifiable,
        priorities=priorities,
    )
    summary.themes.set(named_themes(themes))
    audit.record("child-deaths.recorded", target=summary, by=by, detail="\n".join(kept))
    return summary


@transaction.atomic
def change_child_deaths(
    *,
    summary: ChildDeathSummary,
    version: int,
    counts: Mapping[str, int | None],
    priorities: str,
    themes: Iterable[str],
    reason: str,
    kept: Iterable[str] = (),
    by: User,
) -> ChildDeathSummary:
    """Correct a year's counts, with the reason. Raises `StaleSave` if they were changed since `version`.

    Raises `WrongState` if the report of the year is signed.
    """
    summary = locked(summary, version)
    require_open(summary.period)
    before = [f"{name} was {getattr(summary, name)}" for name in counts if counts[name] != getattr(summary, name)]
    save(summary, {**counts, "priorities": priorities})
    summary.themes.set(named_themes(themes))
    audit.record("child-deaths.changed", target=summary, by=by, detail="\n".join([reason, *before, *kept]))
    return summary
