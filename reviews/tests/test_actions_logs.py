from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_bob, make_dana, make_frank
from reviews import actions
from reviews.choices import ChallengeState, ControlsWork, RiskLevel
from reviews.models import PartnerChallenge, Risk, RiskScore
from reviews.models.logs import level_of
from reviews.tests.record_factories import make_partner_challenge, make_risk

pytestmark = pytest.mark.django_db

ANSWER = {"response": "We are short of nurses.", "responded_on": date(2023, 2, 1)}
END = {"outcome": "A plan was agreed.", "closed_on": date(2023, 3, 1)}


def lines(noun):
    events = AuditEvent.objects.filter(verb__startswith=f"{noun}.")
    return list(events.order_by("pk").values_list("verb", "detail"))


def change(challenge, version=None, **fields):
    return actions.change_partner_challenge(
        challenge=challenge, version=version or challenge.version, fields=fields, by=make_alice()
    )


def review(risk, on, likelihood, impact, **fields):
    risk.refresh_from_db()
    return actions.review_risk(
        **{
            "risk": risk,
            "version": risk.version,
            "on": on,
            "likelihood": likelihood,
            "impact": impact,
            "controls_work": ControlsWork.WELL,
            "note": "Fewer vacancies",
            "review_due_on": date(2023, 5, 3),
            "by": make_alice(),
            **fields,
        }
    )


def close(risk):
    return actions.close_risk(
        risk=risk, version=risk.version, closed_on=date(2023, 1, 9), closed_reason="Gone", by=make_alice()
    )


def test_a_challenge_waits_is_answered_and_is_closed():
    challenge = make_partner_challenge()
    states = [challenge.state]

    for fields in (ANSWER, END):
        challenge = change(challenge, **fields)
        states.append(challenge.state)

    assert states == [ChallengeState.OPEN, ChallengeState.ANSWERED, ChallengeState.CLOSED]
    assert lines("partner-challenge") == [
        ("partner-challenge.recorded", ""),
        ("partner-challenge.changed", "Waits for a response, then: Answered"),
        ("partner-challenge.changed", "Answered, then: Closed"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"response": "Yes"},
        {"responded_on": date(2023, 2, 1)},
        {"outcome": "Agreed"},
        {"closed_on": date(2023, 2, 1)},
        {**ANSWER, "responded_on": date(2023, 1, 9)},
        {**END, "closed_on": date(2023, 1, 9)},
        {**ANSWER, **END, "closed_on": date(2023, 1, 31)},
    ],
)
def test_a_challenge_whose_days_cannot_be_is_refused_by_the_database(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_partner_challenge(**wrong)

    assert PartnerChallenge.objects.count() == 0


def test_a_challenge_changed_meanwhile_is_not_overwritten():
    challenge = make_partner_challenge()
    change(challenge, text="Why are half of them late?")

    with pytest.raises(StaleSave):
        change(challenge, version=1, text="Why?")

    challenge.refresh_from_db()
    assert challenge.text == "Why are half of them late?"


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (1, RiskLevel.LOW),
        (4, RiskLevel.LOW),
        (5, RiskLevel.MEDIUM),
        (9, RiskLevel.MEDIUM),
        (10, RiskLevel.HIGH),
        (15, RiskLevel.HIGH),
        (16, RiskLevel.VERY_HIGH),
        (25, RiskLevel.VERY_HIGH),
    ],
)
def test_a_score_has_its_level(score, level):
    assert level_of(score) == level


def test_a_new_risk_stands_at_its_initial_score():
    risk = make_risk()

    assert (risk.initial_score, risk.current.score, risk.target_score) == (16, 16, 6)
    assert (risk.current.on, lines("risk")) == (date(2022, 5, 3), [("risk.recorded", "")])


def test_a_review_adds_a_score_and_keeps_the_earlier_ones():
    risk = make_risk()

    review(risk, date(2022, 11, 1), 3, 4)
    review(risk, date(2022, 11, 1), 3, 3, review_due_on=date(2024, 1, 1))

    risk = Risk.objects.get()
    assert [score.score for score in risk.scores.all()] == [16, 12, 9]
    assert (risk.current.score, risk.initial_score, risk.review_due_on) == (9, 16, date(2024, 1, 1))
    assert risk.controls_work == ControlsWork.WELL
    assert lines("risk")[1:] == [("risk.reviewed", "12 on 1 November 2022"), ("risk.reviewed", "9 on 1 November 2022")]


def test_a_review_is_not_before_the_last_one():
    risk = make_risk()

    with pytest.raises(WrongState, match="The last review was on 3 May 2022"):
        review(risk, date(2022, 5, 2), 1, 1)

    assert RiskScore.objects.count() == 1


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_a_score_is_made_of_1_to_5(likelihood, impact):
    risk = make_risk()

    with pytest.raises(IntegrityError), transaction.atomic():
        review(risk, date(2022, 6, 1), likelihood, impact)


def test_a_closed_risk_is_reviewed_no_more_until_it_is_reopened():
    risk = close(make_risk())

    with pytest.raises(WrongState, match=r"is closed. Reopen it first"):
        review(risk, date(2023, 2, 1), 1, 1)
    actions.reopen_risk(risk=risk, by=make_alice())
    review(risk, date(2023, 2, 1), 1, 1)

    assert lines("risk")[1:3] == [("risk.closed", "Gone"), ("risk.reopened", "Was closed on 9 January 2023: Gone")]
    with pytest.raises(WrongState, match="is not closed"):
        actions.reopen_risk(risk=risk, by=make_alice())


def test_a_review_is_late_from_the_day_after_it_was_due():
    risk = make_risk(review_due_on=date(2022, 11, 3))

    assert [risk.is_late(date(2022, 11, day)) for day in (2, 3, 4)] == [False, False, True]
    assert not close(risk).is_late(date(2022, 11, 4))


def test_what_is_said_of_a_risk_changes_and_its_scores_do_not():
    risk = make_risk()

    actions.change_risk(risk=risk, version=1, fields={"title": "Too few nurses"}, by=make_alice())

    risk = Risk.objects.get()
    assert (risk.title, risk.version, risk.scores.count()) == ("Too few nurses", 2, 1)
    with pytest.raises(StaleSave):
        actions.change_risk(risk=risk, version=1, fields={"title": "Too few"}, by=make_alice())


def test_the_risk_log_is_for_the_board_the_chair_and_the_signatories():
    risk = make_risk()

    seen = {person.name: list(Risk.objects.visible_to(person)) for person in (make_alice(), make_dana(), make_frank())}

    assert seen == {"Alice": [risk], "Dana": [risk], "Frank": [risk]}
    assert list(Risk.objects.visible_to(make_bob())) == []
