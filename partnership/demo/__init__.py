"""The demo partnership: who takes part, where, when, and the accounts to try the portal with."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from partnership import actions
from partnership.choices import Attendance, ContributionKind, Role
from partnership.models import Agency, Area, Group, ReportingPeriod, User

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Account:
    """Somebody the portal can be tried as; demo people are called by what they do."""

    address: str
    name: str
    post: str
    agency: str
    role: Role

    @property
    def email(self) -> str:
        return f"{self.address}@example.org"


ACCOUNTS = (
    Account("board.manager", "Board manager", "Board manager", "board", Role.BOARD_MANAGER),
    Account("board.officer", "Board officer", "Board officer", "board", Role.BOARD_OFFICER),
    Account("police", "Police contributor", "Detective chief inspector", "police", Role.CONTRIBUTOR),
    Account("icb", "ICB contributor", "Designated nurse", "icb", Role.CONTRIBUTOR),
    Account("council", "Council contributor", "Head of safeguarding", "council", Role.CONTRIBUTOR),
    Account("voluntary", "Voluntary sector contributor", "Participation lead", "scvys", Role.CONTRIBUTOR),
    Account("chair", "Independent chair", "Independent chair and scrutineer", "board", Role.CHAIR),
    Account("council.signatory", "Council signatory", "Director for children and families", "council", Role.SIGNATORY),
    Account("icb.signatory", "ICB signatory", "Chief nursing and therapies officer", "icb", Role.SIGNATORY),
    Account("police.signatory", "Police signatory", "Assistant chief constable", "police", Role.SIGNATORY),
)


def load(*, password: str) -> dict[str, User]:
    """Build the partnership and its people; gives the people by the first part of their address."""
    data = tomllib.loads((HERE / "partnership.toml").read_text())
    for row in data["area"]:
        actions.add_area(**row, by=None)
    areas = {area.code: area for area in Area.objects.all()}
    actions.set_up_partnership(**data["partnership"] | {"area": areas[data["partnership"]["area"]]}, by=None)
    neighbours = [(row["name"], row["ons_code"]) for row in data["neighbour"]]
    actions.set_neighbours(neighbours=neighbours, by=None)
    for row in data["period"]:
        actions.add_period(**row, by=None)
    for row in data["agency"]:
        actions.add_agency(**row | {"area": areas.get(row.get("area", ""))}, by=None)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    _load_groups(data["group"], agencies)
    people = {account.address: _person(account, agencies, password) for account in ACCOUNTS}
    _load_meetings(people)
    _load_funding(agencies, people)
    return people


def periods() -> dict[str, ReportingPeriod]:
    return {period.code: period for period in ReportingPeriod.objects.all()}


def _load_groups(rows: list[dict], agencies: dict[str, Agency]) -> None:
    """Groups that report to another come after it, wherever they stand in the file."""
    groups: dict[str, Group] = {}
    waiting = list(rows)
    while waiting:
        row = next(row for row in waiting if row.get("reports_to", "") in {"", *groups})
        waiting.remove(row)
        groups[row["code"]] = actions.add_group(
            **row
            | {
                "reports_to": groups.get(row.get("reports_to", "")),
                "members": [agencies[code] for code in row["members"]],
            },
            by=None,
        )


def _load_meetings(people: dict[str, User]) -> None:
    """Whoever a meeting's row does not name was there."""
    for row in tomllib.loads((HERE / "meetings.toml").read_text())["group"]:
        group = Group.objects.get(code=row["code"])
        members = dict(group.seats.values_list("agency__code", "agency"))
        for meeting in row["meetings"]:
            told = {code: kind for kind in Attendance for code in meeting.get(kind, ())}
            actions.record_meeting(
                group=group,
                held_on=meeting["held_on"],
                cancelled_reason=meeting.get("cancelled", ""),
                attendances={pk: told.get(code, Attendance.PRESENT) for code, pk in members.items()},
                by=people["board.officer"],
            )


def _load_funding(agencies: dict[str, Agency], people: dict[str, User]) -> None:
    """What has words is given in kind."""
    data = tomllib.loads((HERE / "funding.toml").read_text())
    years, by = periods(), people["board.manager"]
    for row in data["contribution"]:
        actions.record_contribution(
            period=years[row["period"]],
            agency=agencies[row["agency"]],
            kind=ContributionKind.IN_KIND if "words" in row else ContributionKind.CASH,
            amount=Decimal(row["amount"]) if "amount" in row else None,
            words=row.get("words", ""),
            by=by,
        )
    for row in data["cost"]:
        actions.record_cost(**row | {"period": years[row["period"]], "amount": Decimal(row["amount"])}, by=by)


def _person(account: Account, agencies: dict[str, Agency], password: str) -> User:
    user = actions.add_person(email=account.email, name=account.name, post=account.post, password=password, by=None)
    actions.give_role(user=user, agency=agencies[account.agency], role=account.role, by=None)
    return user
