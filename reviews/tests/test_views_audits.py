"""The pages of audits as people meet them: what they may see, what is kept when something is wrong."""

import csv
import io
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from partnership.tests.factories import (
    make_alice,
    make_bob,
    make_charlie,
    make_erin,
    make_frank,
    make_partnership,
    make_period,
)
from reviews import actions
from reviews.choices import AssessmentStatus
from reviews.models import AuditRound, CaseAudit, Challenge, SelfAssessment, StandardAnswer
from reviews.tests.audit_factories import grade, make_assessment, make_audit, make_case_audit, make_challenge, make_gap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_world")]

DRAFT, SIGNED_OFF = AssessmentStatus.DRAFT, AssessmentStatus.SIGNED_OFF


@pytest.fixture
def _world():
    make_partnership()
    with time_machine.travel("2023-06-01", tick=False):
        yield


@pytest.fixture
def bob(client):
    bob = make_bob()
    client.force_login(bob)
    return bob


def answer_address(assessment, number=0):
    return reverse("reviews:answer-edit", args=[assessment.pk, assessment.round.standards.all()[number].pk])


def words(response):
    return unescape(response.content.decode())


def test_a_round_is_prepared_from_the_one_before(client):
    client.force_login(make_erin())
    before = make_audit("Section 11 audit 2021")

    response = client.post(
        reverse("reviews:audit-prepare"),
        {
            "kind": "section-11",
            "title": "Section 11 audit 2023",
            "follows": before.pk,
            "period": make_period("2023-24").pk,
            "opens_on": "2023-06-01",
            "due_on": "2023-09-30",
            "grades": "Met\nNot met",
        },
    )

    audit_round = AuditRound.objects.get(title="Section 11 audit 2023")
    assert response.url == reverse("reviews:audit-detail", args=[audit_round.pk])
    assert [str(each) for each in audit_round.standards.all()] == ["1 Listening to children", "2 Escalation"]
    assert audit_round.grades.count() == 3


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"grades": "Met"}, "grades", "Enter 2 to 6 grades"),
        ({"grades": "Met\nmet"}, "grades", "Each grade needs a name of its own"),
        ({"grades": ": nothing\nMet"}, "grades", "A grade has 40 characters at most, what it means 300"),
        ({"due_on": "2023-05-31"}, "due_on", "It is due on or after the day on which it opens"),
        ({"due_on": "9999-12-31"}, "due_on", "Enter a date between 2000 and 2100"),
        ({"title": "SECTION 11 audit 2022"}, "title", "There is a round of this name already"),
        ({"title": "a\0b"}, "title", "Null characters are not allowed."),
        ({"kind": "section-175"}, "follows", "Choose an earlier round of the same kind"),
    ],
)
def test_a_round_that_cannot_be_is_refused_beside_the_field(client, change, field, message):
    client.force_login(make_erin())
    data = {
        "kind": "section-11",
        "title": "New",
        "follows": make_audit().pk,
        "period": make_period().pk,
        "opens_on": "2023-06-01",
        "due_on": "2023-09-30",
        "grades": "Met\nNot met",
    }

    response = client.post(reverse("reviews:audit-prepare"), data | change)

    assert response.context["form"].errors == {field: [message]}
    assert AuditRound.objects.count() == 1


def test_a_round_in_preparation_is_not_there_for_agencies(client, bob):
    assert client.get(reverse("reviews:audit-detail", args=[make_audit().pk])).status_code == 404
    assert list(client.get(reverse("reviews:audit-list")).context["rounds"]) == []


def test_an_agency_finds_its_own_assessment_only(client, bob):
    own = make_assessment(SIGNED_OFF)
    other = make_assessment(SIGNED_OFF, agency="health")

    page = client.get(reverse("reviews:audit-detail", args=[own.round.pk]))

    assert [each.pk for each in page.context["assessments"]] == [own.pk]
    for name, args in (
        ("assessment-detail", [other.pk]),
        ("assessment-export", [other.pk, "csv"]),
        ("answer-edit", [other.pk, other.round.standards.first().pk]),
        ("answer-evidence", [other.pk, other.round.standards.first().pk]),
        ("assessment-sign-off", [other.pk]),
        ("assessment-reopen", [other.pk]),
        ("assessment-survey", [other.pk]),
        ("challenge-raise", [make_gap(other).pk]),
        ("gap-action-agree", [make_gap(other).pk]),
    ):
        assert (name, client.get(reverse(f"reviews:{name}", args=args)).status_code) == (name, 404)
    assert client.get(reverse("reviews:audit-results", args=[own.round.pk])).status_code == 403


