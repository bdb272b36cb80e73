"""What a round asks where there is no round before it to take the questions from: the fields of a quarterly partner
update as boards use them (domain.md 3.2), in plain words."""

from dataclasses import dataclass

from priorities.choices import Topic


@dataclass(frozen=True)
class StandardQuestion:
    topic: Topic
    help: str
    missing: str = ""
    """What is said where a required one has no answer."""
    is_required: bool = False

    @property
    def words(self) -> str:
        return str(self.topic.label)


STANDARD_QUESTIONS = (
    StandardQuestion(
        Topic.PROGRESS,
        "What was done this quarter towards this priority?",
        "Enter what was done this quarter",
        is_required=True,
    ),
    StandardQuestion(
        Topic.IMPACT,
        "What changed for children, for which children, and how do you know?",
        "Enter what changed for children, or that nothing is known to have changed yet",
        is_required=True,
    ),
    StandardQuestion(
        Topic.BARRIERS,
        "What stood in the way?",
        "Enter what stood in the way, or that nothing did",
        is_required=True,
    ),
    StandardQuestion(
        Topic.NEXT_STEPS,
        "What will you do next quarter, and by when?",
        "Enter what you will do next",
        is_required=True,
    ),
    StandardQuestion(
        Topic.EVIDENCE,
        "Which documents, audits or figures show what you say? You can add files to this update.",
        "Enter what shows it",
    ),
    StandardQuestion(
        Topic.CHILD_VOICE,
        "What did children and young people tell you, and what did you do about it?",
        "Enter what children and young people told you",
    ),
    StandardQuestion(
        Topic.PRACTITIONER_VOICE,
        "What do practitioners say helps or hinders their work with children?",
        "Enter what practitioners say",
    ),
    StandardQuestion(
        Topic.WORKFORCE,
        "Vacancies, turnover and training, where they affect this priority.",
        "Enter how the workforce is",
    ),
    StandardQuestion(
        Topic.SUPPORT,
        "What do you need from the board, and by when?",
        "Enter what you ask of the board, or that you ask nothing",
    ),
    StandardQuestion(
        Topic.RISKS,
        "What should the board know of before it goes wrong?",
        "Enter the risks, or that there are none",
    ),
)

WHAT_IS_MISSING = {question.topic: question.missing for question in STANDARD_QUESTIONS}
