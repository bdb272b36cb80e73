from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_bob, make_erin
from priorities import actions
from priorities.actions import Approval, HowImpactIsKnown, KnownBy
from priorities.choices import HowKnown, UpdateStatus
from priorities.models import Answer, ImpactEvidence, QuarterlyUpdate
from priorities.tests.factories import ANSWERS, make_measure, make_round_before, make_update

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus
AUDIT = KnownBy(kind=HowKnown.AUDIT, description="The audit of May: plans name the child's wishes.")
APPROVAL = Approval(name="Grace Hill", post="Superintendent")


def save(update, *, by=None, answers=None, **more):
    return actions.save_update(
        update=update, version=update.version, answers=answers or {}, values=[], by=by or make_bob(), **more
    )


def carried_update():
    """A complete draft whose answer on barriers is carried over from the year before, and that answer."""
    before = make_update(ACCEPTED, round=make_round_before())
    answer = before.answers.get(question__topic="barriers")
    update = make_update(DRAFT)
    return save(update, answers={"barriers": answer.text}, carried={"barriers": answer}), answer


def barriers(update):
    return update.answers.get(question__topic="barriers")


def test_further_questions_are_answered_like_the_others():
    update = save(make_update(), answers={"workforce": "Two posts are vacant.", "child_voice": ""})

    assert [(each.question.topic, each.text) for each in update.answers.all()] == [
        ("workforce", "Two posts are vacant.")
    ]


def test_an_emptied_answer_is_gone_and_one_left_out_stays():
    update = make_update(DRAFT, answers={"workforce": "Two posts are vacant."})

    update = save(update, answers={"workforce": "", "progress": "We met."})

    assert {each.question.topic: each.text for each in update.answers.all()} == {
        "progress": "We met.",
        "impact": ANSWERS["impact"],
        "barriers": ANSWERS["barriers"],
        "next_steps": ANSWERS["next_steps"],
    }
    assert (update.rag, update.rag_reason) == (ANSWERS["rag"], ANSWERS["rag_reason"])


def test_what_nobody_asked_is_not_kept():
    update, bob = make_update(DRAFT), make_bob()
    before = list(Answer.objects.values())

    with pytest.raises(KeyError):
        save(update, answers={"weather": "Sunny."}, by=bob)

    assert list(Answer.objects.values()) == before


def test_a_carried_answer_is_unchecked_and_knows_where_it_comes_from():
    update, answer = carried_update()

    assert (barriers(update).carried_from, barriers(update).is_unchecked) == (answer, True)


def test_a_carried_answer_stays_unchecked_while_other_answers_are_saved():
    update, _ = carried_update()

    save(update, answers={"barriers": ANSWERS["barriers"], "progress": "We met."})

    assert barriers(update).is_unchecked is True


@pytest.mark.parametrize(
    ("answers", "checked"),
    [({"barriers": "One post is vacant."}, ()), ({"barriers": ANSWERS["barriers"]}, {"barriers"})],
)
def test_other_words_or_a_tick_check_it(answers, checked):
    update, _ = carried_update()

    save(update, answers=answers, checked=checked)

    assert barriers(update).is_unchecked is False


def test_an_unchecked_answer_is_not_submitted():
    update, _ = carried_update()

    with pytest.raises(WrongState, match="Barriers and challenges \\(carried over, not checked\\)"):
        actions.submit_update(update=update, by=make_bob())

    update = save(update, answers={"barriers": ANSWERS["barriers"]}, checked={"barriers"})
    assert actions.submit_update(update=update, by=make_bob()).status == SUBMITTED


def test_an_unchecked_answer_to_what_is_no_longer_asked_is_in_nobody_s_way():
    update, _ = carried_update()

    actions.end_question(question=barriers(update).question, by=make_erin())

    assert actions.missing_answers(update) == []


def test_what_shows_an_impact_is_kept_and_replaced_as_a_whole():
    measure = make_measure()
    update = save(make_update(DRAFT), known=HowImpactIsKnown(known_by=(AUDIT,)))

    known = HowImpactIsKnown(known_by=(KnownBy(kind=HowKnown.MEASURE, measure=measure),))
    update = save(update, known=known)

    assert [(each.kind, each.measure, each.description) for each in update.impact_evidence.all()] == [
        ("measure", measure, "")
    ]
    assert str(update.impact_evidence.get()) == "A figure: Mace children"


