"""An assessment standard by standard, as its pages and its file show it. Who may see it is decided before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from priorities.models import AgreedAction
from reviews.models import AnswerEvidence, Challenge, SelfAssessment, Standard, StandardAnswer
from reviews.survey import survey_in_words


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """A standard with what an agency answered, and what came of it."""

    standard: Standard
    answer: StandardAnswer | None
    links: Sequence[AnswerEvidence] = ()
    challenges: Sequence[Challenge] = ()
    actions: Sequence[AgreedAction] = ()
    survey: str = ""

    @property
    def has_answer(self) -> bool:
        """Whether it says anything; one left empty does not count."""
        return self.answer is not None and not self.answer.is_empty

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and self.answer.grade_id is not None

    @property
    def is_settled(self) -> bool:
        return self.answer is not None and self.answer.agreed_grade_id is not None


def answer_rows(assessment: SelfAssessment) -> list[AnswerRow]:
    """The standards of the round with the answers of one agency: a fixed number of queries."""
    answers = {answer.standard_id: answer for answer in _answers(assessment)}
    surveys = {
        result.standard_id: survey_in_words(asked=result.asked, answered=result.answered, agreeing=result.agreeing)
        for result in assessment.survey_results.all()
    }
    standards = assessment.round.standards.prefetch_related("descriptors__grade")
    return [_row(standard, answers.get(standard.pk), surveys.get(standard.pk, "")) for standard in standards]


def _answers(assessment: SelfAssessment) -> models.QuerySet[StandardAnswer]:
    named = assessment.answers.select_related(
        "grade", "agreed_grade", "carried_from__agreed_grade", "carried_from__assessment__round"
    )
    return named.prefetch_related(
        models.Prefetch("evidence_links", AnswerEvidence.objects.shown()),
        models.Prefetch("challenges", Challenge.objects.select_related("agency", "suggested_grade")),
        "actions",
    )


def _row(standard: Standard, answer: StandardAnswer | None, survey: str) -> AnswerRow:
    if answer is None:
        return AnswerRow(standard=standard, answer=None, survey=survey)
    return AnswerRow(
        standard=standard,
        answer=answer,
        links=list(answer.evidence_links.all()),
        challenges=list(answer.challenges.all()),
        actions=list(answer.actions.all()),
        survey=survey,
    )
