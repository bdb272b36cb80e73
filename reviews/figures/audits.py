"""Figures of audits. A round counts in every period that its own lies in, once it is open; what is signed off counts.

A closed period counts what was signed off, and agreed after a challenge, when it was closed (decision 0010).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Count
from django.utils.text import slugify

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed
from reviews.models import AuditRound, CaseAudit, Grade, SelfAssessment, StandardAnswer

ANSWERS = "reviews.audit_answers"
CALCULATIONS = {
    "reviews.audit_standards": "Standards of the period's audits by kind, such as section-11",
    "reviews.audit_agencies": "Agencies that signed off their self-assessment, by kind of audit",
    ANSWERS: "Standards graded by those agencies, by kind of audit",
    "reviews.audit_answers_at_grade": "Of those, at a grade, such as section-11/met, after challenge",
    "reviews.audit_share_at_grade": "The same as a percentage of the standards graded",
    "reviews.case_audits": "Multi-agency audits held in the period",
    "reviews.cases_audited": "Cases that multi-agency audits looked at",
}


def computed(periods: Sequence[ReportingPeriod]) -> Computed:
    """Each calculation for the periods in which it counts anything: four queries."""
    rounds = list(AuditRound.objects.exclude(opened_at=None).select_related("period").annotate(Count("standards")))
    assessments = list(SelfAssessment.objects.signed_off())
    answers = list(
        StandardAnswer.objects.filter(
            assessment__in=[each.pk for each in assessments], grade__isnull=False
        ).select_related("grade", "agreed_grade", "assessment")
    )
    case_audits = list(CaseAudit.objects.all())
    counts: Counter[tuple[str, str, str]] = Counter()
    for period in periods:
        kinds = {each.pk: each.kind for each in rounds if _lies_in(each, period)}
        counts.update(_of_rounds([each for each in rounds if each.pk in kinds], period))
        counts.update(_of_assessments(assessments, kinds, period))
        counts.update(_of_answers(answers, kinds, period))
        counts.update(_of_case_audits(case_audits, period))
    found = {key: Decimal(count) for key, count in counts.items() if count}
    return {**found, **_shares(found)}


def _lies_in(audit_round: AuditRound, period: ReportingPeriod) -> bool:
    own = audit_round.period
    is_inside = period.starts_on <= own.starts_on and own.ends_on <= period.ends_on
    return is_inside and _was_there(audit_round.opened_at, period)


def _was_there(at: datetime | None, period: ReportingPeriod) -> bool:
    return at is not None and (period.closed_at is None or at <= period.closed_at)


def _of_rounds(rounds: Sequence[AuditRound], period: ReportingPeriod) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for audit_round in rounds:
        found["reviews.audit_standards", audit_round.kind, period.code] += audit_round.standards__count
    return found


def _of_assessments(
    assessments: Sequence[SelfAssessment], kinds: dict[int, str], period: ReportingPeriod
) -> Iterator[tuple[str, str, str]]:
    for assessment in assessments:
        if assessment.round_id in kinds and _was_there(assessment.signed_off_at, period):
            yield "reviews.audit_agencies", kinds[assessment.round_id], period.code


def _of_answers(
    answers: Sequence[StandardAnswer], kinds: dict[int, str], period: ReportingPeriod
) -> Iterator[tuple[str, str, str]]:
    for answer in answers:
        assessment, kind = answer.assessment, kinds.get(answer.assessment.round_id)
        grade = _grade(answer, period)
        if kind and grade and _was_there(assessment.signed_off_at, period):
            yield ANSWERS, kind, period.code
            yield "reviews.audit_answers_at_grade", f"{kind}/{slugify(grade.name)}", period.code


def _grade(answer: StandardAnswer, period: ReportingPeriod) -> Grade | None:
    return answer.agreed_grade if _was_there(answer.agreed_at, period) else answer.grade


def _of_case_audits(case_audits: Sequence[CaseAudit], period: ReportingPeriod) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for case_audit in case_audits:
        if period.starts_on <= case_audit.month <= period.ends_on and _was_there(case_audit.recorded_at, period):
            found["reviews.case_audits", "", period.code] += 1
            found["reviews.cases_audited", "", period.code] += case_audit.cases
    return found


def _shares(found: Computed) -> Computed:
    at_grade = {key: count for key, count in found.items() if key[0] == "reviews.audit_answers_at_grade"}
    return {
        ("reviews.audit_share_at_grade", of, code): count / found[ANSWERS, of.partition("/")[0], code] * 100
        for (_, of, code), count in at_grade.items()
    }
