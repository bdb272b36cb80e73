from datetime import date

import pytest

from partnership import actions as partnership_actions
from partnership.choices import EvidenceStatus
from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_erin,
    make_frank,
    make_period,
    make_sent_file,
)
from reviews import actions
from reviews.actions import StaffSaid
from reviews.choices import ASSESSMENT_TRANSITIONS, AssessmentStatus
from reviews.models import SelfAssessment, StandardAnswer, SurveyResult
from reviews.tests.audit_factories import (
    grade,
    make_answer_evidence,
    make_assessment,
    make_audit,
    make_challenge,
    make_gap,
)

pytestmark = pytest.mark.django_db

DRAFT, SIGNED_OFF, REOPENED = AssessmentStatus.DRAFT, AssessmentStatus.SIGNED_OFF, AssessmentStatus.REOPENED


def save(assessment, *, version=0, rank=1, narrative="We ask them.", **more):
    return actions.save_answer(
        assessment=assessment,
        standard=assessment.round.standards.first(),
        version=version,
        grade=grade(assessment.round, rank) if rank else None,
        narrative=narrative,
        by=make_bob(),
        **more,
    )


def status(assessment):
    return SelfAssessment.objects.get(pk=assessment.pk).status


def verbs():
    events = AuditEvent.objects.filter(target_model="reviews.selfassessment").order_by("pk")
    return list(events.values_list("verb", "detail"))


def test_the_first_answer_makes_a_draft():
    assessment = make_assessment()

    answer = save(assessment, kept=["Kept “Leek”."])

    assert (status(assessment), answer.grade.name, answer.narrative, answer.version) == (
        "draft",
        "Met",
        "We ask them.",
        1,
    )
    assert verbs() == [("assessment.saved", "1 Listening to children\nKept “Leek”.")]


def test_what_a_colleague_saved_is_not_overwritten():
    assessment = make_assessment()
    save(assessment, narrative="Mine")

    with pytest.raises(StaleSave):
        save(assessment, narrative="Theirs")

    assert StandardAnswer.objects.get().narrative == "Mine"
    assert save(assessment, version=1, narrative="Both").version == 2


@pytest.mark.parametrize("start", AssessmentStatus)
def test_each_verb_is_done_or_refused_as_the_table_says(start):
    assessment = make_assessment(start)
    answer = assessment.answers.first()
    verbs = {
        DRAFT: lambda: save(assessment, version=answer.version if answer else 0),
        SIGNED_OFF: lambda: actions.sign_off_assessment(assessment=assessment, name="N", post="P", by=make_bob()),
        REOPENED: lambda: actions.reopen_assessment(assessment=assessment, reason="R", by=make_bob()),
    }

    for to, act in verbs.items():
        is_saving = to == DRAFT and start != SIGNED_OFF
        if to in ASSESSMENT_TRANSITIONS[start] or is_saving:
            continue
        with pytest.raises(WrongState):
            act()
        assert status(assessment) == start


def test_a_reopened_assessment_stays_so_until_it_is_signed_off_again():
    assessment = make_assessment(REOPENED)

    save(assessment, version=1, rank=2)
    assert status(assessment) == REOPENED

    signed = actions.sign_off_assessment(assessment=assessment, name="The head", post="Head", by=make_bob())
    assert (signed.status, signed.signed_off_name, signed.signed_off_post, signed.reopen_reason) == (
        "signed-off",
        "The head",
        "Head",
        "",
    )


@pytest.mark.parametrize(
    ("rank", "narrative", "missing"),
    [
        (None, "", "1 Listening to children (no answer)"),
        (None, "We do.", "1 Listening to children (no grade)"),
        (1, "", "1 Listening to children (no reason)"),
    ],
)
def test_what_is_missing_is_named_and_not_signed_off(rank, narrative, missing):
    assessment = make_assessment(audit_round=make_audit(standards=("Listening to children",)))
    save(assessment, narrative="First words")
    save(assessment, version=1, rank=rank, narrative=narrative)

    with pytest.raises(WrongState, match="is not complete"):
        actions.sign_off_assessment(assessment=assessment, name="N", post="P", by=make_bob())

    assert actions.missing_answers(assessment) == [missing]
    assert status(assessment) == "draft"


@pytest.fixture
def next_year():
    """The assessment of the police in a round after one in which they answered both standards."""
    before = make_assessment(SIGNED_OFF).round
    return make_assessment(audit_round=make_audit("Section 11 audit 2023", follows=before))


