import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tests.factories import make_agency, make_alice, make_bob, make_charlie, make_erin, make_partnership
from priorities import actions
from priorities.choices import Topic, UpdateStatus
from priorities.models import Question
from priorities.tests.factories import make_priority, make_round, make_update

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


def url(name, pk):
    return reverse(f"priorities:{name}", args=[pk])


def text(response):
    return unescape(response.content.decode())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def question(topic):
    return make_round().questions.get(topic=topic)


def test_the_page_shows_what_is_asked_in_its_order_and_what_is_no_longer(client):
    alice = make_alice()
    make_update(UpdateStatus.DRAFT, answers={"workforce": "Two posts."})
    actions.end_question(question=question(Topic.WORKFORCE), by=alice)
    client.force_login(alice)

    page = text(client.get(url("round-questions", make_round().pk)))

    headings = re.findall(r'<h3 class="govuk-heading-s">([^<]+)<', page)
    assert headings == [
        "Progress this quarter",
        "Impact on children",
        "Barriers and challenges",
        "Next steps",
        "Evidence",
        "Voice of the child",
        "Voice of practitioners",
        "Support or decisions asked of the board",
        "Risks to raise",
        "Workforce",
    ]
    assert "1 answer, no longer asked since" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_whatever_its_length(client, django_assert_num_queries, count):
    alice, round = make_alice(), make_round()
    for number in range(count):
        actions.add_question(
            round=round, topic=Topic.OTHER, words=f"Question {number}?", priority=make_priority(), by=alice
        )
    client.force_login(alice)

    with django_assert_num_queries(6):
        client.get(url("round-questions", round.pk))


def test_an_officer_adds_a_question(client):
    client.force_login(make_alice())
    typed = {"topic": "other", "words": "What about the <summer>?", "help": "June.", "priority": make_priority().pk}

    response = client.post(url("question-add", make_round().pk), typed)

    assert said(response) == ["Quarter 4 asks “What about the <summer>?” now."]
    added = Question.objects.get(topic=Topic.OTHER)
    assert (added.words, added.help, added.is_required, added.priority) == (
        "What about the <summer>?",
        "June.",
        False,
        make_priority(),
    )


@pytest.mark.parametrize(
    ("typed", "target", "message"),
    [
        ({"words": ""}, "id_words", "Enter the question"),
        ({"words": "\0"}, "id_words", "Null characters are not allowed."),
        ({"words": "w" * 201}, "id_words", "must be 200 characters or fewer"),
        ({"topic": "weather"}, "id_topic", "weather"),
        ({"topic": "workforce"}, "id_topic", "This round asks about “Workforce” already."),
        ({"priority": "99999"}, "id_priority", "Select a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_added(client, typed, target, message):
    client.force_login(make_alice())
    make_round()
    before = Question.objects.count()

    response = client.post(
        url("question-add", make_round().pk), {"topic": "other", "words": "Why?", "help": "Kept help.", **typed}
    )

    page = text(response)
    assert [words for words in (f'href="#{target}"', message, "Kept help.") if words not in page] == []
    assert Question.objects.count() == before


def test_an_officer_changes_a_question(client):
    client.force_login(make_alice())
    workforce = question(Topic.WORKFORCE)

    client.post(
        url("question-change", workforce.pk), {"topic": "workforce", "words": "Who is missing?", "is_required": "on"}
    )

    workforce.refresh_from_db()
    assert (workforce.words, workforce.help, workforce.is_required) == ("Who is missing?", "", True)


def test_what_has_answers_keeps_its_topic_and_the_page_says_why(client):
    make_update(UpdateStatus.SUBMITTED)
    progress = question(Topic.PROGRESS)
    client.force_login(make_alice())

    response = client.post(url("question-change", progress.pk), {"topic": "other", "words": "New words"})

    page = text(response)
    assert "Agencies are asked “Progress this quarter” already, so what it is about cannot change." in page
    assert 'value="New words"' in page
    assert "No longer ask it" in page
    progress.refresh_from_db()
    assert (progress.topic, progress.words) == (Topic.PROGRESS, "Progress this quarter")


def test_verbs_do_what_they_say(client):
    workforce = question(Topic.WORKFORCE)
    client.force_login(make_alice())

    answers = [
        said(client.post(url(f"question-{verb}", workforce.pk), data))[-1]
        for verb, data in (
            ("move", {"to": "up"}),
            ("move", {"to": "down"}),
            ("end", {}),
            ("ask-again", {}),
            ("ask-again", {}),
            ("remove", {}),
        )
    ]

    assert answers == [
        "The question is moved.",
        "The question is moved.",
        "The question is no longer asked. Its answers stay.",
        "The question is asked again.",
        "“Workforce” is asked already.",
        "The question is removed.",
    ]
    assert not Question.objects.filter(pk=workforce.pk).exists()


def test_what_agencies_are_asked_is_not_removed(client):
    make_update(UpdateStatus.DRAFT)
    progress = question(Topic.PROGRESS)
    client.force_login(make_alice())

    response = client.post(url("question-remove", progress.pk))

    assert said(response) == [
        "Agencies are asked “Progress this quarter” already, so it cannot be removed. You can stop asking it."
    ]
    assert Question.objects.filter(pk=progress.pk).exists()


def test_bob_chooses_for_the_police_and_erin_for_everybody(client):
    police = make_agency("police")
    for person, choice in ((make_bob(), "yes"), (make_erin(), "no")):
        client.force_login(person)
        client.post(url("approval-choose", police.pk), {"choice": choice})
        police.refresh_from_db()
        assert police.has_approver == (choice == "yes")

    assert list(
        AuditEvent.objects.filter(verb="approval.chosen").values_list("by_label", flat=True).order_by("pk")
    ) == [
        "Bob",
        "Erin",
    ]


@pytest.mark.parametrize("make", [make_charlie, make_alice])
def test_nobody_else_chooses_for_the_police(client, make):
    police = make_agency("police")
    client.force_login(make())

    response = client.post(url("approval-choose", police.pk), {"choice": "yes"})

    assert response.status_code in (403, 404)
    police.refresh_from_db()
    assert police.has_approver is False


def test_no_choice_is_an_error(client):
    client.force_login(make_bob())

    response = client.post(url("approval-choose", make_agency("police").pk), {"choice": "perhaps"})

    assert "There is a problem" in text(response)
