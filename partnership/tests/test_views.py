from datetime import UTC, datetime
from html import unescape

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from partnership import actions, audit
from partnership.choices import GroupKind, Role
from partnership.models import AuditEvent, Membership, User
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_erin,
    make_frank,
    make_partnership,
    make_person,
)

pytestmark = pytest.mark.django_db

ADD = "/partnership/people/add/"
PEOPLE = "/partnership/people/"
CHANGES = "/partnership/changes/"
NOBODY_S = {  # who is not let in where
    PEOPLE: [make_alice, make_bob, make_charlie, make_dana, make_frank],
    ADD: [make_alice, make_bob, make_charlie, make_dana, make_frank],
    CHANGES: [make_bob, make_charlie, make_dana, make_frank],
}


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


def text(response):
    return unescape(response.content.decode())


def grace(**changes):
    """What the manager types to invite Grace, who signs for the police."""
    return {
        "name": "Grace",
        "email": "grace@example.org",
        "post": "Superintendent",
        "agency": make_agency("police").pk,
        "role": Role.SIGNATORY,
        **changes,
    }


def signed_in(client, person):
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("address", "make"), [(address, make) for address, people in NOBODY_S.items() for make in people]
)
def test_a_page_for_the_board_is_closed_to_others(client, address, make):
    person = make()
    make_person("Secret Grace", Role.CONTRIBUTOR)
    signed_in(client, person)

    responses = [client.get(address), client.post(address, grace())]

    assert responses[0].status_code == 403
    assert responses[1].status_code == (403 if address == ADD else 405)
    assert ["Secret Grace" in text(response) for response in responses] == [False, False]
    assert not User.objects.filter(email="grace@example.org").exists()


@pytest.mark.parametrize("address", [reverse("partnership:partnership-detail"), *NOBODY_S])
def test_nobody_comes_in_without_signing_in(client, address):
    response = client.get(address)

    assert response.headers["Location"] == f"{reverse('account_login')}?next={address}"


def test_the_partnership_is_shown_with_its_groups_and_agencies(client):
    police, health = make_agency("police"), make_agency("health")
    actions.add_group(code="MACE", name="Panel", kind=GroupKind.PANEL, cadence="monthly", members=[police], by=None)
    signed_in(client, make_bob())

    response = client.get(reverse("partnership:partnership-detail"))

    assert [group.name for group in response.context["groups"]] == ["Panel"]
    assert list(response.context["agencies"]) == [health, police]
    page = text(response)
    assert [name for name in ("Panel", "County Police", "County Health", "meets monthly") if name not in page] == []


def test_somebody_without_a_role_does_not_see_the_partnership(client):
    signed_in(client, make_person("Grace", None))

    assert client.get(reverse("partnership:partnership-detail")).status_code == 403


def test_the_manager_sees_everybody_and_what_they_do(client):
    bob = make_bob()
    grace = make_person("Grace", None)
    signed_in(client, make_erin())

    response = client.get(PEOPLE)

    assert [person.name for person in response.context["people"]] == ["Bob", "Erin", "Grace"]
    page = text(response)
    assert [
        words for words in (bob.email, grace.email, "Contributor, Police", "No role yet") if words not in page
    ] == []


def test_the_list_of_people_takes_the_same_queries_for_one_and_for_three(client, django_assert_num_queries):
    signed_in(client, make_erin())
    with django_assert_num_queries(7):
        client.get(PEOPLE)

    make_bob()
    make_charlie()
    with django_assert_num_queries(7):
        response = client.get(PEOPLE)

    assert len(response.context["people"]) == 3


def test_adding_a_person_gives_an_account_a_role_and_two_lines(client):
    signed_in(client, make_erin())

    response = client.post(ADD, grace())

    assert response.headers["Location"] == PEOPLE
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Grace has an account now, and an invitation is on its way to grace@example.org."
    ]
    person = User.objects.get(email="grace@example.org")
    assert (person.name, person.post, person.has_usable_password()) == ("Grace", "Superintendent", False)
    assert list(person.memberships.values_list("agency__code", "role")) == [("police", "signatory")]
    assert list(AuditEvent.objects.values_list("verb", "by_label")[:2]) == [
        ("membership.added", "Erin"),
        ("person.added", "Erin"),
    ]