def test_an_answer_is_saved_and_leads_on_to_the_next_standard(client, bob):
    assessment = make_assessment()
    data = {"version": 0, "grade": grade(assessment.round, 2).pk, "narrative": "We ask\r\nthem.", "act": "next"}

    response = client.post(answer_address(assessment), data)

    assert response.url == answer_address(assessment, 1)
    answer = StandardAnswer.objects.get()
    assert (answer.grade.name, answer.narrative) == ("Partly met", "We ask\nthem.")


def test_what_looks_like_a_child_is_asked_about_and_nothing_typed_is_lost(client, bob):
    assessment = make_assessment()
    data = {"version": 0, "narrative": "Born 12/03/2015, we asked.", "act": "save"}

    page = client.post(answer_address(assessment), data)

    assert list(page.context["form"].errors) == ["narrative"]
    assert "Born 12/03/2015, we asked." in words(page)
    assert StandardAnswer.objects.count() == 0

    client.post(answer_address(assessment), {**data, "narrative_keep": "Born 12/03/2015"})
    assert StandardAnswer.objects.get().narrative == "Born 12/03/2015, we asked."


def test_two_colleagues_lose_nothing(client, bob):
    assessment = make_assessment()
    address = answer_address(assessment)
    client.post(address, {"version": 0, "narrative": "What Ann wrote", "act": "save"})

    page = client.post(address, {"version": 0, "narrative": "What Ben wrote", "act": "save"})

    assert page.status_code == 409
    assert [said for said in ("What Ann wrote", "What Ben wrote", "Not saved yet") if said not in words(page)] == []
    assert StandardAnswer.objects.get().narrative == "What Ann wrote"

    client.post(address, {"version": 1, "narrative": "Both", "act": "save"})
    assert StandardAnswer.objects.get().narrative == "Both"


@pytest.mark.parametrize(
    "wrong", [{"version": "x"}, {"narrative": "a\0b"}, {"narrative": "x" * 1_000_000}, {"grade": "999999"}]
)
def test_nonsense_is_refused(client, bob, wrong):
    assessment = make_assessment()

    page = client.post(answer_address(assessment), {"version": 0, "narrative": "W", "act": "save"} | wrong)

    assert (page.status_code, list(page.context["form"].errors)) == (200, list(wrong))
    assert StandardAnswer.objects.count() == 0


def test_somebody_who_writes_while_it_is_signed_off_keeps_the_words(client, bob):
    assessment = make_assessment(SIGNED_OFF)

    page = client.post(answer_address(assessment), {"version": 1, "narrative": "Later words", "act": "save"})

    assert page.status_code == 409
    assert "Later words" in words(page)
    assert StandardAnswer.objects.filter(narrative="Later words").count() == 0


def test_nothing_locks_after_the_due_date(client, bob):
    assessment = make_assessment(DRAFT)
    assert assessment.round.due_on < date(2023, 6, 1)

    client.post(answer_address(assessment), {"version": 1, "narrative": "Late but here", "act": "save"})
    file = client.get(reverse("reviews:assessment-export", args=[assessment.pk, "csv"]))

    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["Why"] for row in rows] == ["Late but here", "What we do for 2."]


def test_signing_off_names_who_answers_for_it(client, bob):
    assessment = make_assessment(DRAFT)
    address = reverse("reviews:assessment-sign-off", args=[assessment.pk])

    page = client.post(address, {"name": "The head"})
    assert set(page.context["form"].errors) == {"post", "is_confirmed"}

    client.post(address, {"name": "The head", "post": "Head of safeguarding", "is_confirmed": "on"})
    assessment.refresh_from_db()
    assert (assessment.status, assessment.signed_off_name) == ("signed-off", "The head")


def test_a_peer_reads_and_challenges_and_the_agency_responds(client):
    assessment = make_assessment(SIGNED_OFF)
    charlie = make_charlie()
    actions.choose_peer(assessment=assessment, peer=charlie.memberships.get().agency, by=make_alice())
    gap = make_gap(assessment)
    client.force_login(charlie)

    client.post(
        reverse("reviews:challenge-raise", args=[gap.pk]),
        {"text": "Young people say otherwise.", "suggested_grade": grade(assessment.round, 3).pk},
    )
    challenge = Challenge.objects.get()
    client.force_login(make_bob())
    client.post(reverse("reviews:challenge-respond", args=[challenge.pk]), {"response": "We will ask again."})
    client.force_login(make_alice())
    client.post(
        reverse("reviews:grade-settle", args=[gap.pk]),
        {"grade": grade(assessment.round, 3).pk, "reason": "Both agree."},
    )

    page = client.get(reverse("reviews:audit-results", args=[assessment.round.pk]))
    assert challenge.agency.code == "health"
    [row] = page.context["results"].agencies
    assert [(cell.own.name, cell.final.name, cell.is_agreed) for cell in row.cells] == [
        ("Met", "Met", False),
        ("Partly met", "Not met", True),
    ]
    shown = words(client.get(reverse("reviews:assessment-detail", args=[assessment.pk])))
    said = ("Young people say otherwise.", "We will ask again.", "Both agree.")
    assert [each for each in said if each not in shown] == []