def test_answers_are_carried_forward_and_wait_to_be_checked(next_year):
    actions.carry_forward_answers(assessment=next_year, by=make_bob())

    assert [(a.grade.name, a.grade.round, a.narrative, a.is_unchecked) for a in next_year.answers.all()] == [
        ("Met", next_year.round, "What we do for 1.", True),
        ("Partly met", next_year.round, "What we do for 2.", True),
    ]
    assert actions.missing_answers(next_year) == [
        "1 Listening to children (carried over, not checked)",
        "2 Escalation (carried over, not checked)",
    ]
    with pytest.raises(WrongState, match="no earlier answer"):
        actions.carry_forward_answers(assessment=next_year, by=make_bob())


def test_what_was_answered_already_is_not_carried_over(next_year):
    save(next_year, rank=3, narrative="New")

    carried = actions.carry_forward_answers(assessment=next_year, by=make_bob())

    assert [answer.standard.code for answer in carried] == ["2"]
    assert next_year.answers.get(standard__code="1").narrative == "New"


@pytest.mark.parametrize(
    ("change", "is_unchecked"),
    [({}, True), ({"is_checked": True}, False), ({"narrative": "New"}, False), ({"rank": 2}, False)],
)
def test_a_carried_answer_is_checked_by_saying_so_or_by_a_change(next_year, change, is_unchecked):
    actions.carry_forward_answers(assessment=next_year, by=make_bob())

    answer = save(next_year, version=1, **{"narrative": "What we do for 1.", **change})

    assert answer.is_unchecked is is_unchecked


def test_a_settled_grade_is_carried_and_says_so():
    before = make_assessment(SIGNED_OFF)
    gap = make_gap(before)
    make_challenge(gap)
    actions.settle_grade(answer=gap, grade=grade(before.round, 3), reason="Both agree.", by=make_alice())
    assessment = make_assessment(audit_round=make_audit("Section 11 audit 2023", follows=before.round))

    actions.carry_forward_answers(assessment=assessment, by=make_bob())

    assert [(answer.grade.name, answer.carried_in_words) for answer in assessment.answers.all()] == [
        ("Met", "Carried from Section 11 audit 2022"),
        ("Not met", "Carried from Section 11 audit 2022, settled as Not met"),
    ]


def test_an_answer_left_empty_is_not_kept():
    assessment = make_assessment()

    answer = save(assessment, rank=None, narrative="")

    assert (answer.pk, answer.version, status(assessment)) == (None, 0, "not-started")
    assert verbs() == []


def test_what_was_emptied_or_has_only_a_file_is_carried_over(next_year):
    save(next_year, narrative="To go")
    save(next_year, version=1, rank=None, narrative="")
    second = next_year.round.standards.last()
    actions.add_answer_evidence(assessment=next_year, standard=second, files=[make_sent_file()], by=make_bob())

    carried = actions.carry_forward_answers(assessment=next_year, by=make_bob())

    assert [(answer.narrative, answer.version) for answer in carried] == [
        ("What we do for 1.", 3),
        ("What we do for 2.", 1),
    ]
    assert next_year.answers.count() == 2


def test_another_agencys_answers_are_never_carried():
    before = make_assessment(SIGNED_OFF, agency="health").round
    assessment = make_assessment(audit_round=make_audit("Section 11 audit 2023", follows=before))

    with pytest.raises(WrongState, match="no earlier answer"):
        actions.carry_forward_answers(assessment=assessment, by=make_bob())

    assert assessment.answers.count() == 0


def test_a_gap_becomes_an_agreed_action_of_the_agency():
    gap = make_gap(make_assessment(DRAFT))

    action = actions.agree_gap_action(
        answer=gap, text="Train all sergeants", due_on=date(2023, 9, 30), owner_post="Head of training", by=make_bob()
    )

    assert (action.owner, action.owner_post, action.due_on) == (make_agency(), "Head of training", date(2023, 9, 30))
    assert list(gap.actions.all()) == [action]


def test_the_best_grade_is_no_gap():
    answer = make_assessment(DRAFT).answers.get(grade__rank=1)

    with pytest.raises(WrongState, match="is a gap"):
        actions.agree_gap_action(answer=answer, text="T", due_on=date(2023, 9, 30), owner_post="", by=make_bob())

    assert answer.actions.count() == 0


def test_survey_results_are_replaced_as_a_whole():
    assessment = make_assessment()
    first, second = assessment.round.standards.all()
    actions.record_survey(
        assessment=assessment, results={first: StaffSaid(asked=90, answered=60, agreeing=45)}, by=make_bob()
    )

    actions.record_survey(
        assessment=assessment, results={second: StaffSaid(asked=80, answered=50, agreeing=40)}, by=make_bob()
    )

    assert [(each.standard, each.asked) for each in SurveyResult.objects.all()] == [(second, 80)]


