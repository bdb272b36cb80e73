from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_frank,
    make_partnership,
)
from priorities.choices import Rag
from priorities.tests.factories import make_action, make_measure
from reviews import actions
from reviews.choices import EmbeddedOutcome, RecommendationSource, RecommendationStatus, ReviewStage
from reviews.models import Recommendation
from reviews.tests.factories import check, make_recommendation, make_review, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(date(2023, 6, 1), tick=False)]

OPEN, SIGNED_OFF = RecommendationStatus.OPEN, RecommendationStatus.SIGNED_OFF
EMBEDDED, WITHDRAWN = RecommendationStatus.EMBEDDED, RecommendationStatus.WITHDRAWN
SECRET = "Tell health visitors what the ward saw"


def sign_in(client, person):
    make_partnership()
    client.force_login(person)
    return client


def listed(client, **query):
    """The texts on the list, from the top."""
    page = client.get(reverse("reviews:recommendation-list"), query).context["page"]
    return [row.recommendation.text for row in page.object_list]


def errors(response):
    return {name: list(each) for name, each in response.context["form"].errors.items()}


def make_unpublished(**fields):
    review = make_review("LR-2022-01", themes=["Neglect"])
    return make_recommendation(
        text=SECRET, source=RecommendationSource.REVIEW, review=review, themes=[make_theme()], **fields
    )


def test_what_needs_attention_stands_first(client):
    embedded = make_recommendation(EMBEDDED, text="Embedded")
    make_recommendation(text="Open, nothing agreed")
    red, green, late = (make_recommendation(text=text) for text in ("Red", "Green", "Late"))
    for recommendation, due_on, fields in (
        (red, date(2023, 9, 1), {"rag": Rag.RED, "reason": "Stuck"}),
        (green, date(2023, 8, 1), {"rag": Rag.GREEN, "reason": "Well"}),
        (late, date(2023, 5, 1), {}),
    ):
        action = make_action(due_on=due_on)
        actions.link_action(recommendation=recommendation, action=action, by=make_alice())
        type(action).objects.filter(pk=action.pk).update(rag=fields.get("rag", ""), rag_reason=fields.get("reason", ""))
    make_recommendation(SIGNED_OFF, text="Check due", made_on=date(2022, 5, 1))

    found = listed(sign_in(client, make_bob()))

    assert found == ["Check due", "Late", "Red", "Green", "Open, nothing agreed", embedded.text]


def test_the_list_shows_what_is_asked_for(client):
    theme = make_theme()
    make_recommendation(text="Police", themes=[theme])
    make_recommendation(text="Health", agency="icb", source=RecommendationSource.AUDIT)
    make_recommendation(SIGNED_OFF, text="Signed off", agency="icb")
    make_recommendation(EMBEDDED, text="Embedded", agency="icb")
    make_recommendation(WITHDRAWN, text="Withdrawn", agency="icb")
    make_recommendation(text="Late", agency="icb", due_on=date(2023, 5, 31))
    sign_in(client, make_bob())

    found = {
        "own": listed(client, agency="own"),
        "agency": listed(client, agency=make_agency("police").pk),
        "source": listed(client, source="audit"),
        "theme": listed(client, theme=theme.pk),
        **{
            show: listed(client, show=show)
            for show in ("overdue", "check-due", "embedded", "withdrawn", "awaiting-check")
        },
    }

    assert found == {
        "own": ["Police"],
        "agency": ["Police"],
        "source": ["Health"],
        "theme": ["Police"],
        "overdue": ["Signed off", "Late"],
        "check-due": ["Signed off"],
        "embedded": ["Embedded"],
        "withdrawn": ["Withdrawn"],
        "awaiting-check": ["Signed off"],
    }


