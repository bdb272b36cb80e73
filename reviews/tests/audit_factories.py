"""The smallest valid audits: a round of two standards, an agency's assessment in a wanted state."""

from datetime import date

from partnership.models import User
from partnership.tests.factories import make_agency, make_alice, make_bob, make_charlie, make_period, make_sent_file
from reviews import actions
from reviews.choices import AssessmentStatus, AuditKind
from reviews.models import AnswerEvidence, AuditRound, CaseAudit, Challenge, Grade, SelfAssessment, StandardAnswer

TITLES = ("Listening to children", "Escalation")


def make_audit(title: str = "Section 11 audit 2022", *, by: User | None = None, **fields) -> AuditRound:
    """A round in preparation, with the standards that one without a round before is given."""
    by = by or make_alice()
    standards = fields.pop("standards", TITLES)
    audit_round = actions.prepare_audit(
        **{
            "kind": AuditKind.SECTION_11,
            "title": title,
            "period": make_period(),
            "opens_on": date(2022, 7, 1),
            "due_on": date(2022, 7, 31),
            "by": by,
            **fields,
        }
    )
    if not fields.get("follows"):
        for number, standard in enumerate(standards, start=1):
            words = {grade: f"{grade} looks like this." for grade in audit_round.grades.all()}
            actions.add_standard(audit_round=audit_round, code=str(number), title=standard, descriptors=words, by=by)
    return audit_round


def grade(audit_round: AuditRound, rank: int) -> Grade:
    return audit_round.grades.get(rank=rank)


def make_assessment(
    status: str = AssessmentStatus.NOT_STARTED,
    *,
    audit_round: AuditRound | None = None,
    agency: str = "police",
    ranks: str = "12",
    by: User | None = None,
) -> SelfAssessment:
    """An agency's assessment, graded by a rank for each standard unless it is not started."""
    audit_round = audit_round or AuditRound.objects.first() or make_audit()
    by = by or make_bob()
    actions.open_audit(audit_round=audit_round, agencies=[make_agency(agency)], by=by)
    assessment = SelfAssessment.objects.get(round=audit_round, agency=make_agency(agency))
    if status == AssessmentStatus.NOT_STARTED:
        return assessment
    for standard, rank in zip(audit_round.standards.all(), ranks, strict=True):
        actions.save_answer(
            assessment=assessment,
            standard=standard,
            version=0,
            grade=grade(audit_round, int(rank)),
            narrative=f"What we do for {standard.code}.",
            by=by,
        )
    if status in (AssessmentStatus.SIGNED_OFF, AssessmentStatus.REOPENED):
        actions.sign_off_assessment(assessment=assessment, name="The head", post="Head of safeguarding", by=by)
    if status == AssessmentStatus.REOPENED:
        actions.reopen_assessment(assessment=assessment, reason="A figure was wrong.", by=by)
    assessment.refresh_from_db()
    return assessment


def make_gap(assessment: SelfAssessment) -> StandardAnswer:
    """Its answer below the best grade."""
    return assessment.answers.get(grade__rank__gt=1)


def make_challenge(answer: StandardAnswer, *, agency: str = "health", by: User | None = None) -> Challenge:
    return actions.raise_challenge(
        answer=answer,
        agency=make_agency(agency),
        text="Young people told us otherwise.",
        suggested_grade=grade(answer.assessment.round, 3),
        by=by or make_charlie(),
    )


def make_answer_evidence(assessment: SelfAssessment, *, by: User) -> AnswerEvidence:
    """A file that waits to be checked, with the first answer of an assessment that is open."""
    (added,) = actions.add_answer_evidence(
        assessment=assessment, standard=assessment.round.standards.first(), files=[make_sent_file()], by=by
    )
    return AnswerEvidence.objects.get(evidence=added)


def make_case_audit(topic: str = "Neglect", **fields) -> CaseAudit:
    return actions.record_case_audit(
        **{
            "topic": topic,
            "month": date(2022, 11, 14),
            "cases": 8,
            "good_practice": "Workers knew the children well.",
            "findings": ["Chronologies were missing."],
            "by": make_alice(),
            **fields,
        }
    )


def make_audit_world(*, by: User) -> dict[str, dict]:
    """What the addresses of audits name: the police have begun; the fire service has signed off and is challenged."""
    assessment = make_assessment(AssessmentStatus.DRAFT, by=by)
    link = make_answer_evidence(assessment, by=by)
    audit_round, standard = assessment.round, link.answer.standard
    signed_off = make_assessment(AssessmentStatus.SIGNED_OFF, agency="fire", by=by)
    actions.choose_peer(assessment=signed_off, peer=make_agency("health"), by=by)
    challenge = make_challenge(make_gap(signed_off), by=by)
    case_audit = make_case_audit()
    return {
        "audit": {"pk": audit_round.pk},
        "audit export": {"pk": audit_round.pk, "kind": "csv"},
        "standard": {"pk": standard.pk},
        "assessment": {"pk": assessment.pk},
        "assessment export": {"pk": assessment.pk, "kind": "csv"},
        "standard of assessment": {"pk": assessment.pk, "standard": standard.pk},
        "audit file": {"pk": link.pk},
        "gap": {"pk": make_gap(assessment).pk},
        "challenged answer": {"pk": challenge.answer_id},
        "audit challenge": {"pk": challenge.pk},
        "case audit": {"pk": case_audit.pk},
        "finding": {"pk": case_audit.findings.get().pk},
    }
