import pytest
from django.urls import reverse

from partnership import actions
from partnership.choices import Role
from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_bob, make_erin, make_partnership

pytestmark = pytest.mark.django_db


def test_closed_account_is_signed_out_at_once_and_its_past_stays(client):
    make_partnership()
    bob, erin = make_bob(), make_erin()
    client.force_login(bob)
    assert client.get(reverse("home")).status_code == 200

    actions.close_account(user=bob, by=erin)

    assert client.get(reverse("home")).status_code == 302
    assert bob.memberships.count() == 1
    assert AuditEvent.objects.filter(verb="person.account-closed", by=erin, target_id=bob.pk).count() == 1


def test_opened_account_may_do_again_what_its_roles_allow(client):
    make_partnership()
    bob, erin = make_bob(), make_erin()
    actions.close_account(user=bob, by=erin)

    actions.open_account(user=bob, by=erin)

    client.force_login(bob)
    assert client.get(reverse("home")).status_code == 200


def test_role_is_given_and_taken_on_the_persons_page(client):
    make_partnership()
    bob = make_bob()
    client.force_login(make_erin())
    page = reverse("partnership:person-detail", args=[bob.pk])

    client.post(page, {"agency": make_agency("health").pk, "role": Role.CHAIR})
    police = bob.memberships.get(agency__code="police")
    client.post(reverse("partnership:role-take", args=[police.pk]))

    assert [(each.agency.code, each.role) for each in bob.memberships.all()] == [("health", Role.CHAIR)]


def test_same_role_is_not_given_twice(client):
    make_partnership()
    bob = make_bob()
    client.force_login(make_erin())

    response = client.post(
        reverse("partnership:person-detail", args=[bob.pk]),
        {"agency": make_agency("police").pk, "role": Role.CONTRIBUTOR},
    )

    assert "They have this role at this agency already" in response.content.decode()
    assert bob.memberships.count() == 1


def test_manager_cannot_lock_herself_out(client):
    make_partnership()
    erin = make_erin()

    with pytest.raises(WrongState):
        actions.close_account(user=erin, by=erin)
    with pytest.raises(WrongState):
        actions.take_role(membership=erin.memberships.get(), by=erin)

    erin.refresh_from_db()
    assert (erin.is_active, erin.memberships.count()) == (True, 1)
