"""Every route × every role × GET and POST. A route that nobody declared here fails the suite."""

from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from partnership.account_urls import OFFERED
from partnership.tests.factories import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_erin,
    make_frank,
    make_partnership,
    make_person,
)
from priorities.choices import UpdateStatus
from priorities.tests.factories import make_duty, make_import, make_measure, make_round, make_update, make_value
from reports import publishing
from reports.choices import Kind
from reports.tests.factories import make_block, make_report, make_section

PEOPLE = ("anonymous", "alice", "bob", "charlie", "dana", "erin", "frank", "norole")
"""Alice is an officer, Bob a contributor of the police, Charlie one of another agency, Dana a signatory, Erin the
manager, Frank the chair; norole has an account and nothing else."""

SIGN_IN = 302
BOARD = {"alice", "erin"}
READERS = {"alice", "bob", "charlie", "dana", "erin", "frank"}


@dataclass(frozen=True)
class Route:
    """What a route answers: to whom GET is open, what POST gives to whom, and what the others get."""

    get: dict[str, int] = field(default_factory=dict)
    post: dict[str, int] = field(default_factory=dict)
    get_else: int = 403
    post_else: int = 403
    kwargs: str = ""
    is_public: bool = False


def page(people, *, kwargs="", denied=403):
    """A page to read: GET is open to these people, and nobody can POST to it."""
    return Route(get=dict.fromkeys(people, 200), post=dict.fromkeys(PEOPLE, 405), get_else=denied, kwargs=kwargs)


def form(people, *, kwargs, denied=403, invalid=200):
    """A page with a form: these people may open it, and get it again when they post nothing."""
    return Route(
        get=dict.fromkeys(people, 200),
        post=dict.fromkeys(people, invalid),
        get_else=denied,
        post_else=denied,
        kwargs=kwargs,
    )


def verb(people, *, kwargs, answer=302, **others):
    """Something to do: only by POST, and only for these people."""
    return Route(get=dict.fromkeys(PEOPLE, 405), post={**dict.fromkeys(people, answer), **others}, kwargs=kwargs)


ROUTES = {
    "home": page([*READERS, "norole"]),
    "accessibility": Route(get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 405), is_public=True),
    "partnership:partnership-detail": page(READERS),
    "partnership:person-list": page({"erin"}),
    "partnership:person-add": form({"erin"}, kwargs=""),
    "partnership:person-detail": form({"erin"}, kwargs="person"),
    "partnership:account-close": verb({"erin"}, kwargs="person"),
    "partnership:account-open": verb({"erin"}, kwargs="person"),
    "partnership:role-take": verb({"erin"}, kwargs="role"),
    "partnership:change-list": page(BOARD),
    "priorities:update-list": page(READERS),
    # Bob's agency owns the update, which is submitted: the board and the chair read it, Charlie's agency must not know.
    "priorities:update-detail": Route(
        get={**dict.fromkeys({"bob", "alice", "erin", "frank"}, 200), "charlie": 404, "dana": 404},
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="submitted",
    ),
    "priorities:update-edit": Route(
        get={"bob": 200, "charlie": 404}, post={"bob": 200, "charlie": 404}, kwargs="draft"
    ),
    "priorities:update-submit": verb({"bob"}, kwargs="draft", charlie=404),
    "priorities:update-accept": verb(BOARD, kwargs="submitted"),
    "priorities:update-return": verb(BOARD, kwargs="submitted", answer=200),
    "priorities:update-reopen": verb(BOARD, kwargs="submitted", answer=200),
    "priorities:round-list": page(BOARD | {"frank"}),
    "priorities:round-detail": page(BOARD | {"frank"}, kwargs="round"),
    "priorities:round-open": form(BOARD, kwargs=""),
    "priorities:round-change-due-date": form(BOARD, kwargs="round"),
    "priorities:duty-list": page(BOARD),
    "priorities:duty-add": form(BOARD, kwargs=""),
    "priorities:duty-change": form(BOARD, kwargs="duty"),
    "priorities:duty-end": verb(BOARD, kwargs="duty"),
    "priorities:update-remind": verb(BOARD, kwargs="draft"),
    "priorities:update-remind-late": verb(BOARD, kwargs=""),
    "priorities:email-choice": form([*READERS, "norole"], kwargs=""),
    "priorities:update-export": page(READERS, kwargs="export"),
    "training:session-list": page(READERS),
    "reviews:review-list": page(READERS),
    # With one report, the list leads straight to it.
    "reports:report-list": Route(get=dict.fromkeys(READERS, 302), post=dict.fromkeys(PEOPLE, 405)),
    "reports:report-detail": page(READERS, kwargs="year"),
    "reports:report-preview": page(READERS, kwargs="year"),
    "reports:publication-make": verb(BOARD | {"dana", "frank"}, kwargs="year"),
    "reports:publication-detail": page(READERS, kwargs="publication"),
    # Not ready: back to the job's page.
    "reports:publication-download": Route(
        get=dict.fromkeys(READERS, 302), post=dict.fromkeys(PEOPLE, 405), kwargs="publication"
    ),
    "reports:publication-retry": verb(BOARD | {"dana", "frank"}, kwargs="publication"),
    "reports:section-detail": page(READERS, kwargs="section"),
    "reports:section-edit": form(BOARD, kwargs="section"),
    "reports:section-updates": page(BOARD, kwargs="section"),
    "reports:section-bring-in": verb(BOARD, kwargs="section"),
    "reports:section-version": page(READERS, kwargs="version"),
    "reports:measure-list": page(READERS),
    "reports:measure-detail": page(READERS, kwargs="measure"),
    "reports:figure-search": page(BOARD),
    "reports:measure-export": page(READERS, kwargs="export"),
    "reports:measure-import": form(BOARD, kwargs=""),
    # Alice has sent the file: Erin must not see it, and finds nothing to confirm or to take away.
    "reports:measure-import-check": Route(
        get={"alice": 200, "erin": 404}, post=dict.fromkeys(PEOPLE, 405), kwargs="import"
    ),
    # What Alice has not looked at is not imported.
    "reports:measure-import-confirm": verb({"erin"}, kwargs="import", alice=409),
    "reports:measure-import-drop": verb(BOARD, kwargs="import"),
}

