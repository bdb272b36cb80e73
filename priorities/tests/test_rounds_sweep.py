"""Every state of a round and of a question in it × every verb: done, or refused with nothing changed."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_period
from priorities import actions, rounds
from priorities.choices import Topic
from priorities.models import Answer, QuarterlyUpdate, Question, UpdateRound
from priorities.tests.factories import make_duty, make_priority, make_update

pytestmark = pytest.mark.django_db

TO_COME, ASKED, ANSWERED, PAST = "to come", "asked", "answered", "past its due date"
ROUNDS = (TO_COME, ASKED, ANSWERED, PAST)
STANDS, ENDED = "asked", "no longer asked"


def make_round_in(state, *, by):
    """A round that asks the police about one priority, with a workforce question that may be left empty."""
    duty = make_duty()
    opens_on = timezone.localdate() + timedelta({TO_COME: 3, PAST: -60}.get(state, 0))
    round = actions.open_round(
        title="Quarter 4", period=make_period(), opens_on=opens_on, due_on=opens_on + timedelta(30), by=by
    )
    if state == ANSWERED:
        [update] = round.updates.filter(agency=duty.agency)
        actions.save_update(update=update, version=0, answers={"workforce": "Two posts are vacant."}, values=(), by=by)
    return round


def change(question, by, **fields):
    names = ("topic", "words", "help", "is_required", "priority")
    return actions.change_question(
        question=question, **{name: getattr(question, name) for name in names} | fields, by=by
    )


OF_A_QUESTION = {
    "say it in other words": lambda question, by: change(question, by, words="Who is missing?"),
    "be about something else": lambda question, by: change(question, by, topic=Topic.OTHER),
    "ask it on another priority only": lambda question, by: change(question, by, priority=make_priority("DA")),
    "ask it on this priority only": lambda question, by: change(question, by, priority=make_priority("CE")),
    "move": lambda question, by: actions.move_question(question=question, is_up=True, by=by),
    "remove": lambda question, by: actions.remove_question(question=question, by=by),
    "end": lambda question, by: actions.end_question(question=question, by=by),
    "ask again": lambda question, by: actions.ask_question_again(question=question, by=by),
}

REFUSED = {
    *product((ASKED, ANSWERED, PAST), (STANDS, ENDED), ("be about something else",)),
    *product((ASKED, ANSWERED, PAST), (STANDS, ENDED), ("ask it on another priority only", "remove")),
    *product(ROUNDS, (STANDS,), ("ask again",)),
    *product(ROUNDS, (ENDED,), ("end", "move")),
}
"""Once agencies are asked, no answer loses its question, even one that somebody is only typing."""


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (UpdateRound, Question, QuarterlyUpdate, Answer, AuditEvent)
    ]


@pytest.mark.parametrize(("state", "of_question", "verb"), list(product(ROUNDS, (STANDS, ENDED), OF_A_QUESTION)))
def test_each_verb_of_a_question_is_done_or_refused_in_each_state(state, of_question, verb):
    alice = make_alice()
    question = make_round_in(state, by=alice).questions.get(topic=Topic.WORKFORCE)
    make_priority("DA")
    if of_question == ENDED:
        actions.end_question(question=question, by=alice)
    before = everything()

    if (state, of_question, verb) in REFUSED:
        with pytest.raises(WrongState):
            OF_A_QUESTION[verb](question, alice)
        assert everything() == before
    else:
        OF_A_QUESTION[verb](question, alice)
        assert len(everything()[-1]) == len(before[-1]) + 1
        assert everything()[2:4] == before[2:4]


OF_A_ROUND = {
    "change the due date": lambda round, by: rounds.change_due_date(
        round=round, due_on=round.due_on + timedelta(7), reason="Easter", by=by
    ),
    "add a question": lambda round, by: actions.add_question(
        round=round, topic=Topic.OTHER, words="What about the summer?", by=by
    ),
}


@pytest.mark.parametrize(("state", "verb"), list(product(ROUNDS, OF_A_ROUND)))
def test_a_round_can_be_put_right_in_each_state(state, verb):
    alice = make_alice()
    round = make_round_in(state, by=alice)
    before = everything()

    OF_A_ROUND[verb](round, alice)

    assert len(everything()[-1]) == len(before[-1]) + 1
    assert everything()[2:4] == before[2:4]


@pytest.mark.parametrize("state", ROUNDS)
def test_a_topic_is_added_once_in_each_state(state):
    alice = make_alice()
    round = make_round_in(state, by=alice)
    before = everything()

    with pytest.raises(WrongState):
        actions.add_question(round=round, topic=Topic.WORKFORCE, words="Who is missing?", by=alice)

    assert everything() == before


@pytest.mark.parametrize(("state", "asked"), [(TO_COME, 1), (ASKED, 0), (ANSWERED, 0), (PAST, 0)])
def test_a_round_asks_once_in_each_state(state, asked):
    alice = make_alice()
    round = make_round_in(state, by=alice)
    before = everything()

    assert len(actions.ask_for_updates(round=round, by=alice)) == asked
    assert (everything() == before) is (asked == 0)


def test_a_question_of_one_priority_that_nobody_is_asked_on_can_still_be_removed():
    alice, update = make_alice(), make_update(priority="CE")
    question = actions.add_question(
        round=update.round, topic=Topic.OTHER, words="Which refuges?", priority=make_priority("DA"), by=alice
    )

    actions.remove_question(question=question, by=alice)

    assert not Question.objects.filter(pk=question.pk).exists()


def test_nobody_is_asked_to_report_on_a_priority_that_has_ended():
    alice, priority = make_alice(), make_priority("CE")
    duty = make_duty("police", "CE")
    rounds.end_duty(duty=duty, by=alice)
    actions.end_part(part=priority, by=alice)

    with pytest.raises(WrongState, match="has ended"):
        rounds.add_duty(agency=duty.agency, priority=priority, by=alice)
