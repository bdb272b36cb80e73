"""What an agency does with an update that it was asked for: it writes, and it submits."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import StaleSave, WrongState
from priorities.actions.answers import HowImpactIsKnown, keep_answers, keep_how_impact_is_known
from priorities.choices import (
    GIVEN_BACK_STATUSES,
    Qualifier,
    UpdateStatus,
    ValueCode,
    ValueStatus,
)
from priorities.models import Answer, MeasureValue, QuarterlyUpdate, Question, RequestedMeasure


@dataclass(frozen=True, kw_only=True)
class ReturnedValue:
    """A partner's answer to a requested measure: a number, or the code that stands in its place.

    `numerator` and `denominator` are the counts that the number was worked out from, where they are known. `as_at` is
    the day it was counted on; without it, the last day of its period. `concern` is what was asked about it.
    """

    requested: RequestedMeasure
    number: Decimal | None
    code: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    qualifier: str = Qualifier.EXACT
    as_at: date | None = None
    note: str = ""
    concern: str = ""
    concern_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved an update before it was submitted, as the person who submits it declares."""

    name: str
    post: str


@transaction.atomic
def save_update(
    *,
    update: QuarterlyUpdate,
    version: int,
    answers: Mapping[str, str],
    values: Iterable[ReturnedValue],
    known: HowImpactIsKnown | None = None,
    carried: Mapping[str, Answer] | None = None,
    checked: Collection[str] = (),
    kept: Iterable[str] = (),
    by: User,
) -> QuarterlyUpdate:
    """Keep a partner's answers, complete or not; raises `StaleSave` if `version` is no longer the latest.

    `answers` holds texts by the names of their questions, `rag` and `rag_reason`; what is left out stays. `carried`
    and `checked` as in `keep_answers`. A value left out of `values` is taken away. Without `known`, that stays too.
    `kept` says what was ticked as telling of no child.
    """
    update = locked(update)
    if update.version != version:
        raise StaleSave(f"{update} was saved by somebody else in the meantime.")
    if update.status not in GIVEN_BACK_STATUSES:  # in which it stays until it is submitted again
        update.move_to(UpdateStatus.DRAFT)
    texts = dict(answers)
    update.rag, update.rag_reason = texts.pop("rag", update.rag), texts.pop("rag_reason", update.rag_reason)
    keep_answers(update, texts, carried=carried or {}, checked=checked)
    if known is not None:
        keep_how_impact_is_known(update, known)
    update.version += 1
    update.save()
    _keep_values(update, values, by=by)
    audit.record("update.saved", target=update, by=by, detail="\n".join(kept))
    return update


@transaction.atomic
def submit_update(*, update: QuarterlyUpdate, approval: Approval | None = None, by: User) -> QuarterlyUpdate:
    """Hand a complete update to the board; raises `WrongState` if it is not open or an answer is missing.

    Where the agency has an approver, the `approval` is needed too; elsewhere none is kept.
    """
    update = locked(update)
    missing = missing_answers(update)
    if missing and update.is_open:
        raise WrongState(f"{update} is not complete: {', '.join(missing)}.")
    update.move_to(UpdateStatus.SUBMITTED)
    update.submitted_at, update.submitted_by = timezone.now(), by
    _declare(update, approval)
    update.submitted_version = update.version
    update.decided_at = update.decided_by = None
    update.save()
    update.values.update(status=ValueStatus.PROVISIONAL)
    audit.record("update.submitted", target=update, by=by)
    return update


REASON = "reason for the rating"


def missing_answers(update: QuarterlyUpdate) -> list[str]:
    """The names of the questions that still need an answer before the update can be submitted."""
    asked = list(Question.objects.meant_for(update).asked())
    is_unchecked = dict(update.answers.values_list("question_id", "is_unchecked"))
    missing = [question.words for question in asked if question.is_required and question.pk not in is_unchecked]
    missing += [f"{question} (carried over, not checked)" for question in asked if is_unchecked.get(question.pk)]
    missing += [words for words, answer in (("rating", update.rag), (REASON, update.rag_reason)) if not answer]
    answered = set(update.values.values_list("measure_id", "period_id"))
    missing += [
        str(requested)
        for requested in update.requested_measures.select_related("measure", "period")
        if (requested.measure_id, requested.period_id) not in answered
    ]
    unexplained = update.values.unexplained().select_related("measure", "period")
    missing += [f"why the figure for {value} is right" for value in unexplained]
    return missing


def _declare(update: QuarterlyUpdate, approval: Approval | None) -> None:
    update.approved_by_name = update.approved_by_post = ""
    update.declared_at = None
    if not update.agency.has_approver:
        return
    if approval is None:
        raise WrongState(f"{update} is approved by somebody else first. Enter who approved it.")
    update.approved_by_name, update.approved_by_post = approval.name, approval.post
    update.declared_at = update.submitted_at


def locked(update: QuarterlyUpdate) -> QuarterlyUpdate:
    """The update as it is now, with its names, and nobody else's until the transaction ends."""
    return QuarterlyUpdate.objects.select_for_update(of=("self",)).with_names().get(pk=update.pk)


def _keep_values(update: QuarterlyUpdate, values: Iterable[ReturnedValue], *, by: User) -> None:
    kept = []
    for value in values:
        measure, period = value.requested.measure, value.requested.period
        row, _ = MeasureValue.objects.update_or_create(
            update=update,
            measure=measure,
            period=period,
            defaults={
                "area_id": measure.area_id,
                "number": value.number,
                "code": "" if value.number is not None else value.code or ValueCode.NOT_AVAILABLE,
                "numerator": value.numerator,
                "denominator": value.denominator,
                "qualifier": value.qualifier,
                "note": value.note,
                "concern": value.concern,
                "concern_reason": value.concern_reason,
                "status": ValueStatus.DRAFT,
                "source": f"{update.agency.name}, update for {update.round.title}",
                "as_at": value.as_at or min(period.ends_on, timezone.localdate()),
                "entered_by": by,
            },
        )
        kept.append(row.pk)
    update.values.exclude(pk__in=kept).delete()
