"""Changes to who we are: every verb writes its line in the record of changes."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.choices import PeriodKind
from partnership.models import (
    Agency,
    Area,
    Group,
    Membership,
    Partnership,
    ReportingPeriod,
    StatisticalNeighbour,
    User,
)
from partnership.states import WrongState
from partnership.years import code_of, first_day_of, label_of, last_day_of, year_of


@transaction.atomic
def set_up_partnership(*, name: str, short_name: str, area: Area, accent: str, by: User | None) -> Partnership:
    """Name the partnership that this portal belongs to, or rename it."""
    partnership, _ = Partnership.objects.update_or_create(
        pk=1, defaults={"name": name, "short_name": short_name, "area": area, "accent": accent}
    )
    audit.record("partnership.set-up", target=partnership, by=by)
    return partnership


@transaction.atomic
def add_area(*, code: str, name: str, ons_code: str = "", by: User | None) -> Area:
    """Add a part of the country that figures can cover."""
    area = Area.objects.create(code=code, name=name, ons_code=ons_code)
    audit.record("area.added", target=area, by=by)
    return area


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


@transaction.atomic
def add_agency(
    *, code: str, name: str, short_name: str, kind: str, area: Area | None = None, by: User | None
) -> Agency:
    """Add an organisation that works with the partnership."""
    agency = Agency.objects.create(code=code, name=name, short_name=short_name, kind=kind, area=area)
    audit.record("agency.added", target=agency, by=by)
    return agency


@transaction.atomic
def add_group(
    *,
    code: str,
    name: str,
    kind: str,
    purpose: str = "",
    cadence: str = "",
    reports_to: Group | None = None,
    members: list[Agency],
    by: User | None,
) -> Group:
    """Add a board, sub-group or linked partnership with the agencies that sit on it."""
    group = Group.objects.create(
        code=code, name=name, kind=kind, purpose=purpose, cadence=cadence, reports_to=reports_to
    )
    group.members.set(members)
    audit.record("group.added", target=group, by=by)
    return group


@transaction.atomic
def set_neighbours(*, neighbours: Sequence[tuple[str, str]], by: User | None) -> list[StatisticalNeighbour]:
    """Put these local authorities, each a name and an ONS code, in place of the statistical neighbours so far."""
    partnership = Partnership.objects.select_for_update().get()  # two lists at once would mix
    StatisticalNeighbour.objects.all().delete()
    kept = StatisticalNeighbour.objects.bulk_create(
        [
            StatisticalNeighbour(name=name, ons_code=ons_code, order=order)
            for order, (name, ons_code) in enumerate(neighbours, start=1)
        ]
    )
    audit.record("neighbours.set", target=partnership, by=by, detail=", ".join(name for name, _ in neighbours))
    return kept


@transaction.atomic
def add_person(*, email: str, name: str, post: str = "", password: str | None = None, by: User | None) -> User:
    """Give a person an account. Without a password they choose one by "Forgotten your password?"."""
    user = User.objects.create_user(email=email, name=name, post=post, password=password)
    audit.record("person.added", target=user, by=by)
    return user


@transaction.atomic
def give_role(*, user: User, agency: Agency, role: str, by: User | None) -> Membership:
    """Let a person act for an agency in a role, on top of what they may do already."""
    membership = Membership.objects.create(user=user, agency=agency, role=role)
    audit.record("membership.added", target=membership, by=by)
    return membership


@transaction.atomic
def take_role(*, membership: Membership, by: User) -> None:
    """End a role; raises `WrongState` for one's own, so that no portal is left without its manager."""
    if membership.user_id == by.pk:
        raise WrongState("You cannot take your own role away. Ask another board manager.")
    audit.record("membership.ended", target=membership, by=by)
    membership.delete()


@transaction.atomic
def close_account(*, user: User, by: User) -> User:
    """Shut a person out, at once and wherever they are signed in; what they did stays in the record."""
    if user.pk == by.pk:
        raise WrongState("You cannot close your own account. Ask another board manager.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("person.account-closed", target=user, by=by)
    return user


@transaction.atomic
def open_account(*, user: User, by: User) -> User:
    """Let a person in again, with the roles they still have."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("person.account-opened", target=user, by=by)
    return user
