"""Changes to reporting periods."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod, User
from partnership.states import WrongState
from partnership.years import code_of, first_day_of, label_of, last_day_of, year_of


@transaction.atomic
def add_period(*, code: str, label: str, kind: str, starts_on: date, ends_on: date, by: User | None) -> ReportingPeriod:
    """Add dates that figures, updates or reports can be about; both days are included."""
    period = ReportingPeriod.objects.create(code=code, label=label, kind=kind, starts_on=starts_on, ends_on=ends_on)
    audit.record("period.added", target=period, by=by)
    return period


@transaction.atomic
def add_years(*, until: date) -> list[ReportingPeriod]:
    """Add the financial years after the last one there is, up to the one that holds a day: nobody has to think of it.

    Gives those that were added; of two at the same time, one adds a year.
    """
    last = ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR).order_by("-starts_on").first()
    first = year_of(last.starts_on) + 1 if last else year_of(until)
    added = []
    for year in range(first, year_of(until) + 1):
        period, is_new = ReportingPeriod.objects.get_or_create(
            code=code_of(year),
            defaults={
                "label": label_of(year),
                "kind": PeriodKind.FINANCIAL_YEAR,
                "starts_on": first_day_of(year),
                "ends_on": last_day_of(year),
            },
        )
        if is_new:
            audit.record("period.added", target=period, by=None)
            added.append(period)
    return added


@transaction.atomic
def close_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Hold fast what the period's figures count, as its report is signed; raises `WrongState` if it is closed."""
    period = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if period.closed_at:
        raise WrongState(f"{period} is closed already.")
    period.closed_at, period.closed_by = timezone.now(), by
    period.save()
    audit.record("period.closed", target=period, by=by)
    return period


@transaction.atomic
def reopen_period(*, period: ReportingPeriod, reason: str, by: User | None) -> ReportingPeriod:
    """Let what the period's figures count change again, as when a signature is void; `WrongState` if it is open."""
    period = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if not period.closed_at:
        raise WrongState(f"{period} is not closed.")
    period.closed_at = period.closed_by = None
    period.save()
    audit.record("period.reopened", target=period, by=by, detail=reason)
    return period


def require_open(period: ReportingPeriod) -> None:
    """Raises `WrongState` where the period's report is signed; holds the period until the change is done."""
    period = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if period.closed_at:
        raise WrongState(f"The report of {period} is signed, so the numbers that it tells stay as they are.")


def require_open_on(day: date) -> None:
    """Likewise for what happened on a day, whichever period counts it."""
    for period in ReportingPeriod.objects.select_for_update().filter(starts_on__lte=day, ends_on__gte=day):
        if period.closed_at:
            raise WrongState(f"The report of {period} is signed, so what it tells of that day stays as it is.")


def require_open_since(day: date) -> None:
    """Raises `WrongState` where the report of a period is signed that a change from this day on would touch."""
    for period in ReportingPeriod.objects.select_for_update().filter(ends_on__gte=day):
        if period.closed_at:
            raise WrongState(f"The report of {period} is signed, so what it tells stays as it is.")
