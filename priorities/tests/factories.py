"""The smallest valid plan, measures and updates. States are reached by calling the actions."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnership.models import ReportingPeriod, User
from partnership.tests.factories import make_agency, make_area, make_bob, make_erin, make_period
from priorities import actions, rounds
from priorities.actions import ReturnedValue
from priorities.choices import DisclosureRule, MeasureKind, Polarity, PriorityKind, Rag, Unit, UpdateStatus
from priorities.models import (
    BusinessPlan,
    Measure,
    MeasureImport,
    MeasureValue,
    Priority,
    QuarterlyUpdate,
    ReportingDuty,
    UpdateRound,
)
from priorities.tests.dfe_sample import dfe_file

ANSWERS = {
    "progress": "Panels met every month.",
    "rag": Rag.GREEN,
    "rag_reason": "All actions are on time.",
    "impact": "Children told us that they feel safer.",
    "barriers": "Two posts are vacant.",
    "next_steps": "We will review the panels.",
}


def make_plan() -> BusinessPlan:
    return BusinessPlan.objects.first() or actions.add_plan(
        title="Plan 2022 to 2025", starts_on=date(2022, 4, 1), ends_on=date(2025, 3, 31), by=None
    )


def make_priority(code: str = "CE", kind: str = PriorityKind.QUALITY_ASSURANCE) -> Priority:
    return Priority.objects.filter(code=code).first() or actions.add_priority(
        plan=make_plan(),
        code=code,
        title=f"Priority {code}",
        kind=kind,
        aim="",
        sponsor=make_agency(),
        order=0,
        by=None,
    )


def make_measure(code: str = "MACE_CHILDREN", *, unit: str = Unit.CHILDREN, **fields) -> Measure:
    rule = fields.pop("rule", DisclosureRule.SUPPRESS_SMALL)
    measure = actions.define_measure(
        **{
            "code": code,
            "name": code.replace("_", " ").capitalize(),
            "definition": "Counted once a year.",
            "unit": unit,
            "polarity": Polarity.CONTEXT,
            "kind": MeasureKind.HOW_MUCH,
            "area": make_area(),
            "owner": make_agency(),
            "by": None,
            **fields,
        }
    )
    if rule != DisclosureRule.SUPPRESS_SMALL:
        actions.set_disclosure(measure=measure, rule=rule, by=make_erin())
    return measure


def make_value(
    measure: Measure, number: str | int, *, period: ReportingPeriod | None = None, by: User | None = None, **fields
) -> MeasureValue:
    return actions.record_value(
        measure=measure,
        period=period or make_period(),
        number=Decimal(number),
        source="A return",
        by=by or make_erin(),
        **fields,
    )


def make_duty(
    agency: str = "police", priority: str = "CE", *, measures: Sequence[tuple[Measure, ReportingPeriod | None]] = ()
) -> ReportingDuty:
    return rounds.add_duty(
        agency=make_agency(agency), priority=make_priority(priority), measures=measures, by=make_erin()
    )


def make_import(content: bytes | None = None, *, by: User, name: str = "figures.csv") -> MeasureImport:
    """A file of figures that waits to be confirmed, for Northshire."""
    return actions.keep_import(
        name=name, content=content or dfe_file(), authority="Northshire", owner=make_agency("board"), by=by
    )


def make_round() -> UpdateRound:
    return UpdateRound.objects.exclude(title="The year before").first() or actions.open_round(
        title="Quarter 4", period=make_period(), opens_on=date(2023, 4, 1), due_on=date(2023, 4, 30), by=make_erin()
    )


def make_round_before() -> UpdateRound:
    """The round of the year before the one that `make_round` is about."""
    return UpdateRound.objects.filter(title="The year before").first() or actions.open_round(
        title="The year before",
        period=make_period("2021-22"),
        opens_on=date(2022, 4, 1),
        due_on=date(2022, 4, 30),
        by=make_erin(),
    )


def make_update(
    status: str = UpdateStatus.NOT_STARTED,
    *,
    agency: str = "police",
    priority: str = "CE",
    measures: tuple[Measure, ...] = (),
    number: int = 610,
    by: User | None = None,
    round: UpdateRound | None = None,
) -> QuarterlyUpdate:
    """An update in the wanted state, complete from draft on, each of its measures answered with `number`."""
    round = round or make_round()
    update = actions.request_update(
        round=round,
        agency=make_agency(agency),
        priority=make_priority(priority),
        measures=[(measure, round.period) for measure in measures],
        by=make_erin(),
    )
    if status == UpdateStatus.NOT_STARTED:
        return update
    writer = by or make_bob()
    values = [
        ReturnedValue(requested=requested, number=Decimal(number)) for requested in update.requested_measures.all()
    ]
    update = actions.save_update(update=update, version=0, answers=ANSWERS, values=values, by=writer)
    if status == UpdateStatus.DRAFT:
        return update
    update = actions.submit_update(update=update, by=writer)
    if status == UpdateStatus.REOPENED:
        update = actions.accept_update(update=update, by=make_erin())
        return actions.reopen_update(update=update, reason="Say what changed for children.", by=make_erin())
    if status == UpdateStatus.RETURNED:
        return actions.return_update(update=update, reason="Say what changed for children.", by=make_erin())
    if status == UpdateStatus.ACCEPTED:
        return actions.accept_update(update=update, by=make_erin())
    return update
