"""Inspections, child deaths, restraint, voice and the two logs, through the client."""

from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership, make_period
from priorities.choices import Unit
from priorities.tests.factories import make_measure, make_value
from reviews import actions
from reviews.choices import ControlsWork, RecommendationSource, RecommendationStatus
from reviews.models import ChildDeathSummary, Feedback, Inspection, PartnerChallenge, RestraintScrutiny, Risk
from reviews.tests.factories import make_recommendation
from reviews.tests.record_factories import (
    make_child_deaths,
    make_closed,
    make_establishment,
    make_feedback,
    make_inspection,
    make_partner_challenge,
    make_question,
    make_restraint,
    make_risk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client):
    make_partnership()
    person = make_alice()
    client.force_login(person)
    return person


@pytest.fixture
def bob(client):
    make_partnership()
    person = make_bob()
    client.force_login(person)
    return person


def words_of(page):
    return " ".join(unescape(page.content.decode()).split())


def test_a_re_inspection_stands_below_its_inspection_with_what_was_signed_off(client, bob):
    first = make_inspection("Police inspection", started_on=date(2021, 10, 1), is_month_only=True)
    make_inspection("Prison visit", started_on=date(2022, 11, 1))
    make_inspection("Police re-inspection", started_on=date(2023, 1, 9), follows_on=first)
    for status in (RecommendationStatus.OPEN, RecommendationStatus.SIGNED_OFF, RecommendationStatus.WITHDRAWN):
        make_recommendation(status, source=RecommendationSource.INSPECTION, inspection=first)

    chains = client.get("/learning/inspections/").context["chains"]

    assert [[(each.subject, each.began, each.made, each.signed_off) for each in chain] for chain in chains] == [
        [("Police inspection", "October 2021", 2, 1), ("Police re-inspection", "9 January 2023", 0, 0)],
        [("Prison visit", "1 November 2022", 0, 0)],
    ]


def test_inspections_with_something_open_can_be_listed(client, bob):
    done, waits = make_inspection("Done"), make_inspection("Waits")
    make_recommendation(RecommendationStatus.SIGNED_OFF, source=RecommendationSource.INSPECTION, inspection=done)
    make_recommendation(RecommendationStatus.OPEN, source=RecommendationSource.INSPECTION, inspection=waits)

    chains = client.get("/learning/inspections/?show=open").context["chains"]

    assert chains == [[waits]]


INSPECTION = {"body": "Ofsted", "subject": "Focused visit", "started_on": "2022-05-03"}


def test_an_inspection_is_recorded(client, alice):
    answer = client.post("/learning/inspections/record/", {**INSPECTION, "agency": make_agency().pk})

    inspection = Inspection.objects.get()
    assert (answer.url, inspection.started_on) == (f"/learning/inspections/{inspection.pk}/", date(2022, 5, 3))


@pytest.mark.parametrize(
    ("wrong", "field", "error"),
    [
        ({"ended_on": "2022-05-02"}, "ended_on", "It cannot end before it began (3 May 2022)"),
        ({"published_on": "2022-05-02"}, "published_on", "It cannot be published before it began (3 May 2022)"),
        ({"started_on": "9999-12-31"}, "started_on", "The date cannot be in the future"),
        ({"is_month_only": "on"}, "started_on", "Enter the first day of the month, or say that the day is known"),
        ({"link": "http://example.org"}, "link", "The web address must begin with https://"),
    ],
)
def test_a_wrong_inspection_says_why_beside_the_field_and_keeps_what_was_typed(client, alice, wrong, field, error):
    typed = {**INSPECTION, "agency": make_agency().pk, "outcome": "Good plans", **wrong}

    page = client.post("/learning/inspections/record/", typed)

    assert page.context["form"].errors == {field: [error]}
    assert "Good plans" in words_of(page)
    assert Inspection.objects.count() == 0


def test_a_child_that_could_be_told_is_asked_about(client, alice):
    typed = {**INSPECTION, "agency": make_agency().pk, "outcome": "The NHS number 943 476 5919 stood in a file."}

    page = client.post("/learning/inspections/record/", typed)

    assert list(page.context["form"].errors) == ["outcome"]
    assert Inspection.objects.count() == 0


def test_counts_are_shown_with_their_shares_and_last_years_beside_them(client, bob):
    make_child_deaths("2021-22", notified=93, unexpected=None, reviewed=None, modifiable=None)
    summary = make_child_deaths()

    page = client.get(f"/learning/child-deaths/{summary.pk}/")

    assert page.context["rows"] == [
        ("Notified", "79", "93"),
        ("Unexpected", "17 of 79, 22%", ""),
        ("Reviewed", "107", ""),
        ("Reviewed, with modifiable factors", "28 of 107, 26%", ""),
    ]


