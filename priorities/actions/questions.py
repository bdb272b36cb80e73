"""What a round asks: taken from the round before, and changed by the board while it is answered."""

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import WrongState
from priorities.models import Priority, Question, UpdateRound
from priorities.standard_questions import STANDARD_QUESTIONS

CARRIED_ON = ("topic", "words", "help", "is_required", "priority_id", "order")
"""What a round's question hands on to the same question of the next round."""


def take_questions(round: UpdateRound) -> None:
    """Give a new round the questions of the latest round before it, or the standard ones where there is none."""
    earlier = UpdateRound.objects.exclude(pk=round.pk).filter(period__ends_on__lte=round.period.ends_on)
    before = earlier.order_by("-period__ends_on", "-due_on", "-pk").first()
    questions = [
        Question(round=round, **{name: getattr(question, name) for name in CARRIED_ON})
        for question in (before.questions.asked() if before else ())
    ]
    Question.objects.bulk_create(questions or _standard_questions(round))


@transaction.atomic
def add_question(
    *,
    round: UpdateRound,
    topic: str,
    words: str,
    help: str = "",
    is_required: bool = False,
    priority: Priority | None = None,
    by: User,
) -> Question:
    """Ask one thing more in a round, at the end; raises `WrongState` where it asks about the topic already."""
    _lock(round)
    question = Question(round=round, topic=topic, words=words, help=help, is_required=is_required, priority=priority)
    _require_free_topic(question)
    last = round.questions.last()
    question.order = last.order + 1 if last else 0
    question.save()
    audit.record("round.question-added", target=round, by=by, detail=_in_words(question))
    return question


@transaction.atomic
def change_question(
    *, question: Question, topic: str, words: str, help: str, is_required: bool, priority: Priority | None, by: User
) -> Question:
    """Ask in another way; raises `WrongState` where answers, or what somebody writes now, would lose their question."""
    question = _locked(question)
    before = _in_words(question)
    if topic != question.topic and question.has_been_asked:
        raise WrongState(f"Agencies are asked “{question}” already, so what it is about cannot change. Add another.")
    if priority not in (None, question.priority) and question.has_been_asked_beside(priority):
        raise WrongState(f"Agencies are asked “{question}” on other priorities already, so it stays open to them.")
    question.topic, question.words, question.help = topic, words, help
    question.is_required, question.priority = is_required, priority
    _require_free_topic(question)
    question.save()
    audit.record(
        "round.question-changed", target=question.round, by=by, detail=f"From: {before}\nTo: {_in_words(question)}"
    )
    return question


@transaction.atomic
def move_question(*, question: Question, is_up: bool, by: User) -> Question:
    """Let a question change places with the one before or after it, among those that must be answered or the others.

    At either end it stays where it is.
    """
    question = _locked(question)
    questions = sorted(question.round.questions.all(), key=lambda one: not one.is_required)
    beside = [one for one in questions if one.is_required == question.is_required and not one.ended_at]
    if question not in beside:
        raise WrongState(f"“{question}” is no longer asked.")
    place = beside.index(question) + (-1 if is_up else 1)
    if 0 <= place < len(beside):
        here, there = questions.index(question), questions.index(beside[place])
        questions[here], questions[there] = questions[there], questions[here]
        for order, one in enumerate(questions):
            one.order = order
        Question.objects.bulk_update(questions, ["order"])
        audit.record("round.question-moved", target=question.round, by=by, detail=_in_words(question))
    return question


@transaction.atomic
def remove_question(*, question: Question, by: User) -> None:
    """Take a question away that no agency has been asked; raises `WrongState` otherwise."""
    question = _locked(question)
    if question.has_been_asked:
        raise WrongState(f"Agencies are asked “{question}” already, so it cannot be removed. You can stop asking it.")
    audit.record("round.question-removed", target=question.round, by=by, detail=_in_words(question))
    question.delete()


@transaction.atomic
def end_question(*, question: Question, by: User) -> Question:
    """Ask it no more; its answers stay and can be read. Raises `WrongState` if it is not asked any more already."""
    question = _locked(question)
    if question.ended_at:
        raise WrongState(f"“{question}” is no longer asked already.")
    question.ended_at, question.ended_by = timezone.now(), by
    question.save()
    audit.record("round.question-ended", target=question.round, by=by, detail=_in_words(question))
    return question


@transaction.atomic
def ask_question_again(*, question: Question, by: User) -> Question:
    """Ask what was no longer asked; raises `WrongState` if it is asked."""
    question = _locked(question)
    if not question.ended_at:
        raise WrongState(f"“{question}” is asked already.")
    question.ended_at = question.ended_by = None
    question.save()
    audit.record("round.question-asked-again", target=question.round, by=by, detail=_in_words(question))
    return question


def _standard_questions(round: UpdateRound) -> list[Question]:
    return [
        Question(
            round=round, topic=each.topic, words=each.words, help=each.help, is_required=each.is_required, order=order
        )
        for order, each in enumerate(STANDARD_QUESTIONS)
    ]


def _lock(round: UpdateRound) -> None:
    """Two people change a round's questions one after the other."""
    UpdateRound.objects.select_for_update().get(pk=round.pk)


def _locked(question: Question) -> Question:
    _lock(question.round)
    locked = Question.objects.select_for_update(of=("self",)).select_related("round").filter(pk=question.pk).first()
    if locked is None:
        raise WrongState(f"“{question}” was removed in the meantime.")
    return locked


def _require_free_topic(question: Question) -> None:
    if Question.objects.about_the_same_as(question).exists():
        raise WrongState(f"This round asks about “{question.get_topic_display()}” already.")


def _in_words(question: Question) -> str:
    need = "must be answered" if question.is_required else "may be left empty"
    only = f", only for {question.priority}" if question.priority else ""
    return f"{question} ({need}{only})"
