import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_bob
from priorities import actions
from priorities.choices import Topic, UpdateStatus
from priorities.models import Question
from priorities.standard_questions import STANDARD_QUESTIONS
from priorities.tests.factories import make_priority, make_round, make_round_before, make_update

pytestmark = pytest.mark.django_db

STANDARD = [question.words for question in STANDARD_QUESTIONS]


def words(round):
    return [question.words for question in round.questions.asked()]


def question(topic, round=None):
    return (round or make_round()).questions.get(topic=topic)


def add(round=None, **fields):
    fields = {"topic": Topic.OTHER, "words": "What about the summer?", **fields}
    return actions.add_question(round=round or make_round(), **fields, by=make_alice())


def change(question, **fields):
    same = {name: getattr(question, name) for name in ("topic", "words", "help", "is_required", "priority")}
    return actions.change_question(question=question, **same | fields, by=make_alice())


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Question, AuditEvent)]


def test_the_first_round_asks_the_ten_topics_four_of_which_must_be_answered():
    asked = make_round().questions.all()

    assert {question.topic for question in asked} == set(Topic) - {Topic.OTHER}
    assert [question.topic for question in asked if question.is_required] == [
        Topic.PROGRESS,
        Topic.IMPACT,
        Topic.BARRIERS,
        Topic.NEXT_STEPS,
    ]


def test_a_round_takes_over_what_the_round_before_asks():
    before = make_round_before()
    add(before, is_required=True, priority=make_priority("CE"), help="In June and July.")
    actions.end_question(question=question(Topic.WORKFORCE, before), by=make_alice())
    change(question(Topic.RISKS, before), words="What worries you?")
    actions.move_question(question=question(Topic.BARRIERS, before), is_up=True, by=make_alice())

    round = make_round()

    assert words(round) == words(before)
    assert "Workforce" not in words(round)
    taken = round.questions.get(topic=Topic.OTHER)
    assert (taken.words, taken.help, taken.is_required, taken.priority) == (
        "What about the summer?",
        "In June and July.",
        True,
        make_priority("CE"),
    )


def test_what_a_later_round_asks_is_not_taken_over_by_an_earlier_one():
    change(question(Topic.RISKS, make_round()), words="What worries you?")

    assert words(make_round_before()) == STANDARD


def test_a_change_in_one_round_leaves_the_round_before_as_it_was():
    before = make_round_before()

    change(question(Topic.RISKS, make_round()), words="What worries you?")

    assert words(before) == STANDARD


def test_an_added_question_comes_last_and_is_written_down():
    round = make_round()

    add(round)

    assert words(round) == [*STANDARD, "What about the summer?"]
    event = AuditEvent.objects.get(verb="round.question-added")
    assert (event.target_id, event.by_label, event.detail) == (
        round.pk,
        "Alice",
        "What about the summer? (may be left empty)",
    )


def test_questions_of_no_topic_are_as_many_as_wanted():
    add(words="One?")
    add(words="Two?")

    assert words(make_round())[-2:] == ["One?", "Two?"]


def test_a_topic_is_asked_once():
    make_round()
    before = everything()

    with pytest.raises(WrongState, match="asks about “Workforce” already"):
        add(topic=Topic.WORKFORCE)

    assert everything()[0] == before[0]


def test_a_topic_of_everybody_is_not_asked_of_one_priority_besides():
    with pytest.raises(WrongState, match="already"):
        add(topic=Topic.WORKFORCE, priority=make_priority())


def test_a_topic_can_be_asked_of_two_priorities_in_two_ways():
    round = make_round()
    actions.remove_question(question=question(Topic.WORKFORCE), by=make_alice())

    add(topic=Topic.WORKFORCE, priority=make_priority("CE"), words="Detectives?")
    add(topic=Topic.WORKFORCE, priority=make_priority("DA"), words="Advocates?")

    assert words(round)[-2:] == ["Detectives?", "Advocates?"]


@pytest.mark.parametrize("priority", [None, "CE"])
def test_the_database_keeps_a_topic_single_too(priority):
    fields = {
        "round": make_round(),
        "topic": Topic.WORKFORCE,
        "words": "Again?",
        "priority": priority and make_priority(priority),
    }
    if priority:
        Question.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(**fields)


def test_a_question_of_one_priority_is_asked_there_only():
    add(priority=make_priority("CE"), is_required=True)
    theirs, others = make_update(priority="CE"), make_update(priority="DA")

    missing = [actions.missing_answers(update) for update in (theirs, others)]

    assert ["What about the summer?" in each for each in missing] == [True, False]


