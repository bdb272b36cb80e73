from decimal import Decimal

import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_erin, make_partnership, make_period
from priorities import actions
from priorities.choices import Unit
from priorities.tests.factories import make_measure, make_rating, make_target, make_value
from reports.tests.test_views_scorecard import words

pytestmark = pytest.mark.django_db


def detail(client, code="MACE_CHILDREN"):
    return client.get(reverse("reports:measure-detail", args=[code]))


def test_trend_is_a_picture_with_its_words_and_table(client):
    make_partnership()
    client.force_login(make_bob())
    measure = make_measure()
    make_value(measure, 508, period=make_period("2021-22"))
    make_value(measure, 610)

    page = detail(client)

    assert page.content.decode().count('<img src="data:image/svg+xml;base64,') == 1
    assert 'alt="Line chart. Mace children, by financial year. 2021/22: 508; 2022/23: 610."' in page.content.decode()
    assert "Period Mace children 2021/22 508 2022/23 610" in words(page)


def test_row_holds_comparators_target_and_rating(client):
    client.force_login(make_bob())
    measure = make_measure(unit=Unit.PERCENT, polarity="up")
    value = make_value(measure, 51)
    actions.compare(value=value, kind="england", number=Decimal(50), by=make_erin())
    make_target(measure, 60, tolerance=5, note="The plan of 2022")

    text = words(detail(client))

    assert "51% England: 50% Target: 60% The plan of 2022 Off track 9 points below the target of 60%." in text


def test_replaced_value_says_what_it_was_who_entered_it_and_why(client):
    client.force_login(make_bob())
    value = make_value(make_measure(), 610, by=make_erin())
    actions.correct_value(value=value, number=Decimal(601), source="A list", reason="Nine twice.", by=make_alice())

    [row] = detail(client).context["replaced"]

    assert (row["was"], row["became"], row["why"]) == ("610", "601", "Nine twice.")
    assert (f"{row['before'].entered_by}", f"{row['after'].entered_by}") == ("Erin", "Alice")


def test_replaced_small_number_stays_hidden(client):
    client.force_login(make_bob())
    value = make_value(make_measure(), 3)
    actions.correct_value(value=value, number=Decimal(30), source="A list", reason="A slip.", by=make_alice())

    [row] = detail(client).context["replaced"]

    assert (row["was"], row["became"]) == ("hidden to protect people", "30")


def test_target_ahead_of_its_value_is_shown(client):
    client.force_login(make_bob())
    make_target(make_measure(), 700, period=make_period("2023-24"))

    assert "2023/24: 700" in words(detail(client))


def test_calculated_measure_says_from_which_records(client):
    client.force_login(make_alice())
    make_measure("ATTENDANCES", unit=Unit.ATTENDANCES, calculation="training.attendances")

    page = detail(client, "ATTENDANCES")

    assert "Counted from the portal's records: Attendances at training sessions. See training sessions ." in words(page)
    assert f'href="{reverse("training:session-list")}"' in page.content.decode()
    assert "Enter a value" not in words(page)


def test_partner_is_offered_nothing_to_change(client):
    client.force_login(make_bob())
    make_value(make_measure(), 610)

    text = words(detail(client))

    assert [each for each in ("Enter a value", "Set a target", "Correct", "Judge", "Propose") if each in text] == []


@pytest.mark.parametrize("size", [1, 3])
def test_page_takes_the_same_queries_whatever_its_size(client, django_assert_num_queries, size):
    make_partnership()
    client.force_login(make_alice())
    measure = make_measure()
    for number in range(size + 1):
        period = make_period(f"{2019 + number}-{20 + number}")
        value = make_value(measure, 610, period=period)
        actions.correct_value(value=value, number=Decimal(600), source="A list", reason="A slip.", by=make_erin())
        make_target(measure, 700, period=period)
        make_rating(measure, period=period)
    detail(client)

    with django_assert_num_queries(31):
        page = detail(client)

    assert len(page.context["replaced"]) == size + 1