def test_small_counts_of_child_deaths_are_hidden(client, bob):
    make_child_deaths(unexpected=3, modifiable=0, reviewed=6)

    [(_, [row])] = client.get("/learning/child-deaths/").context["areas"]

    assert {count["label"]: count["text"] for count in row["counts"]} == {
        "Notified": "79",
        "Unexpected": "hidden to protect people",
        "Reviewed": "6",
        "Reviewed, with modifiable factors": "0 of 6, 0%",
    }


@pytest.mark.parametrize(
    ("wrong", "field", "error"),
    [
        (
            {"unexpected": "80"},
            "unexpected",
            "Unexpected deaths are among those notified, so there cannot be more than 79",
        ),
        (
            {"modifiable": "108"},
            "modifiable",
            "These deaths are among those reviewed, so there cannot be more than 107",
        ),
        ({"reviewed": ""}, "reviewed", "Enter how many were reviewed: some had modifiable factors"),
        ({"notified": "-1"}, "notified", "Enter 0 or more"),
        ({"notified": "some\x00"}, "notified", "Enter a whole number"),
    ],
)
def test_counts_that_cannot_be_are_refused_beside_the_field(client, alice, wrong, field, error):
    summary = make_child_deaths()
    typed = {
        "notified": "79",
        "unexpected": "17",
        "reviewed": "107",
        "modifiable": "28",
        "reason": "Late",
        "version": 1,
    }

    page = client.post(f"/learning/child-deaths/{summary.pk}/change/", {**typed, **wrong})

    assert page.context["form"].errors == {field: [error]}
    summary.refresh_from_db()
    assert summary.version == 1


def test_counts_of_a_signed_year_are_refused_with_the_reason(client, alice):
    summary = make_child_deaths()
    make_closed()

    page = client.post(
        f"/learning/child-deaths/{summary.pk}/change/", {"notified": "80", "reason": "Late", "version": 1}
    )

    assert page.context["form"].non_field_errors() == [
        "The report of 2022/23 is signed, so the numbers that it tells stay as they are."
    ]
    assert ChildDeathSummary.objects.get().notified == 79


def test_a_scrutiny_shows_the_establishments_own_figure_from_its_measure(client, bob):
    measure = make_measure("TRAINED", unit=Unit.PERCENT)
    make_value(measure, 78)
    scrutiny = make_restraint(training_measure=measure, paperwork_measure=make_measure("PAPERWORK", unit=Unit.PERCENT))

    page = client.get(f"/learning/restraint/{scrutiny.pk}/")

    assert page.context["figures"] == [(measure.name, "78%"), ("Paperwork", "No value for this period")]
    assert page.context["counts"] == {"incidents": "20", "acceptable": "20 of 20, 100%"}
    assert "How many of each is not known." in words_of(page)


def test_types_are_typed_a_line_each(client, alice):
    make_restraint()
    typed = {
        "period": make_period().pk,
        "establishment": make_establishment("second").pk,
        "incidents": "20",
        "types": "Pain-inducing, 8\nGroup assault, planned\n\nPassive, 3",
    }

    answer = client.post("/learning/restraint/record/", typed)

    scrutiny = RestraintScrutiny.objects.get(establishment__code="second")
    assert answer.url == f"/learning/restraint/{scrutiny.pk}/"
    assert [(row.name, row.incidents) for row in scrutiny.types.all()] == [
        ("Pain-inducing", 8),
        ("Group assault, planned", None),
        ("Passive", 3),
    ]


@pytest.mark.parametrize(
    ("types", "error"),
    [
        ("A, 21", "The types add up to 21, and 20 incidents were viewed. Count each one once"),
        ("A, 8\nB, 3", "The types add up to 11, and 20 incidents were viewed. Count each one once"),
        ("A\na", "“a” stands here twice"),
        (", 5", "Enter a type before its number"),
        ("A, 99999999999999999999", "The number of “A” is too large"),
    ],
)
def test_types_that_cannot_be_are_refused_beside_the_field(client, alice, types, error):
    typed = {"period": make_period().pk, "establishment": make_establishment().pk, "incidents": "20", "types": types}

    page = client.post("/learning/restraint/record/", typed)

    assert page.context["form"].errors == {"types": [error]}


def test_an_answer_is_kept_with_its_day(client, alice):
    question = make_question()

    client.post(
        f"/learning/restraint/questions/{question.pk}/answer/", {"answer": "Two more", "answered_on": "2023-03-01"}
    )

    question.refresh_from_db()
    assert (question.answer, question.answered_on) == ("Two more", date(2023, 3, 1))


