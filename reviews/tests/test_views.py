from datetime import date
from html import unescape

import pytest

from partnership.tests.factories import make_agency, make_alice, make_area, make_bob, make_partnership, make_period
from reviews import actions
from reviews.choices import ReviewKind, ReviewStage

pytestmark = pytest.mark.django_db


def page_for(client, person):
    make_partnership()
    client.force_login(person)
    return client.get("/learning/")


def test_reviews_inspections_and_child_deaths_are_shown(client):
    alice = make_alice()
    rapid = actions.record_review(
        reference="R1", kind=ReviewKind.RAPID_REVIEW, stage=ReviewStage.COMPLETED, themes=["Neglect"], by=alice
    )
    actions.record_review(
        reference="L1",
        kind=ReviewKind.LCSPR,
        stage=ReviewStage.AWAITING_PUBLICATION,
        awaiting_reason="Criminal proceedings",
        follows=rapid,
        by=alice,
    )
    actions.record_inspection(
        body="Ofsted", subject="Focussed visit", agency=make_agency(), started_on=date(2022, 5, 1), by=alice
    )
    actions.record_child_deaths(period=make_period(), area=make_area(), notified=79, themes=["Smoking"], by=alice)

    page = unescape(page_for(client, make_bob()).content.decode())

    shown = (
        "R1",
        "Neglect",
        "L1",
        "follows R1",
        "Criminal proceedings",
        "Focussed visit",
        "Ofsted, May 2022",
        "smoking",
    )
    assert [words for words in shown if words not in page] == []


def test_small_counts_of_child_deaths_are_hidden(client):
    actions.record_child_deaths(
        period=make_period(), area=make_area(), notified=79, unexpected=3, modifiable=0, reviewed=6, by=make_alice()
    )

    [row] = page_for(client, make_bob()).context["child_deaths"]

    assert {count["label"]: count["text"] for count in row["counts"]} == {
        "Notified": "79",
        "Unexpected": "hidden to protect people",
        "Reviewed": "6",
        "Reviewed, with modifiable factors": "0",
    }


def test_a_count_that_is_not_known_is_left_out(client):
    actions.record_child_deaths(period=make_period(), area=make_area(), notified=79, by=make_alice())

    [row] = page_for(client, make_bob()).context["child_deaths"]

    assert [count["label"] for count in row["counts"]] == ["Notified"]
