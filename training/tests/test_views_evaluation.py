from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_partnership, make_period
from training.choices import Moment
from training.models import EvaluationAnswer, Invitation, Quotation
from training.tests.factories import (
    HELD_ON,
    answer,
    make_course,
    make_evaluated,
    make_evaluation,
    make_invitations,
    make_link,
    make_session,
)

pytestmark = pytest.mark.django_db

MARKS = {"confidence": "4", "knowledge": "5"}
SIX = [(2, 4), (3, 3), (1, 4), (4, 5), (3, 4), (2, 3)]


@pytest.fixture(autouse=True)
def partnership(db):
    return make_partnership()


def address(token, name="answer"):
    return reverse(f"training:evaluation-{name}", args=[token])


def on(days):
    """A time so many days after the session."""
    return time_machine.travel(HELD_ON + timedelta(days), tick=False)


def test_the_link_asks_and_keeps_what_is_answered_once(client):
    token = make_link(Moment.AFTER)
    with on(2):
        asked = client.get(address(token))
        thanks = client.post(address(token), {**MARKS, "will_do": "Listen.", "can_be_quoted": "on"})
        again = client.post(address(token), {**MARKS, "confidence": "1"})

    assert list(asked.context["form"].fields) == ["confidence", "knowledge", "will_do", "can_be_quoted"]
    assert [response.context["state"] for response in (asked, thanks, again)] == ["open", "thanks", "answered"]
    kept = EvaluationAnswer.objects.get()
    assert (kept.confidence, kept.knowledge, kept.will_do, kept.can_be_quoted) == (4, 5, "Listen.", True)


@pytest.mark.parametrize(("days", "state"), [(0, "closed"), (1, "open"), (14, "open"), (15, "closed")])
def test_a_link_out_of_its_days_says_so(client, days, state):
    token = make_link(Moment.AFTER)
    with on(days):
        looked, sent = client.get(address(token)), client.post(address(token), {})

    assert [(each.status_code, each.context["state"]) for each in (looked, sent)] == [(200, state)] * 2
    assert EvaluationAnswer.objects.count() == 0


@pytest.mark.parametrize("token", ["unknown", "x" * 5000, "a\0b", "\N{SNOWMAN}"])
def test_an_unknown_link_leads_to_a_page_that_says_what_to_do(client, token):
    responses = [client.get(address(token)), client.post(address(token), MARKS), client.post(address(token, "decline"))]

    assert [(each.status_code, each.context["state"]) for each in responses] == [(404, "unknown")] * 3
    assert "copy the whole link" in responses[0].content.decode()


def test_the_page_is_kept_nowhere_and_listed_nowhere(client):
    with on(2):
        response = client.get(address(make_link(Moment.AFTER)))

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({}, ["confidence", "knowledge", "has_done"]),
        ({"confidence": "6", "knowledge": "-1", "has_done": "perhaps"}, ["confidence", "knowledge", "has_done"]),
        ({**MARKS, "has_done": "yes", "did": "x" * 1_000_000}, ["did"]),
        ({**MARKS, "has_done": "yes", "changed": "a\0b"}, ["changed"]),
        ({**MARKS, "has_done": "yes", "did": "I met a boy called Jayden."}, ["did"]),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays(client, wrong, fields):
    token = make_link(Moment.FOLLOW_UP)
    with on(50):
        response = client.post(address(token), wrong)

    form = response.context["form"]
    assert (response.status_code, sorted(form.errors)) == (200, sorted(fields))
    assert (EvaluationAnswer.objects.count(), form["did"].value()) == (0, wrong.get("did"))


def test_what_looks_like_an_identifier_passes_once_the_person_says_it_is_safe(client):
    token = make_link(Moment.FOLLOW_UP)
    typed = {**MARKS, "has_done": "yes", "did": "I met a boy called Jayden."}
    with on(50):
        asked = client.post(address(token), typed)
        [excerpt] = asked.context["form"].findings["did"]
        sent = client.post(address(token), {**typed, "did_keep": [excerpt]})

    assert (sent.context["state"], EvaluationAnswer.objects.get().did) == ("thanks", typed["did"])


def test_somebody_can_have_their_address_deleted(client):
    [invitation] = make_invitations()
    token = make_link(Moment.BASELINE, invitation)

    response = client.post(address(token, "decline"))

    invitation.refresh_from_db()
    assert (response.context["state"], invitation.email) == ("declined", "")