def test_few_who_took_part_are_hidden_and_a_measure_says_its_own_number(client, bob):
    measure = make_measure("SURVEY", unit=Unit.PEOPLE)
    make_value(measure, 1600)
    make_feedback("Few", took_part=4, is_quotable=True)
    make_feedback("Many", took_part=None, counted_by=measure, is_quotable=True)
    make_feedback("Nobody knows", took_part=None, is_quotable=True)

    rows = client.get("/learning/voice/").context["rows"]

    assert [(row["feedback"].title, row["took_part"]) for row in rows] == [
        ("Few", "hidden to protect people"),
        ("Many", "1,600"),
        ("Nobody knows", "Not known"),
    ]


def test_a_partner_finds_nothing_that_was_not_checked(client, bob):
    feedback = make_feedback(summary="Only the board reads this")

    pages = [client.get(f"/learning/voice/{rest}") for rest in ("", f"{feedback.pk}/", "export/csv/")]

    assert [page.status_code for page in pages] == [200, 404, 200]
    assert [b"Only the board" in page.content for page in pages] == [False, False, False]


def test_confirming_needs_the_tick_and_the_post(client, alice):
    feedback = make_feedback()
    address = f"/learning/voice/{feedback.pk}/confirm/"

    ticked = client.post(address, {"version": 1, "has_consent": "on"})
    named = client.post(address, {"version": 1, "anonymity_by": "Board officer"})

    assert ticked.context["form"].errors == {"consent_by": ["Enter the post of who did that"]}
    assert named.context["form"].errors == {"is_anonymous": ["Tick the box, or leave the post empty"]}
    assert Feedback.objects.quotable().count() == 0


def test_both_confirmed_make_it_quotable(client, alice):
    feedback = make_feedback()
    both = {"has_consent": "on", "consent_by": "Lead", "is_anonymous": "on", "anonymity_by": "Officer", "version": 1}

    client.post(f"/learning/voice/{feedback.pk}/confirm/", both)

    assert list(Feedback.objects.quotable()) == [feedback]


def test_the_challenge_log_can_be_narrowed(client, bob):
    waits = make_partner_challenge("Waits")
    closed = make_partner_challenge("Closed", outcome="Agreed", closed_on=date(2023, 2, 1))

    def found(query):
        return list(client.get(f"/learning/challenge-log/?{query}").context["challenges"])

    assert found("state=open") == [waits]
    assert found("state=closed") == [closed]
    assert found(f"agency={make_agency('health').pk}") == [closed, waits]
    assert found(f"agency={make_agency('police').pk}") == []


@pytest.mark.parametrize(
    ("wrong", "field", "error"),
    [
        ({"response": "Yes"}, "responded_on", "Enter the day of the response"),
        ({"responded_on": "2023-02-01"}, "response", "Enter the response"),
        (
            {"outcome": "Agreed", "closed_on": "2023-01-09"},
            "closed_on",
            "It was raised on 10 January 2023. This comes after",
        ),
    ],
)
def test_a_challenge_that_cannot_be_says_why(client, alice, wrong, field, error):
    challenge = make_partner_challenge()
    typed = {
        "raised_by": challenge.raised_by_id,
        "raised_to": challenge.raised_to_id,
        "raised_on": "2023-01-10",
        "title": "Late",
        "text": "Why?",
        "version": 1,
        **wrong,
    }

    page = client.post(f"/learning/challenge-log/{challenge.pk}/change/", typed)

    assert page.context["form"].errors == {field: [error]}
    assert PartnerChallenge.objects.get().title == "Late health checks"


def test_a_recorded_challenge_leads_to_its_page(client, alice):
    typed = {"raised_by": make_agency().pk, "raised_to": make_agency("health").pk, "title": "Late", "text": "Why?"}

    answer = client.post("/learning/challenge-log/record/", {**typed, "raised_on": "2023-01-10"})

    assert answer.url == f"/learning/challenge-log/{PartnerChallenge.objects.get().pk}/"


def test_an_agency_does_not_challenge_itself(client, alice):
    typed = {"raised_by": make_agency().pk, "raised_to": make_agency().pk, "title": "Late", "text": "Why?"}

    page = client.post("/learning/challenge-log/record/", {**typed, "raised_on": "2023-01-10"})

    assert page.context["form"].errors == {"raised_to": ["Choose another agency: none challenges itself"]}
    assert PartnerChallenge.objects.count() == 0


