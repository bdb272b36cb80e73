from datetime import date

import pytest
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.states import StaleSave
from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership
from reviews import actions
from reviews.briefing import page_of
from reviews.choices import ReviewStage
from reviews.models import Briefing
from reviews.tests.factories import make_briefing, make_recommendation, make_review

pytestmark = pytest.mark.django_db

WORDS = {
    "title": "Babies who cannot move",
    "what_happened": "Nobody\nasked.",
    "learned": "Ask\n\n  Ask again ",
    "questions": "Who asks?",
}


def make_published():
    return make_review("LR-2021-01", stage=ReviewStage.PUBLISHED, outcome="Never to leave", themes=["Neglect"])


def agree(review, text="Write it down", due_on=date(2023, 6, 30)):
    recommendation = make_recommendation(source="review", review=review, text="The words of the review")
    return actions.agree_recommended_action(
        recommendation=recommendation, text=text, owner=make_agency(), due_on=due_on, by=make_alice()
    )


def post(client, name, pk, **data):
    make_partnership()
    client.force_login(make_alice())
    return client.post(reverse(f"reviews:{name}", args=[pk]), data)


def test_the_page_says_what_was_written_for_it_and_what_the_records_say():
    review = make_published()
    agree(review)

    page = page_of(make_briefing(review))

    assert (page.themes, page.learned) == (("Neglect",), ("Ask how a bruise came about", "Say who leads"))
    assert [(each.text, each.agency, each.state) for each in page.actions] == [
        ("Write it down", "Police", "by 30 June 2023")
    ]
    assert [words for words in ("Never to leave", "The words of the review") if words in str(page)] == []


def test_no_more_is_said_than_stands_on_one_page():
    review = make_published()
    for number in range(8):
        agree(review, text="x" * 500, due_on=date(2023, 6, 1 + number))

    page = page_of(make_briefing(review))

    assert [len(each.text) for each in page.actions] == [110] * 5


def test_a_briefing_is_written_tidied_and_kept(client):
    review = make_published()

    response = post(client, "briefing-write", review.pk, version=0, **WORDS)

    briefing = Briefing.objects.get()
    assert response.url == reverse("reviews:briefing-detail", args=[briefing.pk])
    assert (briefing.what_happened, briefing.learned, briefing.cleared_at) == ("Nobody asked.", "Ask\nAsk again", None)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"what_happened": "x" * 601}, "what_happened"),
        ({"learned": "\n".join("abcdef")}, "learned"),
        ({"learned": "x" * 151}, "learned"),
        ({"questions": "   "}, "questions"),
        ({"what_happened": "It was a 7-year-old from Cannock"}, "what_happened"),
        ({"learned": "Call 943 476 5919"}, "learned"),
    ],
)
def test_words_that_do_not_fit_or_tell_who_a_child_is_are_refused_beside_the_field(client, words, fault):
    response = post(client, "briefing-write", make_published().pk, version=0, **{**WORDS, **words})

    assert (list(response.context["form"].errors), Briefing.objects.count()) == ([fault], 0)


def test_clearing_is_for_the_page_that_was_seen():
    review = make_published()
    briefing = make_briefing(review)
    seen = page_of(briefing).hash
    agree(review)

    with pytest.raises(StaleSave):
        actions.clear_briefing(briefing=briefing, seen=seen, by=make_alice())

    assert Briefing.objects.get().cleared_at is None


def test_a_change_of_its_words_or_its_actions_takes_the_clearance_away(client):
    review = make_published()
    briefing = make_briefing(review, is_cleared=True)
    agree(review)
    make_partnership()
    client.force_login(make_alice())
    after_an_action = client.get(reverse("reviews:briefing-detail", args=[briefing.pk])).context["is_cleared"]

    post(client, "briefing-write", review.pk, version=briefing.version, **WORDS)

    briefing.refresh_from_db()
    assert (after_an_action, briefing.cleared_at, briefing.cleared_hash) == (False, None, "")


def test_two_people_do_not_overwrite_each_other(client):
    review = make_published()
    make_briefing(review)

    response = post(client, "briefing-write", review.pk, version=0, **WORDS)

    assert response.context["form"].non_field_errors()[0].startswith("Somebody else has changed this briefing")
    assert Briefing.objects.get().title == "Babies who cannot move"


def test_writing_and_clearing_stand_in_the_record_of_changes():
    make_briefing(is_cleared=True)

    verbs = AuditEvent.objects.filter(target_model="reviews.briefing").values_list("verb", "by_label")
    assert sorted(verbs) == [("briefing.cleared", "Alice"), ("briefing.written", "Alice")]


@pytest.mark.parametrize(
    ("stage", "is_cleared", "answer"),
    [
        (ReviewStage.PUBLISHED, True, 200),
        (ReviewStage.PUBLISHED, False, 404),
        (ReviewStage.AWAITING_PUBLICATION, True, 404),
    ],
)
def test_a_partner_reads_the_cleared_briefing_of_a_published_review(client, stage, is_cleared, answer):
    briefing = make_briefing(make_review("LR-2021-01", stage=stage), is_cleared=is_cleared)
    make_partnership()
    client.force_login(make_bob())

    found = [client.get(reverse(name, args=[briefing.pk])).status_code for name in ("reviews:briefing-detail",)]

    assert found == [answer]
