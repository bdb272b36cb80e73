from datetime import date

import pytest
import time_machine
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_dana, make_frank, make_partnership
from reviews.choices import ReviewKind
from reviews.tests.audit_factories import make_audit_world
from reviews.tests.factories import make_recommendation, make_review
from reviews.tests.record_factories import make_feedback, make_partner_challenge, make_question, make_risk

pytestmark = pytest.mark.django_db


def page_for(client, person):
    make_partnership()
    client.force_login(person)
    return client.get("/learning/")


def parts_of(page):
    return [words for _, parts in page.context["groups"] for words, _, _ in parts]


EVERYBODYS = [
    "Practice reviews",
    "Child deaths",
    "Review of restraint",
    "Inspections",
    "Audits",
    "Voice",
    "Recommendations",
    "Themes",
    "Challenge log",
]


@pytest.mark.parametrize(
    ("make_person", "parts"),
    [
        (make_bob, EVERYBODYS),
        (make_alice, [*EVERYBODYS, "Risk log"]),
        (make_dana, [*EVERYBODYS, "Risk log"]),
        (make_frank, [*EVERYBODYS, "Risk log"]),
    ],
)
def test_learning_leads_to_every_part_that_somebody_may_read(client, make_person, parts):
    page = page_for(client, make_person())

    assert parts_of(page) == parts
    routes = [route for _, group in page.context["groups"] for _, _, route in group]
    assert {route: client.get(reverse(route)).status_code for route in routes} == dict.fromkeys(routes, 200)


@time_machine.travel("2022-10-01")
def test_what_is_due_next_stands_on_top_the_soonest_first(client):
    make_recommendation(due_on=date(2022, 12, 1))
    make_risk(review_due_on=date(2022, 11, 3))

    page = page_for(client, make_alice())

    assert [(due.subject, due.what) for due in page.context["coming"]] == [
        ("SR1 Too few social workers", "Review the risk"),
        ("Recommendation, Scrutiny of the front door", "Carry it out"),
    ]
    assert page.context["late"] == []


@time_machine.travel("2023-03-01")
def test_what_is_late_is_counted_by_its_kind(client):
    make_review("SI-2022-01", ReviewKind.SERIOUS_INCIDENT)
    for code in ("SR1", "SR2"):
        make_risk(code)
    make_recommendation(due_on=date(2022, 12, 1))

    page = page_for(client, make_alice())

    assert [each.words for each in page.context["late"]] == [
        "1 practice review is late",
        "1 recommendation is overdue for its work or its check",
        "2 risks are overdue for review",
    ]
    assert page.context["coming"] == []


def test_a_partner_is_not_told_of_risks(client):
    make_risk()

    page = page_for(client, make_bob())

    assert (page.context["late"], page.context["coming"]) == ([], [])
    assert b"Too few social workers" not in page.content


def test_what_waits_for_somebody_is_counted(client):
    make_partner_challenge()
    make_partner_challenge("Another")
    make_question()
    make_feedback()

    told = {
        person: [each.words for each in page_for(client, make()).context["waiting"]] for person, make in PEOPLE.items()
    }

    both = ["2 challenges wait for a response", "1 question on restraint waits for an answer"]
    assert told == {"Bob": both, "Alice": [*both, "1 piece of feedback waits to be checked before it is quoted"]}


PEOPLE = {"Bob": make_bob, "Alice": make_alice}


@time_machine.travel("2022-10-01")
def test_only_so_much_is_listed_and_the_rest_is_counted(client):
    for number in range(8):
        make_risk(f"SR{number}")

    page = page_for(client, make_alice())

    assert (len(page.context["coming"]), page.context["more_count"]) == (6, 2)
    assert "And 2 more after that." in page.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_learning_takes_the_same_queries_however_much_there_is(client, size, django_assert_num_queries):
    make_audit_world(by=make_bob())
    for number in range(size):
        make_risk(f"SR{number}")
        make_review(f"SI-2022-0{number}", ReviewKind.SERIOUS_INCIDENT)
        make_recommendation()
        make_partner_challenge()
        make_feedback()
    alice = make_alice()
    page_for(client, alice)

    with django_assert_num_queries(16):
        client.get("/learning/")
