"""Changes to the evaluation of courses: what is asked, who is asked, what they answer, what may be quoted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import StaleSave, WrongState
from training.actions.sessions import require_open
from training.choices import LetterStatus, Moment, QuoteFrom
from training.models import Course, EvaluationAnswer, EvaluationForm, Invitation, Letter, Quotation, Session
from training.moments import address_until, may_invite, window


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What somebody answers at one moment: two marks from 1 to 5, and what they write."""

    confidence: int
    knowledge: int
    will_do: str = ""
    has_done: str = ""
    did: str = ""
    changed: str = ""
    can_be_quoted: bool = False


@transaction.atomic
def set_evaluation(*, course: Course, version: int = 0, by: User, **fields: Any) -> EvaluationForm:
    """Say what a course's evaluation asks about: `topic`, `lowest`, `highest`. From then on it can be evaluated.

    `version` is 0 for a course that has none yet; raises `StaleSave` if it was changed since.
    """
    course = Course.objects.select_for_update().get(pk=course.pk)
    form = EvaluationForm.objects.filter(course=course).first()
    if (form.version if form else 0) != version:
        raise StaleSave(f"The evaluation of {course} was changed by somebody else in the meantime.")
    form = form or EvaluationForm(course=course, version=0)
    for name, value in fields.items():
        setattr(form, name, value)
    form.version += 1
    form.save()
    audit.record("evaluation.set", target=course, by=by, detail=form.topic)
    return form


@transaction.atomic
def invite_people(
    *, session: Session, emails: Collection[str], today: date | None = None, by: User
) -> list[Invitation]:
    """Ask these people about a session; those who are asked already are passed over, and the others given back.

    Raises `WrongState` where the course has no evaluation, and outside the time in which people can be invited.
    """
    today = today or timezone.localdate()
    session = Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    require_open(session.held_on)
    if not EvaluationForm.objects.filter(course=session.course_id).exists():
        raise WrongState("Say first what the evaluation of this course asks about.")
    if not may_invite(session.held_on, today):
        raise WrongState("People can be invited from 8 weeks before a session until 2 weeks after it.")
    known = set(session.invitations.exclude(email="").values_list("email", flat=True))
    new = [email for email in dict.fromkeys(email.lower() for email in emails) if email not in known]
    until = address_until(session.held_on)
    invitations = Invitation.objects.bulk_create(
        Invitation(session=session, email=email, email_until=until, invited_by=by) for email in new
    )
    if new:
        audit.record("evaluation.invited", target=session, by=by)  # how many would tell of few
    return invitations


def letter_of(token: str) -> Letter | None:
    """The letter whose link somebody has followed; None for a link that was never sent."""
    letters = Letter.objects.select_related("invitation__session__course__evaluation_form")
    return letters.filter(token_hash=hash_of(token)).first()


def hash_of(token: str) -> str:
    """What the portal keeps of a link. A token is 256 random bits: nothing needs to be added against guessing."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def answer_evaluation(
    *, invitation: Invitation, moment: str, answers: Answers, today: date | None = None
) -> EvaluationAnswer:
    """Keep what somebody answers, once. After the last questions the portal forgets their address.

    Raises `WrongState` where the moment is over or not yet come, or they have answered already.
    """
    today = today or timezone.localdate()
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("session__course").get(pk=invitation.pk)
    )
    session = invitation.session
    require_open(session.held_on)
    if not window(moment, session.held_on).is_open(today):
        raise WrongState("These questions are closed.")
    if invitation.answers.filter(moment=moment).exists():
        raise WrongState("You have answered these questions already.")
    answer = EvaluationAnswer.objects.create(invitation=invitation, moment=moment, **vars(answers))
    if moment == Moment.FOLLOW_UP:
        _forget(invitation)
    audit.record("evaluation.answered", target=session, by=None)
    return answer


@transaction.atomic
def decline_evaluation(*, invitation: Invitation) -> None:
    """Write no more to somebody about this session: their address is deleted at once. Doing it twice does no harm."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("session__course").get(pk=invitation.pk)
    )
    if invitation.declined_at is None:
        invitation.declined_at = timezone.now()
        _forget(invitation)
        audit.record("evaluation.declined", target=invitation.session, by=None)


@transaction.atomic
def release_quote(*, answer: EvaluationAnswer, question: str, by: User) -> Quotation:
    """Let reports quote these words. Raises `WrongState` where the person has not agreed, or there are no words."""
    answer = (
        EvaluationAnswer.objects.select_for_update(of=("self",))
        .select_related("invitation__session__course")
        .get(pk=answer.pk)
    )
    require_open(answer.invitation.session.held_on)
    if not answer.can_be_quoted:
        raise WrongState("The person has not agreed to be quoted.")
    if question not in QuoteFrom.values or not getattr(answer, question):
        raise WrongState("There are no words to quote.")
    quote, is_new = Quotation.objects.get_or_create(answer=answer, question=question, defaults={"released_by": by})
    if is_new:
        audit.record("quote.released", target=answer.invitation.session.course, by=by, detail=f"“{quote.words}”")
    return quote


@transaction.atomic
def take_back_quote(*, quote: Quotation, by: User) -> None:
    """Let reports quote these words no longer. Raises `WrongState` in a year whose report is signed."""
    session = quote.answer.invitation.session
    require_open(session.held_on)
    audit.record("quote.taken-back", target=session.course, by=by, detail=f"“{quote.words}”")
    quote.delete()


def _forget(invitation: Invitation) -> None:
    invitation.email = ""
    invitation.save()
    invitation.letters.filter(status=LetterStatus.WAITING).update(status=LetterStatus.DROPPED)
