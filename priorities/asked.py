"""What an update is asked in words, with what it says and what the same agency said the quarter before."""

from collections.abc import Mapping
from dataclasses import dataclass

from priorities.choices import Topic
from priorities.models import Answer, QuarterlyUpdate, Question


@dataclass(frozen=True)
class Asked:
    """One question of an update, with its answer and the one before, where there are any."""

    question: Question
    answer: Answer | None
    before: Answer | None

    @property
    def name(self) -> str:
        return self.question.name

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def before_text(self) -> str:
        return self.before.text if self.before else ""

    @property
    def is_unchecked(self) -> bool:
        """Whether it is carried over and nobody has looked at it since."""
        return self.answer is not None and self.answer.is_unchecked

    @property
    def is_as_before(self) -> bool:
        """Whether it says the same words as the quarter before."""
        return bool(self.text) and self.text.split() == self.before_text.split()

    @property
    def is_of_impact(self) -> bool:
        return self.question.topic == Topic.IMPACT

    @property
    def is_of_evidence(self) -> bool:
        return self.question.topic == Topic.EVIDENCE


def questions_with_answers(
    update: QuarterlyUpdate, *, before: QuarterlyUpdate | None = None, typed: Mapping[str, str] | None = None
) -> list[Asked]:
    """What the update is asked, and what it answered while that was asked: what must be answered first.

    `before` is the update whose answers stand beside. `typed` holds what is being answered, by the questions' names:
    a question that the board has ended meanwhile is kept for it. Two queries, and one more for `before`.
    """
    typed = typed or {}
    answers = {answer.question_id: answer for answer in update.answers.select_related("carried_from__update__round")}
    said_before = _answers_by_subject(before) if before else {}
    return [
        Asked(question, answers.get(question.pk), said_before.get(_subject(question)))
        for question in sorted(Question.objects.meant_for(update), key=lambda one: not one.is_required)
        if not question.ended_at or question.pk in answers or typed.get(question.name, "").strip()
    ]


def _answers_by_subject(update: QuarterlyUpdate) -> dict[str, Answer]:
    return {_subject(answer.question): answer for answer in update.answers.select_related("question")}


def _subject(question: Question) -> str:
    """What makes it the same question in another round: its topic, or its words where it has none of its own."""
    return question.topic if question.topic != Topic.OTHER else f"other {question.words.casefold()}"