@pytest.mark.parametrize("status", [UpdateStatus.NOT_STARTED, UpdateStatus.DRAFT])
def test_what_agencies_are_asked_keeps_its_topic_and_can_be_worded_anew(status):
    make_update(status)
    asked = question(Topic.PROGRESS)
    before = everything()[0]

    with pytest.raises(WrongState, match="what it is about cannot change"):
        change(asked, topic=Topic.OTHER)
    assert everything()[0] == before

    assert change(asked, words="What did you do?").words == "What did you do?"
    assert AuditEvent.objects.get(verb="round.question-changed").detail == (
        "From: Progress this quarter (must be answered)\nTo: What did you do? (must be answered)"
    )


@pytest.mark.parametrize("status", [UpdateStatus.NOT_STARTED, UpdateStatus.DRAFT])
def test_what_another_priority_is_asked_stays_open_to_it(status):
    make_update(status, priority="CE")

    with pytest.raises(WrongState, match="other priorities"):
        change(question(Topic.PROGRESS), priority=make_priority("DA"))

    assert change(question(Topic.PROGRESS), priority=make_priority("CE")).priority == make_priority("CE")


@pytest.mark.parametrize("status", UpdateStatus)
def test_what_agencies_are_asked_is_not_removed(status):
    """Somebody may have it open, and has typed an answer that nobody knows of yet."""
    make_update(status)
    before = everything()

    with pytest.raises(WrongState, match="You can stop asking it"):
        actions.remove_question(question=question(Topic.PROGRESS), by=make_alice())

    assert everything()[0] == before[0]


def test_what_no_agency_is_asked_is_removed():
    actions.remove_question(question=question(Topic.WORKFORCE), by=make_alice())

    assert "Workforce" not in words(make_round())


def test_two_who_remove_the_same_question_are_told_so():
    workforce, alice = question(Topic.WORKFORCE), make_alice()
    copy = Question.objects.get(pk=workforce.pk)
    actions.remove_question(question=workforce, by=alice)

    with pytest.raises(WrongState, match="removed in the meantime"):
        actions.remove_question(question=copy, by=alice)


def test_what_is_no_longer_asked_keeps_its_answers_and_is_not_missed():
    update = make_update(UpdateStatus.DRAFT)
    other = make_update(agency="health")
    progress = question(Topic.PROGRESS)

    actions.end_question(question=progress, by=make_alice())

    assert update.answer("progress") == "Panels met every month."
    assert "Progress this quarter" not in actions.missing_answers(other)
    assert actions.submit_update(update=update, by=make_bob()).status == UpdateStatus.SUBMITTED


def test_ending_and_asking_again_happen_once_each():
    workforce, alice = question(Topic.WORKFORCE), make_alice()
    with pytest.raises(WrongState):
        actions.ask_question_again(question=workforce, by=alice)

    actions.end_question(question=workforce, by=alice)
    with pytest.raises(WrongState):
        actions.end_question(question=workforce, by=alice)
    with pytest.raises(WrongState):
        actions.move_question(question=workforce, is_up=True, by=alice)
    actions.ask_question_again(question=workforce, by=alice)

    assert words(make_round()) == STANDARD


@pytest.mark.parametrize("half", ["ended_at", "ended_by"])
def test_the_end_of_a_question_has_a_time_and_a_person(half):
    ended = actions.end_question(question=question(Topic.WORKFORCE), by=make_alice())

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=ended.pk).update(**{half: None})


def required(round):
    return [question.topic for question in round.questions.all() if question.is_required]


def test_a_question_changes_places_among_its_like():
    round, alice = make_round(), make_alice()

    actions.move_question(question=question(Topic.NEXT_STEPS), is_up=True, by=alice)
    assert required(round) == [Topic.PROGRESS, Topic.IMPACT, Topic.NEXT_STEPS, Topic.BARRIERS]
    actions.move_question(question=question(Topic.PROGRESS), is_up=False, by=alice)
    assert required(round) == [Topic.IMPACT, Topic.PROGRESS, Topic.NEXT_STEPS, Topic.BARRIERS]


@pytest.mark.parametrize(("topic", "is_up"), [(Topic.PROGRESS, True), (Topic.RISKS, False), (Topic.EVIDENCE, True)])
def test_at_the_end_it_stays_where_it_is(topic, is_up):
    round = make_round()

    actions.move_question(question=question(topic), is_up=is_up, by=make_alice())

    assert words(round) == STANDARD
    assert not AuditEvent.objects.filter(verb="round.question-moved").exists()


def test_a_move_passes_over_what_is_no_longer_asked():
    round, alice = make_round(), make_alice()
    actions.end_question(question=question(Topic.BARRIERS), by=alice)

    actions.move_question(question=question(Topic.NEXT_STEPS), is_up=True, by=alice)

    assert words(round)[:3] == ["Progress this quarter", "Next steps", "Impact on children"]
