import re

import pytest
from django.urls import reverse

from partnership import actions
from partnership.models import User
from partnership.tests.factories import make_alice, make_partnership, make_person

pytestmark = pytest.mark.django_db

PASSWORD = "seven purple lanterns"


def sign_in(client, email, password):
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client.session.get("_auth_user_id")


def test_nobody_signs_up_without_an_invitation(client):
    make_partnership()

    client.post(
        reverse("account_signup"), {"email": "mallory@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert not User.objects.exists()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("written", [str.lower, str.upper])
def test_people_sign_in_by_their_email_address_whatever_its_case(client, written):
    alice = make_alice()

    assert sign_in(client, written(alice.email), "a-long-password") == str(alice.pk)


def test_a_wrong_password_does_not_sign_in(client):
    make_partnership()

    assert sign_in(client, make_alice().email, "another-password") is None


def test_somebody_who_has_left_does_not_sign_in(client):
    make_partnership()
    alice = make_alice()
    alice.is_active = False
    alice.save()

    assert sign_in(client, alice.email, "a-long-password") is None


def test_an_invited_person_chooses_a_password_and_signs_in(client, mailoutbox):
    make_partnership()
    grace = actions.add_person(email="grace@example.org", name="Grace", by=None)
    make_person("Heidi", None)

    client.post(reverse("account_reset_password"), {"email": "grace@example.org"})
    [mail] = mailoutbox
    [address] = re.findall(r"https?://\S+/accounts/password/reset/key/\S+", mail.body)
    form = client.get(address, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()

    assert mail.to == ["grace@example.org"]
    assert sign_in(client, "grace@example.org", PASSWORD) == str(grace.pk)
