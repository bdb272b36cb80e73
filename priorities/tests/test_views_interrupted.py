"""An update's form that was sent by somebody who was signed out meanwhile."""

import pytest
from django.urls import reverse

from partnership.tests.factories import make_bob, make_partnership
from priorities import actions
from priorities.choices import UpdateStatus
from priorities.tests.factories import make_update

pytestmark = pytest.mark.django_db

TYPED = "Children told us something else since."


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


@pytest.fixture
def interrupted(client):
    """An update with what Bob typed in it before he was signed out; he has signed in again."""
    update, bob = make_update(UpdateStatus.DRAFT), make_bob()
    address = reverse("priorities:update-edit", args=[update.pk])
    client.force_login(bob)
    opened = client.get(address).context
    data = {"version": update.version, "loaded": opened["loaded"], "opened_by": opened["opened_by"], "impact": TYPED}
    client.logout()
    sent = client.post(address, data)
    assert sent.url == f"{reverse('account_login')}?next={address}"
    return update, bob, address


def test_what_was_typed_stands_in_the_form_again_and_looking_at_it_changes_nothing(client, interrupted):
    update, bob, address = interrupted
    client.force_login(bob)

    values = [client.get(address).context["form"]["impact"].value() for _ in range(2)]

    update.refresh_from_db()
    assert (values, update.version, update.answer("impact") == TYPED) == ([TYPED, TYPED], 1, False)


def test_one_may_look_at_what_is_saved_instead(client, interrupted):
    _, bob, address = interrupted
    client.force_login(bob)

    assert client.get(address, {"saved": ""}).context["form"]["impact"].value() != TYPED


def test_what_was_typed_is_shown_even_when_a_colleague_has_submitted_meanwhile(client, interrupted):
    update, bob, address = interrupted
    actions.submit_update(update=update, by=make_bob())
    client.force_login(bob)

    page = client.get(address).content.decode()

    assert (TYPED in page, "it can no longer be changed" in page, "save it now" in page) == (True, True, False)


def test_a_stranger_s_form_is_not_kept(client):
    update = make_update()

    client.post(reverse("priorities:update-edit", args=[update.pk]), {"impact": TYPED})

    assert dict(client.session) == {}
