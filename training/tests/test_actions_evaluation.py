from datetime import date

import pytest

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice
from training import actions
from training.choices import LetterStatus, Moment
from training.models import EvaluationAnswer, Invitation, Letter
from training.tests.factories import (
    answer,
    days_after,
    make_course,
    make_evaluated,
    make_invitations,
    make_link,
    make_session,
)

pytestmark = pytest.mark.django_db


def test_an_evaluation_is_set_once_and_changed_by_who_has_seen_it():
    course, alice = make_course(), make_alice()
    actions.set_evaluation(course=course, topic="neglect", by=alice)

    with pytest.raises(StaleSave):
        actions.set_evaluation(course=course, topic="something else", by=alice)
    form = actions.set_evaluation(course=course, version=1, topic="early neglect", by=alice)

    assert (form.topic, form.version) == ("early neglect", 2)


def test_people_are_invited_once_whatever_the_case_of_their_address():
    session, alice = make_evaluated(), make_alice()
    first = actions.invite_people(session=session, emails=["Ann@example.org"], today=session.held_on, by=alice)

    emails = ["ann@example.org", "bob@example.org", "BOB@example.org"]
    second = actions.invite_people(session=session, emails=emails, today=session.held_on, by=alice)

    assert [each.email for each in (*first, *second)] == ["ann@example.org", "bob@example.org"]
    assert {each.email_until for each in Invitation.objects.all()} == {date(2022, 8, 21)}


@pytest.mark.parametrize("days", [-57, 15])
def test_nobody_is_invited_too_early_or_too_late(days):
    session = make_evaluated()

    with pytest.raises(WrongState):
        actions.invite_people(
            session=session, emails=["ann@example.org"], today=days_after(session, days), by=make_alice()
        )

    assert Invitation.objects.count() == 0


def test_nobody_is_invited_to_a_course_that_is_not_evaluated():
    session = make_session()

    with pytest.raises(WrongState, match="Say first"):
        actions.invite_people(session=session, emails=["a@example.org"], today=session.held_on, by=make_alice())


def test_nobody_answers_twice():
    [invitation] = make_invitations()
    answer(invitation, Moment.AFTER, 4)

    with pytest.raises(WrongState, match="already"):
        answer(invitation, Moment.AFTER, 5)

    assert EvaluationAnswer.objects.get().confidence == 4


def test_nobody_answers_out_of_time():
    [invitation] = make_invitations()
    answers = actions.evaluation.Answers(confidence=3, knowledge=3)

    with pytest.raises(WrongState, match="closed"):
        actions.answer_evaluation(
            invitation=invitation, moment=Moment.BASELINE, answers=answers, today=days_after(invitation.session, 1)
        )


def test_the_address_goes_with_the_last_answer_and_not_before():
    [invitation] = make_invitations()
    answer(invitation, Moment.AFTER)
    invitation.refresh_from_db()
    before = invitation.email

    answer(invitation, Moment.FOLLOW_UP)
    invitation.refresh_from_db()

    assert (before != "", invitation.email) == (True, "")


def test_who_declines_is_not_written_to_again():
    [invitation] = make_invitations()
    make_link(invitation=invitation)

    actions.decline_evaluation(invitation=invitation)
    actions.decline_evaluation(invitation=invitation)

    invitation.refresh_from_db()
    assert (invitation.email, invitation.declined_at is None) == ("", False)
    assert Letter.objects.get().status == LetterStatus.DROPPED
    assert AuditEvent.objects.filter(verb="evaluation.declined").count() == 1


def test_no_line_of_the_record_says_who():
    [invitation] = make_invitations()
    email = invitation.email
    answer(invitation, Moment.AFTER, will_do="A secret plan")
    actions.decline_evaluation(invitation=invitation)

    said = " ".join(f"{event.target_label} {event.detail} {event.by_label}" for event in AuditEvent.objects.all())

    assert [each for each in (email, invitation.number, invitation.number[:4], "secret") if each in said] == []


def test_words_are_quoted_only_with_the_persons_consent():
    one, two = make_invitations(2)
    kept = answer(one, Moment.AFTER, will_do="Listen.")
    quoted = answer(two, Moment.AFTER, will_do="Wait.", can_be_quoted=True)

    with pytest.raises(WrongState, match="not agreed"):
        actions.release_quote(answer=kept, question="will_do", by=make_alice())
    with pytest.raises(WrongState, match="no words"):
        actions.release_quote(answer=quoted, question="did", by=make_alice())
    with pytest.raises(WrongState, match="no words"):
        actions.release_quote(answer=quoted, question="pk", by=make_alice())

    quote = actions.release_quote(answer=quoted, question="will_do", by=make_alice())
    assert (quote.words, actions.release_quote(answer=quoted, question="will_do", by=make_alice())) == ("Wait.", quote)
    actions.take_back_quote(quote=quote, by=make_alice())
    assert quoted.quotations.count() == 0


def test_a_session_that_people_have_answered_after_keeps_its_day():
    session, alice = make_evaluated(), make_alice()
    [invitation] = make_invitations(1, session)
    answer(invitation, Moment.BASELINE)
    session = actions.change_session(session=session, version=1, held_on=days_after(session, 1), by=alice)
    invitation.refresh_from_db()
    answer(invitation, Moment.AFTER)

    with pytest.raises(WrongState, match="its date stays as it is"):
        actions.change_session(session=session, version=2, held_on=days_after(session, -30), by=alice)

    assert actions.change_session(session=session, version=2, venue="Library", by=alice).venue == "Library"
