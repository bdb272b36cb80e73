from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership import actions
from partnership.choices import AgencyKind, GroupKind, PeriodKind, Role
from partnership.models import Agency, Area, AuditEvent, Group, Membership, Partnership, ReportingPeriod, User
from partnership.tests.factories import make_agency, make_alice, make_area, make_erin, make_period, make_person

pytestmark = pytest.mark.django_db


def last_line():
    return AuditEvent.objects.values_list("verb", "by_label", "target_label").first()


def test_a_partnership_is_set_up_and_renamed():
    erin, area = make_erin(), make_area()

    actions.set_up_partnership(name="County Board", short_name="CB", area=area, accent="#1d4f76", by=erin)
    actions.set_up_partnership(name="County Partnership", short_name="CP", area=area, accent="#000000", by=erin)

    assert list(Partnership.objects.values_list("name", "short_name", "area", "accent")) == [
        ("County Partnership", "CP", area.pk, "#000000")
    ]
    assert list(
        AuditEvent.objects.filter(verb="partnership.set-up").order_by("pk").values_list("by_label", "target_label")
    ) == [("Erin", "County Board"), ("Erin", "County Partnership")]


def test_an_area_is_added():
    actions.add_area(code="county", name="County", ons_code="E10000028", by=make_erin())

    assert list(Area.objects.values_list("code", "name", "ons_code")) == [("county", "County", "E10000028")]
    assert last_line() == ("area.added", "Erin", "County")


def test_a_period_is_added():
    actions.add_period(
        code="mace",
        label="May 2022 to April 2023",
        kind=PeriodKind.CUSTOM,
        starts_on=date(2022, 5, 1),
        ends_on=date(2023, 4, 30),
        by=make_erin(),
    )

    assert list(ReportingPeriod.objects.values_list("code", "label", "kind", "starts_on", "ends_on")) == [
        ("mace", "May 2022 to April 2023", "custom", date(2022, 5, 1), date(2023, 4, 30))
    ]
    assert last_line() == ("period.added", "Erin", "May 2022 to April 2023")


def test_an_agency_is_added():
    erin, area = make_erin(), make_area()

    actions.add_agency(
        code="youth", name="Youth Justice", short_name="YJS", kind=AgencyKind.JUSTICE, area=area, by=erin
    )

    assert Agency.objects.filter(code="youth").values_list("name", "short_name", "kind", "area", "is_active").get() == (
        "Youth Justice",
        "YJS",
        "justice",
        area.pk,
        True,
    )
    assert last_line() == ("agency.added", "Erin", "Youth Justice")


def test_a_group_is_added_with_its_members_and_whom_it_reports_to():
    erin, police, health = make_erin(), make_agency("police"), make_agency("health")
    board = actions.add_group(code="BOARD", name="The board", kind=GroupKind.BOARD, members=[], by=erin)

    actions.add_group(
        code="MACE",
        name="Exploitation panel",
        kind=GroupKind.PANEL,
        purpose="Looks at each child.",
        cadence="Monthly",
        reports_to=board,
        members=[police, health],
        by=erin,
    )

    group = Group.objects.get(code="MACE")
    assert (group.name, group.kind, group.purpose, group.cadence) == (
        "Exploitation panel",
        "panel",
        "Looks at each child.",
        "Monthly",
    )
    assert (group.reports_to, set(group.members.all())) == (board, {police, health})
    assert last_line() == ("group.added", "Erin", "Exploitation panel")


def test_a_person_is_added_and_can_do_nothing_yet():
    erin = make_erin()

    grace = actions.add_person(email="grace@EXAMPLE.org", name="Grace", post="Nurse", by=erin)

    grace.refresh_from_db()
    assert (grace.email, grace.name, grace.post, grace.is_active) == ("grace@example.org", "Grace", "Nurse", True)
    assert (grace.has_usable_password(), grace.permissions) == (False, frozenset())
    assert last_line() == ("person.added", "Erin", "Grace")


def test_a_role_is_given_on_top_of_what_there_is():
    erin, grace, police = make_erin(), make_person("Grace", Role.CONTRIBUTOR, "police"), make_agency("police")

    actions.give_role(user=grace, agency=police, role=Role.SIGNATORY, by=erin)

    assert list(Membership.objects.filter(user=grace).values_list("agency", "role")) == [
        (police.pk, "contributor"),
        (police.pk, "signatory"),
    ]
    assert last_line() == ("membership.added", "Erin", "Grace, Safeguarding partner signatory at County Police")


def test_what_is_refused_leaves_no_line():
    alice = make_alice()
    make_period("2022-23")
    before = AuditEvent.objects.count(), User.objects.count()

    for refused in (
        lambda: actions.add_person(email=alice.email.upper(), name="Alice again", by=alice),
        lambda: actions.give_role(user=alice, agency=make_agency("board"), role=Role.BOARD_OFFICER, by=alice),
        lambda: (
            actions.add_area(code="county", name="One", by=alice)
            and actions.add_area(code="county", name="Two", by=alice)
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()

    assert (AuditEvent.objects.count(), User.objects.count()) == before