LIBRARY = OFFERED
"""Routes of django-allauth, which guards them itself."""


def names(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


@pytest.fixture
def world(db):
    """One of each object, and one of each person."""
    make_partnership()
    bob = make_bob()
    people = {
        "alice": make_alice(),
        "bob": bob,
        "charlie": make_charlie(),
        "dana": make_dana(),
        "erin": make_erin(),
        "frank": make_frank(),
        "norole": make_person("Norole", None),
    }
    measure = make_measure()
    make_value(measure, 610)
    report = make_report()
    section = make_section(report, priority=None)
    make_block(section, Kind.TEXT, body="<p>Words</p>")
    publication = publishing.ask_for_publication(report=report, by=people["erin"])
    objects = {
        "": {},
        "submitted": {"pk": make_update(UpdateStatus.SUBMITTED, by=bob).pk},
        "draft": {"pk": make_update(UpdateStatus.DRAFT, by=bob, priority="DA").pk},
        "round": {"pk": make_round().pk},
        "duty": {"pk": make_duty().pk},
        "year": {"year": "2022-23"},
        "section": {"pk": section.pk},
        "version": {"pk": section.pk, "number": 1},
        "publication": {"pk": publication.pk},
        "measure": {"code": measure.code},
        "export": {"kind": "csv"},
        "import": {"pk": make_import(by=people["alice"]).pk},
        "person": {"pk": bob.pk},
        "role": {"pk": bob.memberships.get().pk},
    }
    return people, objects


def test_every_route_is_declared():
    assert sorted(names(get_resolver())) == sorted([*ROUTES, *LIBRARY])


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_route_answers_each_person_as_declared(client, world, name, method):
    people, objects = world
    route = ROUTES[name]
    declared, otherwise = (route.get, route.get_else) if method == "get" else (route.post, route.post_else)
    expected = {person: declared.get(person, otherwise) for person in PEOPLE}
    if not route.is_public:
        expected["anonymous"] = SIGN_IN
    address = reverse(name, kwargs=objects[route.kwargs])

    answers = {}
    for person in PEOPLE:
        with undone():
            client.logout()
            if person != "anonymous":
                client.force_login(people[person])
            response = getattr(client, method)(address)
            answers[person] = response.status_code
            if person == "anonymous" and not route.is_public:
                assert response.url.startswith(reverse("account_login"))

    assert answers == expected


@contextmanager
def undone():
    """Take back what happens inside, so that each person finds the world as it was made."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_signing_up_is_closed_to_strangers(client, db):
    make_partnership()

    response = client.post(
        reverse("account_signup"),
        {"email": "stranger@example.org", "password1": "a-long-password-1", "password2": "a-long-password-1"},
    )

    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert client.get(reverse("home")).status_code == SIGN_IN


def test_no_route_relies_on_a_transaction_round_the_request(transactional_db, world, client):
    """Other tests run inside a transaction, where a lock taken without one would go unnoticed."""
    people, objects = world
    answers = {}
    for person in ("bob", "erin"):
        for name, route in ROUTES.items():
            client.force_login(people[person])
            answers[person, name] = client.post(reverse(name, kwargs=objects[route.kwargs])).status_code

    assert {key: status for key, status in answers.items() if status >= 500} == {}
