import re
from datetime import UTC, datetime
from html import unescape

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_charlie, make_frank, make_partnership
from priorities.choices import EmailsWanted, UpdateStatus
from priorities.models import EmailChoice, Reminder
from priorities.reminding import set_email_choice
from priorities.tests.factories import ANSWERS, make_update

pytestmark = pytest.mark.django_db

LIST = "/updates/"


@pytest.fixture(autouse=True)
def late():
    """Two days after the due date of the round."""
    with time_machine.travel(datetime(2023, 5, 2, 9, tzinfo=UTC), tick=False):
        make_partnership()
        yield


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def text(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_email_choice_shows_and_keeps_what_one_wants(client):
    bob = make_bob()
    client.force_login(bob)
    page = reverse("priorities:email-choice")

    before = client.get(page)
    response = client.post(page, {"wanted": "due"})
    after = client.get(page)

    assert [each.context["form"].initial["wanted"] for each in (before, after)] == ["all", "due"]
    assert (response.status_code, response.url, said(response)) == (302, page, ["Your choice is saved."])
    assert list(EmailChoice.objects.values_list("person", "wanted")) == [(bob.pk, EmailsWanted.DUE)]


@pytest.mark.parametrize("data", [{}, {"wanted": "sometimes"}])
def test_email_choice_refuses_what_there_is_not(client, data):
    client.force_login(make_bob())

    response = client.post(reverse("priorities:email-choice"), data)

    assert response.status_code == 200
    assert "There is a problem" in text(response)
    assert list(EmailChoice.objects.all()) == []


def test_email_choice_says_who_gets_none_anyway(client):
    client.force_login(make_alice())

    assert "You write no updates at present" in text(client.get(reverse("priorities:email-choice")))


def test_who_wants_no_emails_sees_at_home_what_is_due(client):
    bob = make_bob()
    set_email_choice(wanted=EmailsWanted.NONE, by=bob)
    make_update()
    client.force_login(bob)

    assert "Overdue: was due 30 April 2023, 2 days ago" in text(client.get("/"))


def test_update_remind_says_whom_and_offers_it_again_tomorrow_only(client):
    make_bob()
    update = make_update(UpdateStatus.DRAFT, by=make_bob())
    client.force_login(make_alice())
    address = reverse("priorities:update-remind", args=[update.pk])

    before = client.get(LIST)
    first = client.post(address)
    second = client.post(address)
    after = client.get(LIST)

    assert (first.status_code, first.url) == (302, LIST)
    assert said(first) == [
        "Reminded Bob, Bob of County Police about Priority CE. The email goes out within a few minutes."
    ]
    assert "Police on priority ce, Quarter 4 has had its reminder today. You can send another one tomorrow." in said(
        second
    )
    assert Reminder.objects.count() == 2
    assert [address in each.content.decode() for each in (before, after)] == [True, False]
    assert "Last: 2 May 2023" in text(after)


def test_update_remind_leads_back_to_where_it_was_pressed(client):
    update = make_update(UpdateStatus.RETURNED, by=make_bob())
    client.force_login(make_alice())
    detail = reverse("priorities:update-detail", args=[update.pk])
    assert "Remind Police" in text(client.get(detail))

    response = client.post(reverse("priorities:update-remind", args=[update.pk]), {"from": "detail"})

    assert response.url == detail
    assert "To Bob" in text(client.get(detail))


def test_update_remind_late_says_whom(client):
    bob, charlie = make_bob(), make_charlie()
    make_update(by=bob)
    make_update(agency="health", by=charlie)
    client.force_login(make_alice())
    address = reverse("priorities:update-remind-late")
    assert "Remind all who are late (2 updates)" in text(client.get(LIST))

    first = client.post(address)
    second = client.post(address)

    assert said(first) == [
        "Reminded Police on Priority CE: Bob; Health on Priority CE: Charlie. The emails go out within a few minutes."
    ]
    assert said(second)[-1].startswith("Nobody was reminded")
    assert sorted(Reminder.objects.values_list("person__name", flat=True)) == ["Bob", "Charlie"]
    assert "Remind all" not in text(client.get(LIST))


def test_the_board_sees_that_a_draft_is_awaited_and_nothing_of_it(client):
    make_update(UpdateStatus.DRAFT, by=make_bob())
    client.force_login(make_alice())

    page = client.get(LIST)

    assert "Not here yet" in text(page)
    assert [answer for name, answer in ANSWERS.items() if name != "rag" and answer in unescape(text(page))] == []
    assert "On track" not in text(page)


@pytest.mark.parametrize("make", [make_bob, make_frank])
def test_only_those_who_decide_are_offered_to_remind(client, make):
    make_update()
    client.force_login(make())

    page = text(client.get(LIST))

    assert "Not here yet" not in page
    assert "Remind" not in page


def test_the_list_of_what_is_awaited_takes_as_many_queries_whatever_its_length(client):
    client.force_login(make_alice())
    counts = []
    for priorities in (["A"], ["B", "C", "D"]):
        for priority in priorities:
            make_update(priority=priority)
        with CaptureQueriesContext(connection) as queries:
            awaited = client.get(LIST).context["awaited"]
        counts.append((len(awaited), len(queries)))

    assert [rows for rows, _ in counts] == [1, 4]
    assert counts[0][1] == counts[1][1]