def test_pasted_addresses_are_invited_and_doubles_are_named(client):
    session = make_evaluated()
    client.force_login(make_alice())
    paste = "Ann <ann@example.org>; bob@example.org\nANN@example.org"
    with on(-3):
        response = client.post(reverse("training:evaluation-invite", args=[session.pk]), {"emails": paste}, follow=True)

    assert sorted(Invitation.objects.values_list("email", flat=True)) == ["ann@example.org", "bob@example.org"]
    [message] = response.context["messages"]
    assert str(message) == (
        "2 people are invited. The portal writes to them by itself. Pasted more than once and invited once: "
        "ann@example.org."
    )


@pytest.mark.parametrize(
    "paste",
    [
        "",
        "nobody",
        "ann@example",
        "a\0@example.org",
        "x" * 1_000_000,
        ",".join(f"p{n}@example.org" for n in range(301)),
    ],
)
def test_a_paste_that_cannot_be_invites_nobody(client, paste):
    session = make_evaluated()
    client.force_login(make_alice())
    with on(-3):
        response = client.post(reverse("training:evaluation-invite", args=[session.pk]), {"emails": paste})

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["emails"])
    assert Invitation.objects.count() == 0


def test_outside_the_time_nobody_is_invited(client):
    session = make_evaluated()
    client.force_login(make_alice())
    with on(20):
        page = client.get(reverse("training:evaluation-invite", args=[session.pk]))
        client.post(reverse("training:evaluation-invite", args=[session.pk]), {"emails": "a@example.org"})

    assert "from 8 weeks before a session until 2 weeks after it" in page.content.decode()
    assert Invitation.objects.count() == 0


def test_a_course_says_first_what_its_evaluation_asks(client):
    session = make_session()
    client.force_login(make_alice())
    data = {"topic": "neglect", "lowest": "Not at all", "highest": "Fully", "version": "0"}

    with on(-3):
        before = client.get(reverse("training:evaluation-invite", args=[session.pk]))
        client.post(reverse("training:evaluation-set", args=[session.course_id]), data)
        stale = client.post(reverse("training:evaluation-set", args=[session.course_id]), data)

    assert "Say first what the evaluation" in before.content.decode()
    assert session.course.evaluation_form.topic == "neglect"
    assert "was changed by somebody else" in stale.content.decode()


def course_page(client, session, days=90):
    make_period()
    client.force_login(make_bob())
    with on(days):
        return client.get(reverse("training:course-detail", args=[session.course_id])).content.decode()


def test_the_course_s_page_shows_the_change_with_its_people(client):
    said = course_page(client, make_evaluation(*SIX, done=6))

    assert said.count("+1.3 points") == 1
    assert said.count("6 of the 20 people asked (30%)") == 1


def test_below_the_threshold_the_page_shows_no_result(client):
    said = course_page(client, make_evaluation(*SIX[:5], done=5))

    assert "points</td>" not in said
    assert "Hidden to protect people: too few answered, or all but a few" in said
    assert "5 of the 20" not in said


def test_the_board_releases_a_quote_and_takes_it_back(client):
    make_period()
    session = make_evaluated()
    for each in make_invitations(6, session):
        kept = answer(each, Moment.AFTER, will_do="Listen to <b>her</b>.", can_be_quoted=True)
    client.force_login(make_alice())
    words = reverse("training:evaluation-words", args=[session.course_id])
    with on(90):
        client.post(reverse("training:quote-release", args=[kept.pk, "will_do"]))
        quoted = client.get(reverse("training:course-detail", args=[session.course_id])).content.decode()
        released = client.get(words).content.decode()
        client.post(reverse("training:quote-take-back", args=[Quotation.objects.get().pk]))

    assert quoted.count("“Listen to &lt;b&gt;her&lt;/b&gt;.”</blockquote>") == 1
    assert (released.count("Can be quoted"), Quotation.objects.count()) == (1, 0)


@pytest.mark.parametrize("courses", [1, 3])
def test_a_course_page_takes_as_many_queries_for_one_session_as_for_three(client, courses):
    make_period()
    course = make_course()
    for number in range(courses):
        make_evaluation(*SIX, session=make_evaluated(course, HELD_ON + timedelta(number)))
    client.force_login(make_alice())
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("training:course-detail", args=[course.pk]))

    assert len(queries) == 14
