"""Changes to the scrutiny of restraint."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.actions import require_open
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import WrongState
from priorities.models import Measure
from reviews.actions.withdrawals import locked, save
from reviews.models import RestraintQuestion, RestraintScrutiny, RestraintType

Types = Iterable[tuple[str, int | None]]
"""The types that were looked at, each with how many incidents of it, or None where the split is not known."""


@transaction.atomic
def record_restraint(
    *,
    period: ReportingPeriod,
    establishment: Agency,
    incidents: int,
    unacceptable: int | None = None,
    types: Types = (),
    covers: str = "",
    findings: str = "",
    training_measure: Measure | None = None,
    paperwork_measure: Measure | None = None,
    kept: Iterable[str] = (),
    by: User,
) -> RestraintScrutiny:
    """Add what was seen at an establishment in a period; raises `WrongState` if the period's report is signed."""
    require_open(period)
    scrutiny = RestraintScrutiny.objects.create(
        period=period,
        establishment=establishment,
        incidents=incidents,
        unacceptable=unacceptable,
        covers=covers,
        findings=findings,
        training_measure=training_measure,
        paperwork_measure=paperwork_measure,
    )
    _set_types(scrutiny, types)
    audit.record("restraint.recorded", target=scrutiny, by=by, detail="\n".join(kept))
    return scrutiny


@transaction.atomic
def change_restraint(
    *,
    scrutiny: RestraintScrutiny,
    version: int,
    fields: Mapping[str, Any],
    types: Types,
    kept: Iterable[str] = (),
    by: User,
) -> RestraintScrutiny:
    """Change what was seen: `fields` by name. Raises `StaleSave` if it was changed since `version`, and `WrongState` if
    the period's report is signed."""
    scrutiny = locked(scrutiny, version)
    require_open(scrutiny.period)
    save(scrutiny, fields)
    scrutiny.types.all().delete()
    _set_types(scrutiny, types)
    audit.record("restraint.changed", target=scrutiny, by=by, detail="\n".join(kept))
    return scrutiny


@transaction.atomic
def ask_restraint(
    *, scrutiny: RestraintScrutiny, text: str, asked_on: date, kept: Iterable[str] = (), by: User
) -> RestraintQuestion:
    """Put a question to the establishment. What is asked and answered changes no number, so no signature bars it."""
    scrutiny = locked(scrutiny)
    question = RestraintQuestion.objects.create(scrutiny=scrutiny, text=text, asked_on=asked_on)
    audit.record("restraint.asked", target=scrutiny, by=by, detail="\n".join([text, *kept]))
    return question


@transaction.atomic
def answer_restraint(
    *, question: RestraintQuestion, answer: str, answered_on: date, kept: Iterable[str] = (), by: User
) -> RestraintQuestion:
    """Keep what the establishment answered; raises `WrongState` for an answer from before the question."""
    scrutiny = locked(question.scrutiny)
    question = scrutiny.questions.select_for_update().get(pk=question.pk)
    if answered_on < question.asked_on:
        raise WrongState(f"The question was asked on {question.asked_on:%-d %B %Y}, after this answer.")
    question.answer, question.answered_on = answer, answered_on
    question.save()
    audit.record("restraint.answered", target=scrutiny, by=by, detail="\n".join([answer, *kept]))
    return question


def _set_types(scrutiny: RestraintScrutiny, types: Types) -> None:
    """Raises `WrongState` where the types add up to more than the incidents that were viewed."""
    rows = [RestraintType(scrutiny=scrutiny, name=name, incidents=incidents) for name, incidents in types]
    if sum(row.incidents or 0 for row in rows) > scrutiny.incidents:
        raise WrongState("The types add up to more incidents than were viewed.")
    RestraintType.objects.bulk_create(rows)