def test_the_counts_on_top_tell_how_all_of_them_stand(client):
    for status in RecommendationStatus:
        make_recommendation(status)
    make_recommendation(due_on=date(2023, 5, 31))

    standing = sign_in(client, make_bob()).get(reverse("reviews:recommendation-list")).context["standing"]

    assert (standing.open, standing.overdue, standing.signed_off, standing.checks_due, standing.embedded) == (
        2,
        1,
        1,
        1,
        1,
    )


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("name", ["recommendation-list", "recommendation-export"])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(client, django_assert_num_queries, name, size):
    for number in range(size):
        review = make_review(f"LR-2022-{number}", themes=["Neglect"])
        recommendation = make_recommendation(
            EMBEDDED, source=RecommendationSource.REVIEW, review=review, themes=[make_theme(f"Theme {number}")]
        )
        open_one = make_recommendation(review=review, source=RecommendationSource.REVIEW, themes=[make_theme()])
        actions.link_action(recommendation=open_one, action=make_action(), by=make_alice())
        check(recommendation, date(2023, 5, 1), by=make_alice())
    address = reverse(f"reviews:{name}", args=["csv"] if name.endswith("export") else [])
    sign_in(client, make_bob()).get(address)

    with django_assert_num_queries({"recommendation-list": 18, "recommendation-export": 10}[name]):
        client.get(address)


@pytest.mark.parametrize(
    ("make_person", "can_read"),
    [(make_alice, True), (make_frank, True), (make_bob, True), (make_charlie, False), (make_dana, False)],
)
def test_what_an_unpublished_review_recommends_is_for_its_agency_the_board_and_the_chair(client, make_person, can_read):
    recommendation = make_unpublished()
    sign_in(client, make_person())
    addresses = [
        reverse("reviews:recommendation-list"),
        reverse("reviews:recommendation-detail", args=[recommendation.pk]),
        reverse("reviews:recommendation-export", args=["csv"]),
        reverse("reviews:review-detail", args=[recommendation.review_id]),
        reverse("reviews:theme-detail", args=[make_theme().pk]),
    ]

    shown = [SECRET in unescape(client.get(address).content.decode()) for address in addresses]

    assert shown == [can_read] * len(addresses)


def test_the_themes_of_an_unpublished_review_cannot_be_found_out_by_filtering(client):
    make_unpublished(agency="icb")

    assert listed(sign_in(client, make_bob()), theme=make_theme().pk) == []


def test_once_its_review_is_published_everybody_reads_it(client):
    review = make_review("LR-2022-01", stage=ReviewStage.PUBLISHED)
    recommendation = make_recommendation(text=SECRET, source=RecommendationSource.REVIEW, review=review)

    page = sign_in(client, make_charlie()).get(reverse("reviews:recommendation-detail", args=[recommendation.pk]))

    assert page.context["row"].is_readable


def recorded(**fields):
    return {
        "text": "Agree who leads",
        "source": "scrutineer",
        "source_text": "Visit to the front door",
        "agency": make_agency().pk,
        "made_on": "2023-01-31",
        **fields,
    }


def test_a_recommendation_is_recorded_and_leads_to_its_page(client):
    response = sign_in(client, make_alice()).post(reverse("reviews:recommendation-record"), recorded())

    recommendation = Recommendation.objects.get()
    assert response.url == reverse("reviews:recommendation-detail", args=[recommendation.pk])
    assert (recommendation.text, recommendation.made_by) == ("Agree who leads", "Visit to the front door")


