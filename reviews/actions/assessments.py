"""What an agency does with the self-assessment that it was asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit, evidence
from partnership.evidence import SentFile
from partnership.models import Evidence, User
from partnership.states import StaleSave, WrongState
from priorities import actions as priorities_actions
from priorities.models import AgreedAction
from reviews.actions.audits import require_uncounted
from reviews.choices import AssessmentStatus
from reviews.models import (
    AnswerEvidence,
    Grade,
    SelfAssessment,
    Standard,
    StandardAnswer,
    SurveyResult,
)

MOST_FOR_ANSWER = 20


@dataclass(frozen=True, kw_only=True)
class StaffSaid:
    """What the staff of an agency said of a standard, as counts."""

    asked: int
    answered: int
    agreeing: int


@transaction.atomic
def save_answer(
    *,
    assessment: SelfAssessment,
    standard: Standard,
    version: int,
    grade: Grade | None,
    narrative: str,
    is_checked: bool = False,
    kept: Iterable[str] = (),
    by: User,
) -> StandardAnswer:
    """Keep an agency's answer in one standard, complete or not. A carried one that is changed counts as checked.

    Nothing is kept of an answer that was empty and stays so: its version is the one that was read.
    `version` is that of the answer which was read, 0 where there was none; raises `StaleSave` if it is not the latest.
    """
    assessment = _open(assessment)
    answer = _answer(assessment, standard)
    if answer.version != version:
        raise StaleSave(f"{answer} was saved by somebody else in the meantime.")
    if answer.is_empty and not (grade or narrative):
        return answer
    _begin(assessment)
    is_changed = (answer.grade_id, answer.narrative) != (grade.pk if grade else None, narrative)
    answer.is_unchecked = answer.is_unchecked and not (is_checked or is_changed)
    answer.grade, answer.narrative = grade, narrative
    answer.version += 1
    answer.save()
    audit.record("assessment.saved", target=assessment, by=by, detail="\n".join([str(standard), *kept]))
    return answer


@transaction.atomic
def carry_forward_answers(*, assessment: SelfAssessment, by: User) -> list[StandardAnswer]:
    """Bring in what the agency answered in the round before, where it has no answer yet. Each has to be checked.

    The grade is the one that counted then: where it was settled after a challenge, the agreed one.
    """
    assessment = _begun(assessment)
    grades = {grade.name: grade for grade in assessment.round.grades.all()}
    there = {answer.standard_id: answer for answer in assessment.answers.all()}
    before = StandardAnswer.objects.filter(assessment__agency=assessment.agency).filled()
    by_standard = {answer.standard_id: answer for answer in before.select_related("grade", "agreed_grade")}
    carried = [
        _carried(answer, old, grades)
        for standard in assessment.round.standards.all()
        if (old := by_standard.get(standard.carried_from_id or 0))
        and (answer := there.get(standard.pk, StandardAnswer(assessment=assessment, standard=standard))).is_empty
    ]
    if not carried:
        raise WrongState("There is no earlier answer to bring in.")
    for answer in carried:
        answer.save()
    detail = "\n".join(str(answer.standard) for answer in carried)
    audit.record("assessment.carried-forward", target=assessment, by=by, detail=detail)
    return carried


def _carried(answer: StandardAnswer, old: StandardAnswer, grades: Mapping[str, Grade]) -> StandardAnswer:
    """The answer, filled from an earlier one; a grade that the round no longer has is left out."""
    answer.grade = grades.get(old.final_grade.name) if old.final_grade else None
    answer.narrative, answer.carried_from, answer.is_unchecked = old.narrative, old, True
    answer.version += 1
    return answer


@transaction.atomic
def sign_off_assessment(*, assessment: SelfAssessment, name: str, post: str, by: User) -> SelfAssessment:
    """Say that somebody answers for a complete assessment; raises `WrongState` while an answer is missing."""
    assessment = _locked(assessment)
    if assessment.is_open and (missing := missing_answers(assessment)):
        raise WrongState(f"{assessment} is not complete: {', '.join(missing)}.")
    assessment.move_to(AssessmentStatus.SIGNED_OFF)
    assessment.signed_off_at, assessment.signed_off_by = timezone.now(), by
    assessment.signed_off_name, assessment.signed_off_post = name, post
    assessment.reopen_reason = ""
    assessment.save()
    audit.record("assessment.signed-off", target=assessment, by=by, detail=f"{name}, {post}")
    return assessment


@transaction.atomic
def reopen_assessment(*, assessment: SelfAssessment, reason: str, by: User) -> SelfAssessment:
    """Open a signed-off assessment again; raises `WrongState` where the signed report of its period counts it."""
    assessment = _locked(assessment)
    require_uncounted(assessment.round, assessment.signed_off_at)
    assessment.move_to(AssessmentStatus.REOPENED)
    assessment.signed_off_at = assessment.signed_off_by = None
    assessment.signed_off_name = assessment.signed_off_post = ""
    assessment.reopen_reason = reason
    assessment.save()
    audit.record("assessment.reopened", target=assessment, by=by, detail=reason)
    return assessment


def missing_answers(assessment: SelfAssessment) -> list[str]:
    """What is still needed before an assessment can be signed off, a phrase for each standard that lacks it."""
    answers = {answer.standard_id: answer for answer in assessment.answers.all()}
    lacks = ((standard, _lack(answers.get(standard.pk))) for standard in assessment.round.standards.all())
    return [f"{standard} ({lack})" for standard, lack in lacks if lack]


def _lack(answer: StandardAnswer | None) -> str:
    if answer is None or answer.is_empty:
        return "no answer"
    if answer.is_unchecked:
        return "carried over, not checked"
    return "no grade" if not answer.grade_id else "" if answer.narrative else "no reason"


@transaction.atomic
def record_survey(*, assessment: SelfAssessment, results: Mapping[Standard, StaffSaid], by: User) -> SelfAssessment:
    """Keep the result of the staff survey by standard; a standard that is left out has none.

    Raises `WrongState` where a signed report counts the assessment.
    """
    assessment = _locked(assessment)
    require_uncounted(assessment.round, assessment.signed_off_at)
    assessment.survey_results.all().delete()
    SurveyResult.objects.bulk_create(
        SurveyResult(
            assessment=assessment,
            standard=standard,
            asked=said.asked,
            answered=said.answered,
            agreeing=said.agreeing,
        )
        for standard, said in results.items()
    )
    audit.record("assessment.survey-recorded", target=assessment, by=by)
    return assessment


@transaction.atomic
def agree_gap_action(*, answer: StandardAnswer, text: str, due_on: date, owner_post: str, by: User) -> AgreedAction:
    """Make an agreed action of the agency of a gap; raises `WrongState` where the answer has the best grade."""
    answer = StandardAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if not answer.is_gap:
        raise WrongState("Only a grade below the best is a gap.")
    action = priorities_actions.agree_action(
        text=text, owner=answer.assessment.agency, owner_post=owner_post, due_on=due_on, by=by
    )
    answer.actions.add(action)
    audit.record("assessment.action-agreed", target=answer.assessment, by=by, detail=f"{answer.standard}: {action}")
    return action


@transaction.atomic
def add_answer_evidence(
    *,
    assessment: SelfAssessment,
    standard: Standard,
    files: Sequence[SentFile],
    title: str = "",
    remark: str = "",
    by: User,
) -> list[Evidence]:
    """Keep files with an answer, all or none; each is checked before it can be downloaded."""
    assessment = _begun(assessment)
    answer = _answer(assessment, standard)
    if answer.pk is None:
        answer.save()
    if AnswerEvidence.objects.filter(answer=answer).shown().count() + len(files) > MOST_FOR_ANSWER:
        raise WrongState(f"An answer can have {MOST_FOR_ANSWER} files at most. Remove some, or put them into one PDF.")
    added = [evidence.keep_evidence(sent=sent, title=title, agency=assessment.agency, by=by) for sent in files]
    AnswerEvidence.objects.bulk_create(AnswerEvidence(answer=answer, evidence=each) for each in added)
    detail = f"{', '.join(each.name for each in added)} {remark}".strip()
    audit.record("assessment.evidence-added", target=assessment, by=by, detail=detail)
    return added


@transaction.atomic
def withdraw_answer_evidence(*, link: AnswerEvidence, by: User) -> Evidence:
    """Take a file away from an answer; raises `WrongState` once the assessment is signed off."""
    assessment = _locked(link.answer.assessment)
    assessment.require_open()
    withdrawn = evidence.withdraw_evidence(evidence=link.evidence, by=by)
    audit.record("assessment.evidence-removed", target=assessment, by=by, detail=withdrawn.name)
    return withdrawn


def _locked(assessment: SelfAssessment) -> SelfAssessment:
    return SelfAssessment.objects.select_for_update(of=("self",)).with_names().get(pk=assessment.pk)


def _open(assessment: SelfAssessment) -> SelfAssessment:
    assessment = _locked(assessment)
    assessment.require_open()
    return assessment


def _begun(assessment: SelfAssessment) -> SelfAssessment:
    """The assessment for its agency to write in: a draft from now on, or still reopened."""
    assessment = _open(assessment)
    _begin(assessment)
    return assessment


def _begin(assessment: SelfAssessment) -> None:
    if assessment.status == AssessmentStatus.NOT_STARTED:
        assessment.move_to(AssessmentStatus.DRAFT)
        assessment.save()


def _answer(assessment: SelfAssessment, standard: Standard) -> StandardAnswer:
    found = assessment.answers.select_for_update().filter(standard=standard).first()
    return found or StandardAnswer(assessment=assessment, standard=standard)
