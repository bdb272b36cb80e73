from html import unescape

import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_charlie, make_frank, make_partnership
from priorities.choices import UpdateStatus
from priorities.models import Priority
from priorities.tests.factories import ANSWERS, make_round, make_round_before, make_update

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


def text(response):
    return unescape(response.content.decode())


def year(code="2022-23"):
    return reverse("priorities:round-year", args=[code])


@pytest.mark.parametrize("agencies", [1, 12])
def test_the_year_s_page_takes_the_same_queries_whatever_its_size(client, agencies, django_assert_num_queries):
    for agency in range(agencies):
        for priority in ("CE", "DA"):
            make_update(agency=f"agency-{agency}", priority=priority)
    client.force_login(make_alice())

    with django_assert_num_queries(9):
        response = client.get(year())

    assert (len(response.context["grid"].rows), response.context["grid"].late_count) == (agencies, 2 * agencies)


def test_the_year_links_to_what_can_be_read_and_says_each_state_in_words(client):
    readable, draft = make_update(UpdateStatus.SUBMITTED), make_update(agency="health")
    client.force_login(make_frank())

    page = text(client.get(year()))

    links = [reverse("priorities:update-detail", args=[update.pk]) in page for update in (readable, draft)]
    assert links == [True, False]
    assert "<span>Quarter 4: submitted, impact is activity only</span>" in page
    assert '<th scope="row">Health<span class="portal-year__late">1 late</span></th>' in page
    assert [answer for answer in ANSWERS.values() if answer in page] == []


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["Health", "Police"]),
        ({"is_late": "on"}, ["Health"]),
        ({"agency": "999999"}, ["Health", "Police"]),
        ({"priority": "\0"}, ["Health", "Police"]),
    ],
)
def test_a_part_of_the_year_is_asked_for_in_the_address(client, query, shown):
    make_update(UpdateStatus.SUBMITTED)
    make_update(agency="health", by=make_charlie())
    client.force_login(make_alice())

    response = client.get(year(), query)

    assert (response.status_code, [each.name for each in response.context["grid"].agencies]) == (200, shown)


def test_a_priority_is_chosen_by_its_name(client):
    make_update(priority="CE")
    make_update(agency="health", priority="DA")
    client.force_login(make_alice())

    response = client.get(year(), {"priority": Priority.objects.get(code="DA").pk})

    assert [each.name for each in response.context["grid"].agencies] == ["Health"]


def test_the_rounds_lead_to_their_years_and_the_years_to_each_other(client):
    make_update()
    make_round_before()
    client.force_login(make_alice())

    pages = {
        "list": text(client.get(reverse("priorities:round-list"))),
        "round": text(client.get(reverse("priorities:round-detail", args=[make_round().pk]))),
        "year": text(client.get(year("2021-22"))),
    }

    assert [
        (name, [code for code in ("2021-22", "2022-23") if year(code) in page]) for name, page in pages.items()
    ] == [
        ("list", ["2021-22", "2022-23"]),
        ("round", ["2022-23"]),
        ("year", ["2022-23"]),
    ]


@pytest.mark.parametrize("code", ["2020-21", "9999-00", "q1"])
def test_a_year_without_rounds_is_not_found(client, code):
    make_update()
    client.force_login(make_alice())

    assert client.get(year(code)).status_code == 404