def test_a_review_s_page_leads_to_the_form_with_the_review_chosen(client):
    review = make_review()

    form = (
        sign_in(client, make_alice())
        .get(reverse("reviews:recommendation-record"), {"review": review.pk})
        .context["form"]
    )

    assert (form["source"].value(), form["review"].value()) == ("review", str(review.pk))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 1_000_000}, "text"),
        ({"text": "Call\x00him"}, "text"),
        ({"source": "nobody"}, "source"),
        ({"source_text": ""}, "source_text"),
        ({"made_on": "2023-06-02"}, "made_on"),
        ({"made_on": "9999-12-31"}, "made_on"),
        ({"made_on": "1999-12-31"}, "made_on"),
        ({"due_on": "9999-12-31"}, "due_on"),
        ({"due_on": "2023-01-30"}, "due_on"),
        ({"agency": "-1"}, "agency"),
        ({"themes": ["99999"]}, "themes"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field_and_stays_typed(client, fields, fault):
    data = recorded(**fields)
    response = sign_in(client, make_alice()).post(reverse("reviews:recommendation-record"), data)

    assert list(errors(response)) == [fault]
    assert response.context["form"]["agency"].value() == str(data["agency"])
    assert not Recommendation.objects.exists()


def test_a_review_can_only_be_chosen_for_what_a_review_made(client):
    data = recorded(review=make_review().pk, source_text="")

    response = sign_in(client, make_alice()).post(reverse("reviews:recommendation-record"), data)

    assert errors(response) == {"review": ["Choose “Review” as what made it, or nothing here"]}


def test_an_identifier_is_asked_about_and_a_tick_is_kept_in_the_record(client):
    address, data = reverse("reviews:recommendation-record"), recorded(text="See the child at ST16 2LH")
    sign_in(client, make_alice())

    asked = errors(client.post(address, data))
    client.post(address, data | {"text_keep": ["ST16 2LH"]})

    assert list(asked) == ["text"]
    [event] = AuditEvent.objects.filter(verb="recommendation.recorded")
    assert "Kept “ST16 2LH”" in event.detail


def post(client, recommendation, name, **data):
    address = reverse(f"reviews:recommendation-{name}", args=[recommendation.pk])
    return sign_in(client, make_alice()).post(address, {"version": recommendation.version, **data})


SIGN_OFF = {"signed_off_on": "2023-05-01", "sign_off_body": "Review group", "evidence": "Protocol in use"}


def test_it_is_signed_off_with_the_day_of_its_first_check(client):
    recommendation = make_recommendation()
    suggested = (
        sign_in(client, make_alice())
        .get(reverse("reviews:recommendation-sign-off", args=[recommendation.pk]))
        .context["form"]["check_due_on"]
        .value()
    )

    post(client, recommendation, "sign-off", **SIGN_OFF, check_due_on="2023-11-01")

    recommendation.refresh_from_db()
    assert suggested == date(2023, 12, 1)
    assert (recommendation.status, recommendation.check_due_on) == (SIGNED_OFF, date(2023, 11, 1))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"signed_off_on": "2022-05-08"}, "signed_off_on"),
        ({"check_due_on": "2023-05-01"}, "check_due_on"),
        ({"check_due_on": "2023-06-01", "signed_off_on": "2023-05-05"}, "check_due_on"),
        ({"check_due_on": ""}, "check_due_on"),
        ({"evidence": ""}, "evidence"),
        ({"sign_off_body": ""}, "sign_off_body"),
    ],
)
def test_a_sign_off_that_cannot_be_is_refused_beside_the_field(client, fields, fault):
    recommendation = make_recommendation()

    response = post(client, recommendation, "sign-off", **{**SIGN_OFF, "check_due_on": "2023-11-01", **fields})

    recommendation.refresh_from_db()
    assert (list(errors(response)), recommendation.status) == ([fault], OPEN)


CHECK = {"checked_on": "2023-05-20", "outcome": "embedded", "how_known": "audit", "finding": "In every file"}


def test_a_check_finds_it_embedded(client):
    recommendation = make_recommendation(SIGNED_OFF)

    post(client, recommendation, "check", **CHECK)

    recommendation.refresh_from_db()
    assert (recommendation.status, recommendation.checks.get().finding) == (EMBEDDED, "In every file")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"how_known": ""}, "how_known"),
        ({"how_known": "measure"}, "measure"),
        ({"outcome": "partly"}, "next_check_on"),
        ({"outcome": "cannot-tell", "how_known": "", "next_check_on": "2023-05-20"}, "next_check_on"),
        ({"checked_on": "2022-08-16"}, "checked_on"),
        ({"finding": ""}, "finding"),
        ({"outcome": "perhaps"}, "outcome"),
    ],
)
def test_a_check_that_cannot_be_is_refused_beside_the_field(client, fields, fault):
    recommendation = make_recommendation(SIGNED_OFF)

    response = post(client, recommendation, "check", **{**CHECK, **fields})

    assert (list(errors(response)), recommendation.checks.count()) == ([fault], 0)


