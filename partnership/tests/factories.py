"""The smallest valid records of who we are. Alice edits for the board, Bob contributes for the police, Charlie belongs
to another agency, Dana signs, Erin manages the board, Frank chairs."""

from datetime import date
from decimal import Decimal
from itertools import count

from django.core.files.base import ContentFile

from partnership import actions, evidence, years
from partnership.choices import (
    AgencyKind,
    Attendance,
    ContributionKind,
    CostHeading,
    FileKind,
    GroupKind,
    PeriodKind,
    Role,
)
from partnership.models import (
    Agency,
    Area,
    Contribution,
    Cost,
    Evidence,
    Group,
    Meeting,
    Partnership,
    ReportingPeriod,
    User,
)
from partnership.tests import sample_files

numbers = count(1)


def make_area(code: str = "county") -> Area:
    return Area.objects.filter(code=code).first() or actions.add_area(code=code, name=code.title(), by=None)


def make_partnership() -> Partnership:
    return actions.set_up_partnership(
        name="County Safeguarding Children Partnership",
        short_name="CSCP",
        area=make_area(),
        accent="#1d4f76",
        by=None,
    )


def make_period(code: str = "2022-23") -> ReportingPeriod:
    """A financial year, by its code."""
    year = int(code[:4])
    return ReportingPeriod.objects.filter(code=code).first() or actions.add_period(
        code=code,
        label=years.label_of(year),
        kind=PeriodKind.FINANCIAL_YEAR,
        starts_on=years.first_day_of(year),
        ends_on=years.last_day_of(year),
        by=None,
    )


def make_agency(code: str = "police") -> Agency:
    return Agency.objects.filter(code=code).first() or actions.add_agency(
        code=code, name=f"County {code.title()}", short_name=code.title(), kind=AgencyKind.SAFEGUARDING_PARTNER, by=None
    )


def make_person(name: str, role: Role | None, agency: str = "board") -> User:
    """Somebody with one role at an agency, or with none at all."""
    user = actions.add_person(
        email=f"{name.lower()}-{next(numbers)}@example.org",
        name=name,
        post="Officer",
        password="a-long-password",
        by=None,
    )
    if role:
        actions.give_role(user=user, agency=make_agency(agency), role=role, by=None)
    return user


def make_alice() -> User:
    return make_person("Alice", Role.BOARD_OFFICER)


def make_bob() -> User:
    return make_person("Bob", Role.CONTRIBUTOR, "police")


def make_charlie() -> User:
    return make_person("Charlie", Role.CONTRIBUTOR, "health")


def make_dana() -> User:
    return make_person("Dana", Role.SIGNATORY, "council")


def make_erin() -> User:
    return make_person("Erin", Role.BOARD_MANAGER)


def make_frank() -> User:
    return make_person("Frank", Role.CHAIR)


def make_sent_file(content: bytes | None = None, *, name: str = "report.pdf", kind: str = FileKind.PDF):
    """A file as a form has let it through."""
    return evidence.SentFile(name=name, kind=FileKind(kind), content=ContentFile(content or sample_files.pdf()))


def make_evidence(
    content: bytes | None = None, *, name: str = "report.pdf", kind: str = FileKind.PDF, by: User | None = None
) -> Evidence:
    """A file of the police that waits to be checked."""
    return evidence.keep_evidence(
        sent=make_sent_file(content, name=name, kind=kind), agency=make_agency(), by=by or make_bob()
    )


def make_group(code: str = "BOARD", *agencies: str, posts: dict[str, str] | None = None) -> Group:
    """A group on which these agencies have always sat."""
    return Group.objects.filter(code=code).first() or actions.add_group(
        code=code,
        name=f"Group {code}",
        kind=GroupKind.BOARD,
        members=[make_agency(agency) for agency in agencies or ("police", "health")],
        posts=posts,
        by=None,
    )


def make_meeting(
    group: Group | None = None, held_on: date = date(2022, 5, 12), *, cancelled_reason: str = "", **attendances: str
) -> Meeting:
    """A meeting to which everybody came, but for those named by their agency's code."""
    group = group or make_group()
    seats = group.seats.select_related("agency")
    return actions.record_meeting(
        group=group,
        held_on=held_on,
        attendances={each.agency_id: attendances.get(each.agency.code, Attendance.PRESENT) for each in seats},
        cancelled_reason=cancelled_reason,
        by=make_alice(),
    )


def make_contribution(
    amount: int | None = 5000, *, code: str = "2022-23", agency: str = "police", words: str = ""
) -> Contribution:
    """Money, or with words something in kind."""
    return actions.record_contribution(
        period=make_period(code),
        agency=make_agency(agency),
        kind=ContributionKind.IN_KIND if words else ContributionKind.CASH,
        amount=None if amount is None else Decimal(amount),
        words=words,
        by=make_erin(),
    )


def make_cost(amount: int = 3000, *, code: str = "2022-23", heading: str = CostHeading.STAFF, words: str = "") -> Cost:
    return actions.record_cost(
        period=make_period(code), heading=heading, amount=Decimal(amount), words=words, by=make_erin()
    )