@time_machine.travel("2023-01-01")
def test_the_risk_log_shows_the_worst_first_and_what_is_overdue(client, alice):
    make_risk("SR1", initial=(2, 2), review_due_on=date(2023, 2, 1))
    make_risk("SR2", initial=(5, 5))

    page = client.get("/learning/risks/")
    late = client.get("/learning/risks/?show=late")

    assert [(row.risk.code, row.is_late) for row in page.context["rows"]] == [("SR2", True), ("SR1", False)]
    assert [row.risk.code for row in late.context["rows"]] == ["SR2"]
    assert "1 review overdue" in words_of(page)


RISK = {
    "code": "SR9",
    "title": "Too few nurses",
    "category": "workforce",
    "owner_post": "Head of nursing",
    "controls_work": "partly",
    "treatment": "treat",
    "target_likelihood": "2",
    "target_impact": "2",
    "initial_likelihood": "4",
    "initial_impact": "3",
    "recorded_on": "2022-12-01",
    "review_due_on": "2023-06-01",
}


@time_machine.travel("2023-01-01")
def test_a_risk_is_recorded_with_its_first_score(client, alice):
    response = client.post("/learning/risks/record/", {**RISK, "owner": make_agency().pk})

    risk = Risk.objects.get()
    assert response.url == f"/learning/risks/{risk.pk}/"
    assert (risk.initial_score, risk.current.score, risk.target_score, risk.code) == (12, 12, 4, "SR9")


@time_machine.travel("2023-01-01")
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code": "SR1"}, "There is a risk with this code already"),
        ({"code": "nurses"}, "Enter capital letters and a number, like SR15"),
        ({"review_due_on": "2022-12-31"}, "Enter a date from today on, within 10 years"),
        ({"review_due_on": "9999-12-31"}, "Enter a date from today on, within 10 years"),
        ({"target_impact": ""}, "Choose a number from 1 to 5"),
        (
            {"target_likelihood": "5", "target_impact": "3"},
            "The risk scores 12 and would come up to 15. To reduce it, want less",
        ),
    ],
)
def test_a_wrong_risk_says_why(client, alice, wrong, error):
    make_risk("SR1")

    page = client.post("/learning/risks/record/", {**RISK, "owner": make_agency().pk, **wrong})

    assert page.context["form"].errors == {next(iter(wrong)): [error]}
    assert Risk.objects.count() == 1


@time_machine.travel("2023-01-01")
def test_a_review_that_somebody_overtook_keeps_what_was_typed(client, alice):
    risk = make_risk()
    actions.change_risk(risk=risk, version=1, fields={"title": "Too few nurses"}, by=alice)
    typed = {
        "on": "2022-12-01",
        "likelihood": "2",
        "impact": "2",
        "controls_work": ControlsWork.WELL,
        "note": "Ten joined",
        "review_due_on": "2023-06-01",
        "version": 1,
    }

    page = client.post(f"/learning/risks/{risk.pk}/review/", typed)

    assert "was changed by somebody else in the meantime" in words_of(page)
    assert "Ten joined" in words_of(page)
    assert risk.scores.count() == 1


def test_a_withdrawn_record_leaves_the_list_and_its_page_says_why(client, alice):
    inspection = make_inspection()

    client.post(f"/learning/records/inspection/{inspection.pk}/withdraw/", {"reason": "Wrong agency"})

    assert client.get("/learning/inspections/").context["chains"] == []
    assert "Wrong agency" in words_of(client.get(f"/learning/inspections/{inspection.pk}/"))
    assert client.get(f"/learning/records/inspection/{inspection.pk}/withdraw/").status_code == 404


def test_what_is_no_such_record_cannot_be_withdrawn(client, alice):
    assert client.get("/learning/records/theme/1/withdraw/").status_code == 404


MAKERS = {
    "inspection-list": (lambda number: make_inspection(f"Visit {number}"), 6),
    "child-deaths-list": (lambda number: make_child_deaths(f"20{number + 10}-{number + 11}"), 6),
    "restraint-list": (lambda number: make_restraint(f"20{number + 10}-{number + 11}"), 7),
    "feedback-list": (lambda number: make_feedback(f"Voice {number}"), 8),
    "partner-challenge-list": (lambda number: make_partner_challenge(f"Challenge {number}"), 6),
    "risk-list": (lambda number: make_risk(f"SR{number}"), 6),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", MAKERS)
def test_a_list_takes_the_same_queries_however_long_it_is(client, alice, name, rows, django_assert_num_queries):
    make, queries = MAKERS[name]
    for number in range(rows):
        make(number)
    client.get(reverse(f"reviews:{name}"))

    with django_assert_num_queries(queries):
        client.get(reverse(f"reviews:{name}"))