def test_a_check_too_soon_after_the_sign_off_says_from_when(client):
    recommendation = make_recommendation(SIGNED_OFF)
    assert recommendation.signed_off_on == date(2022, 8, 17)

    response = post(client, recommendation, "check", **{**CHECK, "checked_on": "2022-09-13"})

    assert errors(response) == {
        "checked_on": ["A check that it lasts comes after the sign-off, on 14 September 2022 or later"]
    }


def test_a_figure_is_only_for_what_a_figure_shows(client):
    response = post(client, make_recommendation(SIGNED_OFF), "check", **CHECK, measure=make_measure().pk)

    assert errors(response) == {"measure": ["Choose “A figure” above, or no figure here"]}


def test_a_stale_page_says_so_and_loses_nothing(client):
    recommendation = make_recommendation()
    actions.change_recommendation(
        recommendation=recommendation,
        version=1,
        **{name: getattr(recommendation, name) for name in ("source", "review", "inspection", "source_text", "agency")},
        text="Said better",
        made_on=recommendation.made_on,
        due_on=None,
        themes=[],
        by=make_alice(),
    )

    response = post(client, recommendation, "sign-off", **SIGN_OFF, check_due_on="2023-11-01")

    assert (response.status_code, response.context["form"]["evidence"].value()) == (409, "Protocol in use")
    assert response.context["form"]["version"].value() == 2


def test_an_action_is_agreed_from_its_page_and_leads_back(client):
    recommendation = make_recommendation()
    address = reverse("reviews:recommended-action-agree", args=[recommendation.pk])
    sign_in(client, make_alice()).post(
        address, {"text": "Write it down", "owner": make_agency().pk, "due_on": "2023-09-30"}
    )

    action = recommendation.actions.get()
    page = client.get(reverse("plan:action-detail", args=[action.pk])).content.decode()
    assert (action.text, action.priority) == ("Write it down", None)
    assert reverse("reviews:recommendation-detail", args=[recommendation.pk]) in page


def test_an_agreed_action_is_linked_once(client):
    recommendation, action = make_recommendation(), make_action()
    address = reverse("reviews:recommended-action-link", args=[recommendation.pk])
    sign_in(client, make_alice()).post(address, {"action": action.pk})

    again = client.post(address, {"action": action.pk})

    assert list(recommendation.actions.all()) == [action]
    assert list(errors(again)) == ["action"]


def test_a_verb_that_cannot_be_done_now_says_so(client):
    recommendation = make_recommendation()

    response = sign_in(client, make_alice()).get(
        reverse("reviews:recommendation-check", args=[recommendation.pk]), follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [
        "This recommendation is open, so this cannot be done now."
    ]


def test_the_theme_pages_tell_which_recommendations_are_embedded(client):
    theme = make_theme()
    for year in (2020, 2021, 2022):
        make_review(f"LR-{year}-01", stage=ReviewStage.PUBLISHED, first_day=date(year, 5, 1), themes=["Neglect"])
    for status in RecommendationStatus:
        make_recommendation(status, text=status, themes=[theme])
    sign_in(client, make_bob())

    [history] = client.get(reverse("reviews:theme-list")).context["histories"]
    page = client.get(reverse("reviews:theme-detail", args=[theme.pk]))

    assert (history.is_recurring, history.answers.embedded, history.answers.total) == (True, 1, 3)
    assert [row.recommendation.text for row in page.context["recommendations"]] == [
        "awaiting-check",
        "open",
        "embedded",
    ]


def test_a_check_by_a_figure_leads_to_it(client):
    recommendation, measure = make_recommendation(SIGNED_OFF), make_measure()
    check(
        recommendation,
        date(2023, 5, 1),
        EmbeddedOutcome.EMBEDDED,
        how_known="measure",
        measure=measure,
        by=make_alice(),
    )

    page = sign_in(client, make_bob()).get(reverse("reviews:recommendation-detail", args=[recommendation.pk]))

    assert reverse("reports:measure-detail", args=[measure.code]) in page.content.decode()
