"""Peer challenge: a challenge to a signed-off answer, the agency's response, the grade that the board team settles."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, User
from partnership.states import WrongState
from reviews.actions.audits import require_uncounted
from reviews.models import Challenge, Grade, SelfAssessment, StandardAnswer


@transaction.atomic
def choose_peer(*, assessment: SelfAssessment, peer: Agency | None, by: User) -> SelfAssessment:
    """Let another agency read an assessment once it is signed off, and challenge it; None: no agency."""
    assessment = SelfAssessment.objects.select_for_update(of=("self",)).with_names().get(pk=assessment.pk)
    if peer == assessment.agency:
        raise WrongState("An agency does not challenge itself.")
    assessment.peer = peer
    assessment.save()
    audit.record("assessment.peer-chosen", target=assessment, by=by, detail=str(peer or "No agency"))
    return assessment


@transaction.atomic
def raise_challenge(
    *,
    answer: StandardAnswer,
    agency: Agency,
    text: str,
    suggested_grade: Grade,
    kept: Iterable[str] = (),
    by: User,
) -> Challenge:
    """Hold something against a signed-off answer, for an agency that is not its own, and suggest another grade."""
    answer = _signed_off(answer)
    if agency == answer.assessment.agency:
        raise WrongState("An agency does not challenge itself.")
    challenge = Challenge.objects.create(
        answer=answer, agency=agency, text=text, suggested_grade=suggested_grade, raised_by=by
    )
    detail = "\n".join([f"{answer.standard}: {suggested_grade}", *kept])
    audit.record("assessment.challenged", target=answer.assessment, by=by, detail=detail)
    return challenge


@transaction.atomic
def respond_to_challenge(*, challenge: Challenge, response: str, kept: Iterable[str] = (), by: User) -> Challenge:
    """Answer a challenge for the agency, once and before the grade is settled."""
    answer = _signed_off(challenge.answer)
    challenge = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)
    if challenge.response:
        raise WrongState("This challenge has its response already.")
    challenge.response, challenge.responded_at, challenge.responded_by = response, timezone.now(), by
    challenge.save()
    detail = "\n".join([str(answer.standard), *kept])
    audit.record("assessment.challenge-answered", target=answer.assessment, by=by, detail=detail)
    return challenge


@transaction.atomic
def settle_grade(
    *, answer: StandardAnswer, grade: Grade, reason: str, kept: Iterable[str] = (), by: User
) -> StandardAnswer:
    """Agree the grade that counts after a challenge; the agency's own stays beside it.

    Raises `WrongState` where nobody has challenged the answer, or a signed report counts what was settled before.
    """
    answer = _signed_off(answer)
    if not answer.challenges.exists():
        raise WrongState("Nobody has challenged this answer. Challenge it first, so that the agency can respond.")
    require_uncounted(answer.assessment.round, answer.agreed_at or answer.assessment.signed_off_at)
    answer.agreed_grade, answer.agreed_reason = grade, reason
    answer.agreed_at, answer.agreed_by = timezone.now(), by
    answer.save()
    detail = "\n".join([f"{answer.standard}: {grade}", reason, *kept])
    audit.record("assessment.grade-settled", target=answer.assessment, by=by, detail=detail)
    return answer


def _signed_off(answer: StandardAnswer) -> StandardAnswer:
    """The answer, held against changes; raises `WrongState` while its assessment is open."""
    assessment = SelfAssessment.objects.select_for_update(of=("self",)).with_names().get(pk=answer.assessment_id)
    if assessment.is_open:
        raise WrongState(f"{assessment} is not signed off.")
    answer = StandardAnswer.objects.select_for_update(of=("self",)).select_related("standard").get(pk=answer.pk)
    answer.assessment = assessment
    return answer