def test_a_save_that_says_nothing_of_it_leaves_it():
    update = save(make_update(DRAFT), known=HowImpactIsKnown(known_by=(AUDIT,)))

    update = save(update, answers={"progress": "We met."})

    assert [each.description for each in update.impact_evidence.all()] == [AUDIT.description]


@pytest.mark.parametrize(
    ("answers", "known", "expected"),
    [
        ({}, None, True),
        ({}, HowImpactIsKnown(is_unshown=True), True),
        ({}, HowImpactIsKnown(known_by=(AUDIT,)), False),
        ({"impact": ""}, None, False),
    ],
)
def test_an_impact_with_nothing_linked_is_activity_only(answers, known, expected):
    update = make_update(DRAFT, answers=answers, known=known)

    assert update.is_unevidenced is expected
    assert list(QuarterlyUpdate.objects.without_impact_evidence()) == ([update] if expected else [])


def test_each_update_is_counted_once_as_activity_only():
    bare = make_update(DRAFT, answers={"workforce": "Two posts.", "risks": "Money."})
    make_update(DRAFT, priority="DA", known=HowImpactIsKnown(known_by=(AUDIT,)))
    make_update(priority="EH")

    assert list(QuarterlyUpdate.objects.without_impact_evidence()) == [bare]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "measure", "description": "The number of panels"},
        {"kind": "audit"},
        {"kind": "rumour", "description": "Somebody said so"},
    ],
)
def test_the_database_keeps_out_what_shows_nothing(wrong):
    update = make_update(DRAFT)

    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactEvidence.objects.create(update=update, **wrong)


def test_where_nobody_approves_nothing_is_declared():
    update = actions.submit_update(update=make_update(DRAFT), approval=APPROVAL, by=make_bob())

    assert (update.approved_by_name, update.approved_by_post, update.declared_at) == ("", "", None)


def test_where_somebody_approves_submitting_needs_to_say_who():
    update, bob = make_update(DRAFT), make_bob()
    actions.choose_approval(agency=update.agency, has_approver=True, by=bob)

    with pytest.raises(WrongState, match="Enter who approved it"):
        actions.submit_update(update=update, by=bob)
    with time_machine.travel(datetime(2023, 4, 14, 12, tzinfo=UTC), tick=False):
        update = actions.submit_update(update=update, approval=APPROVAL, by=bob)

    assert (update.approved_by_name, update.approved_by_post) == ("Grace Hill", "Superintendent")
    assert update.declared_at == update.submitted_at == datetime(2023, 4, 14, 12, tzinfo=UTC)


def test_a_declaration_holds_for_one_submission():
    update, bob = make_update(DRAFT), make_bob()
    actions.choose_approval(agency=update.agency, has_approver=True, by=bob)
    update = actions.submit_update(update=update, approval=APPROVAL, by=bob)
    update = actions.return_update(update=update, reason="Say how you know.", by=make_erin())
    assert update.approved_by_name == "Grace Hill"

    with pytest.raises(WrongState):
        actions.submit_update(update=update, by=bob)
    actions.choose_approval(agency=update.agency, has_approver=False, by=bob)

    assert actions.submit_update(update=update, by=bob).declared_at is None


@pytest.mark.parametrize("part", [{"approved_by_name": ""}, {"approved_by_post": ""}, {"declared_at": None}])
def test_a_declaration_is_whole(part):
    update, bob = make_update(DRAFT), make_bob()
    actions.choose_approval(agency=update.agency, has_approver=True, by=bob)
    actions.submit_update(update=update, approval=APPROVAL, by=bob)

    with pytest.raises(IntegrityError), transaction.atomic():
        QuarterlyUpdate.objects.filter(pk=update.pk).update(**part)


def test_a_choice_is_written_down_once():
    agency, bob = make_agency(), make_bob()

    for has_approver in (True, True, False):
        actions.choose_approval(agency=agency, has_approver=has_approver, by=bob)

    events = AuditEvent.objects.filter(verb="approval.chosen").order_by("pk")
    assert [event.detail for event in events] == [
        "Somebody else approves its updates",
        "Nobody else approves its updates",
    ]
