from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from partnership import actions
from partnership.choices import PeriodKind, Role
from partnership.models import Membership, Partnership, User
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_area,
    make_bob,
    make_partnership,
    make_period,
    make_person,
)

pytestmark = pytest.mark.django_db


def refused():
    """What the database must not let through; the test goes on after it."""
    return pytest.raises(IntegrityError), transaction.atomic()


def test_there_is_exactly_one_partnership():
    make_partnership()
    refusal, attempt = refused()

    with refusal, attempt:
        Partnership.objects.create(pk=2, name="Another", short_name="A", area=make_area())

    assert [f"{partnership}" for partnership in Partnership.objects.all()] == [
        "County Safeguarding Children Partnership"
    ]


@pytest.mark.parametrize("accent", ["#1d4f7", "#1D4F76", "1d4f76", "red", "#1d4f76;"])
def test_the_partnership_s_colour_is_written_in_one_way(accent):
    partnership = make_partnership()
    partnership.accent = accent

    with pytest.raises(ValidationError) as refusal:
        partnership.full_clean()

    assert list(refusal.value.message_dict) == ["accent"]


@pytest.mark.parametrize(
    ("ends_on", "is_kept"), [(date(2022, 4, 2), True), (date(2022, 4, 1), True), (date(2022, 3, 31), False)]
)
def test_a_period_ends_when_it_starts_or_later(ends_on, is_kept):
    def add():
        return actions.add_period(
            code="days", label="Days", kind=PeriodKind.CUSTOM, starts_on=date(2022, 4, 1), ends_on=ends_on, by=None
        )

    if is_kept:
        assert add().ends_on == ends_on
        return
    refusal, attempt = refused()
    with refusal, attempt:
        add()


@pytest.mark.parametrize("make", [make_area, make_agency, make_period])
def test_a_code_is_taken_once(make):
    record = make()
    record.pk = None
    refusal, attempt = refused()

    with refusal, attempt:
        record.save(force_insert=True)


@pytest.mark.parametrize("email", ["grace@example.org", "Grace@example.org", "GRACE@EXAMPLE.ORG"])
def test_an_email_address_is_taken_once_whatever_its_case(email):
    User.objects.create_user(email="Grace@Example.org", name="Grace")
    refusal, attempt = refused()

    with refusal, attempt:
        User.objects.create_user(email=email, name="Somebody else")

    assert list(User.objects.values_list("name", flat=True)) == ["Grace"]


def test_a_person_is_found_by_their_email_address_whatever_its_case():
    grace = User.objects.create_user(email="Grace@Example.org", name="Grace")

    assert User.objects.get_by_natural_key("gRACE@eXAMPLE.ORG") == grace


def test_a_person_without_a_password_cannot_sign_in_with_one():
    assert not User.objects.create_user(email="grace@example.org", name="Grace").has_usable_password()


def test_a_password_is_not_kept_as_it_was_typed():
    grace = User.objects.create_user(email="grace@example.org", name="Grace", password="a-long-password")

    assert "a-long-password" not in grace.password
    assert grace.check_password("a-long-password")


def test_a_person_holds_a_role_at_an_agency_once():
    bob = make_bob()
    refusal, attempt = refused()

    with refusal, attempt:
        Membership.objects.create(user=bob, agency=make_agency("police"), role=Role.CONTRIBUTOR)

    assert [f"{membership}" for membership in bob.memberships.all()] == ["Bob, Contributor at County Police"]


def test_a_person_can_hold_another_role_and_act_for_another_agency():
    bob = make_bob()

    actions.give_role(user=bob, agency=make_agency("police"), role=Role.SIGNATORY, by=None)
    actions.give_role(user=bob, agency=make_agency("council"), role=Role.CONTRIBUTOR, by=None)

    assert [f"{membership}" for membership in bob.memberships.all()] == [
        "Bob, Contributor at County Council",
        "Bob, Contributor at County Police",
        "Bob, Safeguarding partner signatory at County Police",
    ]


def test_a_role_that_nobody_knows_is_refused_by_the_database():
    person = make_person("Grace", None)
    refusal, attempt = refused()

    with refusal, attempt:
        Membership.objects.create(user=person, agency=make_agency(), role="caretaker")


def test_an_agency_with_people_is_not_deleted():
    make_alice()

    with pytest.raises(ProtectedError):
        make_agency("board").delete()