def test_the_chair_reads_what_is_signed_off(client):
    client.force_login(make_frank())
    assessment, draft = make_assessment(SIGNED_OFF), make_assessment(DRAFT, agency="health")

    answers = [client.get(reverse("reviews:assessment-detail", args=[each.pk])) for each in (assessment, draft)]

    assert [answer.status_code for answer in answers] == [200, 404]


def test_the_board_team_reads_nothing_before_it_is_signed_off_but_knows_how_far_it_is(client):
    client.force_login(make_alice())
    draft = make_assessment(DRAFT)

    page = words(client.get(reverse("reviews:assessment-detail", args=[draft.pk])))
    listed = client.get(reverse("reviews:audit-detail", args=[draft.round.pk]))

    assert ("What we do for 1." in page, "Partly met" in page, "Draft" in page) == (False, False, True)
    assert [(each.pk, each.status) for each in listed.context["assessments"]] == [(draft.pk, "draft")]
    assert words(listed).count("Late") == 1


def test_an_answer_left_empty_is_not_saved_and_blocks_nothing(client, bob):
    before = make_assessment(SIGNED_OFF).round
    assessment = make_assessment(audit_round=make_audit("Section 11 audit 2023", follows=before))

    page = client.post(answer_address(assessment), {"version": 0, "narrative": "", "act": "next"}, follow=True)

    assert page.redirect_chain[-1][0] == answer_address(assessment, 1)
    assert "Nothing saved in standard 1: you left it empty." in words(page)
    detail = client.get(reverse("reviews:assessment-detail", args=[assessment.pk]))
    assert (detail.context["can_carry_forward"], assessment.answers.count()) == (True, 0)


def test_a_carried_answer_says_where_from(client, bob):
    before = make_assessment(SIGNED_OFF)
    gap = make_gap(before)
    make_challenge(gap)
    actions.settle_grade(answer=gap, grade=grade(before.round, 3), reason="Both agree.", by=make_alice())
    assessment = make_assessment(audit_round=make_audit("Section 11 audit 2023", follows=before.round))
    actions.carry_forward_answers(assessment=assessment, by=bob)

    pages = [
        words(client.get(address))
        for address in (reverse("reviews:assessment-detail", args=[assessment.pk]), answer_address(assessment, 1))
    ]

    assert [page.count("Carried from Section 11 audit 2022, settled as Not met.") for page in pages] == [1, 1]


@pytest.mark.parametrize("size", [1, 3])
def test_home_tells_an_agency_what_is_asked_of_it(client, bob, size, django_assert_num_queries):
    for number in range(size):
        audit_round = make_audit(f"Audit {number}")
        make_assessment(audit_round=audit_round)
        theirs = make_assessment(SIGNED_OFF, audit_round=audit_round, agency="health")
        actions.choose_peer(assessment=theirs, peer=bob.memberships.get().agency, by=make_alice())
        challenged = make_assessment(SIGNED_OFF, audit_round=make_audit(f"Challenged {number}"))
        make_challenge(make_gap(challenged))
    client.get(reverse("home"))

    with django_assert_num_queries(14):
        page = client.get(reverse("home"))

    assert [len(page.context[name]) for name in ("to_assess", "to_respond", "to_challenge")] == [size] * 3
    assert words(page).count("Overdue: was due 31 July 2022") == size


def test_what_is_done_leaves_the_home_page(client, bob):
    challenged = make_assessment(SIGNED_OFF)
    challenge = make_challenge(make_gap(challenged))
    actions.respond_to_challenge(challenge=challenge, response="We see it.", by=bob)
    theirs = make_assessment(SIGNED_OFF, agency="fire")
    actions.choose_peer(assessment=theirs, peer=bob.memberships.get().agency, by=make_alice())
    make_challenge(make_gap(theirs), agency="police", by=bob)

    page = client.get(reverse("home"))

    assert [len(page.context[name]) for name in ("to_assess", "to_respond", "to_challenge")] == [0, 0, 0]


