"""Changes to inspections."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import WrongState
from reviews.actions.themes import named_themes
from reviews.actions.withdrawals import locked, save
from reviews.models import Inspection


@transaction.atomic
def record_inspection(
    *,
    body: str,
    subject: str,
    agency: Agency,
    started_on: date,
    is_month_only: bool = False,
    ended_on: date | None = None,
    published_on: date | None = None,
    about_dates: str = "",
    judgement: str = "",
    outcome: str = "",
    link: str = "",
    follows_on: Inspection | None = None,
    themes: Iterable[str] = (),
    kept: Iterable[str] = (),
    by: User,
) -> Inspection:
    """Add an inspection; a re-inspection names the one that it follows on from, which began before it."""
    inspection = Inspection(
        body=body,
        subject=subject,
        agency=agency,
        started_on=started_on,
        is_month_only=is_month_only,
        ended_on=ended_on,
        published_on=published_on,
        about_dates=about_dates,
        judgement=judgement,
        outcome=outcome,
        link=link,
        follows_on=follows_on,
    )
    _require_order(inspection)
    inspection.save()
    inspection.themes.set(named_themes(themes))
    audit.record("inspection.recorded", target=inspection, by=by, detail="\n".join(kept))
    return inspection


@transaction.atomic
def change_inspection(
    *,
    inspection: Inspection,
    version: int,
    fields: Mapping[str, Any],
    themes: Iterable[str],
    kept: Iterable[str] = (),
    by: User,
) -> Inspection:
    """Change what is known of an inspection: `fields` by name. Raises `StaleSave` if it was changed since `version`.

    Raises `WrongState` where the day it began would leave or enter a year whose signed report was made with it.
    """
    inspection = locked(inspection, version)
    began = inspection.started_on
    if fields.get("started_on", began) != began:
        _require_open_years(inspection, [began, fields["started_on"]])
    for name, value in fields.items():
        setattr(inspection, name, value)
    _require_order(inspection)
    save(inspection)
    inspection.themes.set(named_themes(themes))
    audit.record("inspection.changed", target=inspection, by=by, detail="\n".join(kept))
    return inspection


def _require_order(inspection: Inspection) -> None:
    """Raises `WrongState` where it would begin before the one it follows, or after one that follows it."""
    before = inspection.follows_on
    if before and (before.pk == inspection.pk or before.started_on > inspection.started_on):
        raise WrongState(f"{inspection.subject} cannot follow on from {before}, which began on {before.began}.")
    if inspection.pk and (after := inspection.followed_by.filter(started_on__lt=inspection.started_on).first()):
        raise WrongState(f"{after} follows on from this and began earlier, on {after.began}.")


def _require_open_years(inspection: Inspection, days: Iterable[date]) -> None:
    days = list(days)
    for period in ReportingPeriod.objects.select_for_update().exclude(closed_at=None):
        if inspection.is_counted_in(period) and any(period.starts_on <= day <= period.ends_on for day in days):
            raise WrongState(f"The report of {period} is signed and counts this inspection, so its first day stays.")
