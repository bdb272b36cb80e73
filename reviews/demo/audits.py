from datetime import date

from partnership.demo import periods as demo_periods
from partnership.models import Agency
from reviews import actions
from reviews.models import AuditRound, SelfAssessment, Standard


def load(data, *, by):
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    rounds: dict[str, AuditRound] = {}
    for row in data["round"]:
        rounds[row["title"]] = audit_round = _prepared(row, rounds.get(row.get("follows", "")), data["standard"], by=by)
        asked = [agencies[code] for code in row["agencies"]]
        actions.open_audit(audit_round=audit_round, agencies=asked, by=by)
        for code, ranks in row["agencies"].items():
            if ranks:
                _assess(SelfAssessment.objects.get(round=audit_round, agency=agencies[code]), ranks, data, by=by)
    for row in data["challenge"]:
        _challenge(rounds[row["round"]], row, agencies, by=by)
    for row in data["case_audit"]:
        actions.record_case_audit(**row, by=by)


def _prepared(row, follows, standards, *, by):
    names = ("kind", "title", "opens_on", "due_on")
    fields = {name: row[name] for name in names}
    period = demo_periods()[row["period"]]
    audit_round = actions.prepare_audit(**fields, period=period, follows=follows, by=by)
    if follows is None:
        for standard in standards:
            _add_standard(audit_round, standard, by=by)
    return audit_round


def _add_standard(audit_round: AuditRound, row: dict, *, by) -> Standard:
    texts = {name: row[name] for name in ("code", "title", "guidance")}
    descriptors = dict(zip(audit_round.grades.all(), row["descriptors"], strict=True))
    return actions.add_standard(audit_round=audit_round, **texts, descriptors=descriptors, by=by)


def _assess(assessment, ranks, data, *, by):
    """Each digit is the rank of the grade in a standard."""
    grades = {grade.rank: grade for grade in assessment.round.grades.all()}
    for standard, rank in zip(assessment.round.standards.all(), map(int, ranks), strict=True):
        actions.save_answer(
            assessment=assessment,
            standard=standard,
            version=0,
            grade=grades[rank],
            narrative=data["narratives"][rank - 1],
            by=by,
        )
    actions.sign_off_assessment(
        assessment=assessment, name="Agency lead (illustrative)", post="Designated safeguarding lead", by=by
    )


def _challenge(audit_round, row, agencies, *, by):
    grades = {grade.rank: grade for grade in audit_round.grades.all()}
    assessment = SelfAssessment.objects.get(round=audit_round, agency=agencies[row["agency"]])
    peer = agencies[row["by"]]
    actions.choose_peer(assessment=assessment, peer=peer, by=by)
    answer = assessment.answers.get(standard__code=row["standard"])
    challenge = actions.raise_challenge(
        answer=answer, agency=peer, text=row["text"], suggested_grade=grades[row["rank"]], by=by
    )
    actions.respond_to_challenge(challenge=challenge, response=row["response"], by=by)
    actions.settle_grade(answer=answer, grade=grades[row["rank"]], reason=row["reason"], by=by)
    actions.agree_gap_action(answer=answer, text=row["action"], due_on=date(2023, 9, 29), owner_post=row["post"], by=by)