def test_each_table_of_the_results_has_a_name_of_its_own(client):
    client.force_login(make_alice())

    page = client.get(reverse("reviews:audit-results", args=[make_assessment(SIGNED_OFF).round.pk]))

    assert [words(page).count(f"Agencies by grade in standard {code}</caption>") for code in "12"] == [1, 1]


def test_a_gap_becomes_an_action_with_one_form(client, bob):
    gap = make_gap(make_assessment(DRAFT))

    client.post(
        reverse("reviews:gap-action-agree", args=[gap.pk]),
        {"text": "Train all sergeants", "owner_post": "", "due_on": "2023-12-01"},
    )

    assert [(str(action), action.owner.code) for action in gap.actions.all()] == [("Train all sergeants", "police")]


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        (("10", "", ""), "Enter all three numbers, or none"),
        (("10", "11", "5"), "No more can answer than were asked"),
        (("10", "9", "10"), "No more can agree than answered"),
        (("-1", "0", "0"), "Enter 0 or more"),
        (("99999999999", "0", "0"), "Enter 1,000,000 or less"),
    ],
)
def test_a_survey_that_cannot_be_is_refused(client, bob, counts, message):
    assessment = make_assessment()
    standard = assessment.round.standards.first()
    names = [f"{part}-{standard.pk}" for part in ("asked", "answered", "agreeing")]

    page = client.post(
        reverse("reviews:assessment-survey", args=[assessment.pk]), dict(zip(names, counts, strict=True))
    )

    assert [each for errors in page.context["form"].errors.values() for each in errors] == [message]
    assert assessment.survey_results.count() == 0


def test_a_survey_of_few_tells_of_nobody(client, bob):
    assessment = make_assessment()
    standard = assessment.round.standards.first()
    counts = {f"asked-{standard.pk}": 40, f"answered-{standard.pk}": 30, f"agreeing-{standard.pk}": 3}
    client.post(reverse("reviews:assessment-survey", args=[assessment.pk]), counts)

    page = client.get(reverse("reviews:assessment-detail", args=[assessment.pk]))

    assert page.context["rows"][0].survey == (
        "Staff survey: 40 asked, 30 answered. Share who agreed: hidden to protect people."
    )


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("audit-list", 5), ("audit-detail", 12), ("case-audit-list", 8), ("audit-results", 12)]
)
def test_lists_take_the_same_queries_whatever_their_length(client, name, queries, size, django_assert_num_queries):
    alice = make_alice()
    for number in range(size):
        make_assessment(SIGNED_OFF, agency=f"agency-{number}")
        make_audit(f"Audit {number}")
        make_case_audit(f"Topic {number}", themes=["Neglect"])
    first = SelfAssessment.objects.first().round
    client.force_login(alice)

    with django_assert_num_queries(queries):
        client.get(reverse(f"reviews:{name}", args=[first.pk] if name in ("audit-detail", "audit-results") else []))


def test_a_multi_agency_audit_is_recorded_and_a_finding_becomes_a_recommendation(client):
    client.force_login(make_erin())
    client.post(
        reverse("reviews:case-audit-record"),
        {"topic": "Neglect", "month": "2022-11-14", "cases": "4", "good_practice": "Good notes"},
    )
    case_audit = CaseAudit.objects.get()
    client.post(reverse("reviews:finding-add", args=[case_audit.pk]), {"text": "No chronology"})
    finding = case_audit.findings.get()
    police = make_bob().memberships.get().agency

    client.post(
        reverse("reviews:finding-recommend", args=[finding.pk]), {"text": "Keep one chronology", "agency": police.pk}
    )

    page = client.get(reverse("reviews:case-audit-detail", args=[case_audit.pk]))
    assert page.context["cases"] == "hidden to protect people"
    assert [(each.text, each.source, each.source_text) for each in finding.recommendations.all()] == [
        ("Keep one chronology", "audit", "Neglect, November 2022")
    ]
    assert "Keep one chronology" in words(page)


def test_the_same_audit_is_not_recorded_twice(client):
    client.force_login(make_erin())
    make_case_audit()

    page = client.post(reverse("reviews:case-audit-record"), {"topic": "Neglect", "month": "2022-11-30", "cases": "7"})

    assert page.context["form"].errors == {"topic": ["An audit of this topic in that month is recorded already"]}
    assert CaseAudit.objects.count() == 1


def test_a_challenge_cannot_be_answered_for_another_agency(client, bob):
    other = make_assessment(SIGNED_OFF, agency="health")
    challenge = make_challenge(make_gap(other), agency="police")

    response = client.post(reverse("reviews:challenge-respond", args=[challenge.pk]), {"response": "Not mine"})

    assert response.status_code == 404
    assert Challenge.objects.get().response == ""