def test_the_invitation_goes_to_the_new_person_once_the_account_is_certain(
    client, mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.PORTAL_URL = "https://portal.example"
    signed_in(client, make_erin())

    with django_capture_on_commit_callbacks() as callbacks:
        client.post(ADD, grace(name="Grace O'Neill"))
    assert mailoutbox == []
    for callback in callbacks:
        callback()

    [mail] = mailoutbox
    assert mail.to == ["grace@example.org"]
    assert mail.subject == "Your account for County Safeguarding Children Partnership"
    assert mail.body.startswith("Hello Grace O'Neill,")
    assert mail.body.split("\n").count("https://portal.example/accounts/password/reset/") == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"name": ""}, {"name": ["Enter the person's name"]}),
        ({"name": "  "}, {"name": ["Enter the person's name"]}),
        ({"email": ""}, {"email": ["Enter an email address"]}),
        ({"email": "grace"}, {"email": ["Enter an email address like name@example.org"]}),
        ({"agency": ""}, {"agency": ["Choose an agency"]}),
        ({"role": ""}, {"role": ["Choose a role"]}),
        (
            {"email": "bob@example.org"},
            {"email": ["Somebody with this email address has an account already"]},
        ),
        (
            {"email": "BOB@Example.ORG"},
            {"email": ["Somebody with this email address has an account already"]},
        ),
        (
            {"name": "", "agency": "", "role": ""},
            {"name": ["Enter the person's name"], "agency": ["Choose an agency"], "role": ["Choose a role"]},
        ),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(
    client, mailoutbox, typed, errors, django_capture_on_commit_callbacks
):
    actions.add_person(email="bob@example.org", name="Bob", by=None)
    signed_in(client, make_erin())
    data = grace(**typed)
    before = User.objects.count(), Membership.objects.count(), AuditEvent.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ADD, data)

    form = response.context["form"]
    assert form.errors == errors
    assert {name: form[name].value() for name in data} == {name: f"{value}" for name, value in data.items()}
    page = text(response)
    assert [message for [message] in errors.values() if page.count(message) < 2] == []  # in the summary and beside
    assert (User.objects.count(), Membership.objects.count(), AuditEvent.objects.count()) == before
    assert mailoutbox == []


def test_a_role_that_does_not_exist_is_not_given(client):
    signed_in(client, make_erin())

    response = client.post(ADD, grace(role="caretaker"))

    assert list(response.context["form"].errors) == ["role"]
    assert not User.objects.filter(email="grace@example.org").exists()


def test_nobody_is_added_to_an_agency_that_has_left(client):
    agency = make_agency("police")
    agency.is_active = False
    agency.save()
    signed_in(client, make_erin())

    response = client.post(ADD, grace())

    assert list(response.context["form"].errors) == ["agency"]
    assert not User.objects.filter(email="grace@example.org").exists()


@pytest.mark.parametrize("make", [make_alice, make_erin])
def test_the_board_reads_the_record_of_changes(client, make):
    person, police = make(), make_agency("police")
    with time_machine.travel(datetime(2023, 7, 14, 11, 30, tzinfo=UTC), tick=False):
        audit.record("agency.renamed", target=police, by=person, detail="Was Town Police")
    signed_in(client, person)

    response = client.get(CHANGES)

    page = text(response)
    shown = (person.name, "County Police", "Was Town Police", "14 July 2023 at 12:30pm")
    assert [words for words in shown if words not in page] == []


def test_the_record_of_changes_comes_in_pages_newest_first(client):
    signed_in(client, make_erin())
    police = make_agency("police")
    AuditEvent.objects.all().delete()
    for number in range(51):
        audit.record("agency.renamed", target=police, by=None, detail=f"Change {number}")

    pages = {page: client.get(CHANGES, {"page": page}).context["page"] for page in ("", "1", "2", "99", "x")}

    newest = [f"Change {number}" for number in range(50, 0, -1)]
    assert {page: [event.detail for event in events] for page, events in pages.items()} == {
        "": newest,
        "1": newest,
        "2": ["Change 0"],
        "99": ["Change 0"],
        "x": newest,
    }