def test_files_stand_with_their_answer_until_sign_off():
    assessment = make_assessment(DRAFT)
    link = make_answer_evidence(assessment, by=make_bob())
    assert (link.answer.standard.code, link.evidence.agency) == ("1", make_agency())

    actions.withdraw_answer_evidence(link=link, by=make_bob())
    link.evidence.refresh_from_db()
    assert link.evidence.status == EvidenceStatus.WITHDRAWN

    kept = make_answer_evidence(assessment, by=make_bob())
    actions.sign_off_assessment(assessment=assessment, name="N", post="P", by=make_bob())
    with pytest.raises(WrongState, match="is signed off"):
        actions.withdraw_answer_evidence(link=kept, by=make_bob())
    with pytest.raises(WrongState, match="is signed off"):
        make_answer_evidence(assessment, by=make_bob())


def test_too_many_files_are_refused_all_together():
    assessment = make_assessment()
    standard = assessment.round.standards.first()

    with pytest.raises(WrongState, match="20 files at most"):
        actions.add_answer_evidence(
            assessment=assessment, standard=standard, files=[make_sent_file() for _ in range(21)], by=make_bob()
        )

    assert assessment.answers.count() == 0


def test_what_a_signed_report_counts_is_not_reopened():
    assessment = make_assessment(SIGNED_OFF)
    partnership_actions.close_period(period=make_period(), by=make_erin())

    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        actions.reopen_assessment(assessment=assessment, reason="R", by=make_bob())

    assert status(assessment) == "signed-off"


def test_a_challenge_is_answered_and_the_grade_settled():
    assessment = make_assessment(SIGNED_OFF)
    gap = make_gap(assessment)
    challenge = make_challenge(gap)

    actions.respond_to_challenge(challenge=challenge, response="We see it.", by=make_bob())
    settled = actions.settle_grade(answer=gap, grade=grade(assessment.round, 3), reason="Both agree.", by=make_alice())

    assert (settled.grade.name, settled.agreed_grade.name, settled.final_grade.name) == (
        "Partly met",
        "Not met",
        "Not met",
    )
    assert [verb for verb, _ in verbs()][-3:] == [
        "assessment.challenged",
        "assessment.challenge-answered",
        "assessment.grade-settled",
    ]
    with pytest.raises(WrongState, match="response already"):
        actions.respond_to_challenge(challenge=challenge, response="Again.", by=make_bob())


def test_a_grade_is_settled_only_after_a_challenge_to_what_is_signed_off():
    assessment = make_assessment(SIGNED_OFF)
    best = grade(assessment.round, 1)
    with pytest.raises(WrongState, match="Nobody has challenged"):
        actions.settle_grade(answer=make_gap(assessment), grade=best, reason="R", by=make_alice())

    draft = make_assessment(DRAFT, agency="health")
    with pytest.raises(WrongState, match="is not signed off"):
        make_challenge(make_gap(draft), agency="police")


def test_an_agency_does_not_challenge_itself():
    assessment = make_assessment(SIGNED_OFF)

    with pytest.raises(WrongState, match="does not challenge itself"):
        make_challenge(make_gap(assessment), agency="police")
    with pytest.raises(WrongState, match="does not challenge itself"):
        actions.choose_peer(assessment=assessment, peer=make_agency(), by=make_alice())


@pytest.mark.parametrize(
    ("state", "peer", "seen_by"),
    [
        (DRAFT, None, {"bob"}),
        (DRAFT, "health", {"bob"}),
        (SIGNED_OFF, None, {"alice", "erin", "bob", "frank"}),
        (SIGNED_OFF, "health", {"alice", "erin", "bob", "frank", "charlie"}),
        (REOPENED, "health", {"bob"}),
    ],
)
def test_who_sees_an_assessment(state, peer, seen_by):
    assessment = make_assessment(state)
    actions.choose_peer(assessment=assessment, peer=make_agency(peer) if peer else None, by=make_alice())
    people = {
        "alice": make_alice(),
        "erin": make_erin(),
        "bob": make_bob(),
        "charlie": make_charlie(),
        "dana": make_dana(),
        "frank": make_frank(),
    }

    visible = SelfAssessment.objects.visible_to

    assert {name for name, person in people.items() if visible(person).exists()} == seen_by
    known = {name for name, person in people.items() if SelfAssessment.objects.known_to(person).exists()}
    assert known == seen_by | {"alice", "erin"}
    assert {name for name, person in people.items() if SelfAssessment.objects.writable_by(person).exists()} == {"bob"}
