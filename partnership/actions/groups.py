"""Changes to groups and to who sits on them."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from partnership import audit
from partnership.actions.changing import change
from partnership.actions.periods import require_open_since
from partnership.models import Agency, Group, Seat, User
from partnership.states import WrongState, require_version


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
    posts: Mapping[str, str] | None = None,
    by: User | None,
) -> Group:
    """Add a board, sub-group or linked partnership with the agencies that sit on it.

    `posts` says, by an agency's code, who sits there for it.
    """
    group = Group.objects.create(
        code=code, name=name, kind=kind, purpose=purpose, cadence=cadence, reports_to=reports_to
    )
    Seat.objects.bulk_create(
        Seat(group=group, agency=agency, post=(posts or {}).get(agency.code, "")) for agency in members
    )
    audit.record("group.added", target=group, by=by)
    return group


@transaction.atomic
def add_seat(
    *, group: Group, agency: Agency, from_on: date, until_on: date | None = None, post: str = "", by: User
) -> Seat:
    """Let an agency sit on a group from a day on; both days are included.

    Raises `WrongState` where it has a seat already, or the signed report of a year tells who sat there.
    """
    Group.objects.select_for_update().get(pk=group.pk)  # two at once would both find none
    if Seat.objects.filter(group=group, agency=agency).exists():
        raise WrongState(f"{agency} has a seat on {group} already. Change that one.")
    require_open_since(from_on)
    seat = Seat.objects.create(group=group, agency=agency, post=post, from_on=from_on, until_on=until_on)
    audit.record("seat.added", target=seat, by=by)
    return seat


@transaction.atomic
def change_seat(*, seat: Seat, version: int, from_on: date | None, until_on: date | None, post: str, by: User) -> Seat:
    """Change who sits there or its days, such as its last one; without a day it was always there, or goes on.

    Raises `StaleSave` if it was changed since `version`, `WrongState` where a signed report tells of those days.
    """
    seat = Seat.objects.select_for_update(of=("self",)).select_related("group", "agency").get(pk=seat.pk)
    require_version(seat, version)
    if from_on != seat.from_on:
        require_open_since(min(from_on or date.min, seat.from_on or date.min))
    if until_on != seat.until_on:
        require_open_since(min(until_on or date.max, seat.until_on or date.max))
    change(seat, {"from_on": from_on, "until_on": until_on, "post": post}, verb="seat.changed", by=by)
    return seat
