"""The smallest valid plan, measures and updates. States are reached by calling the actions."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnership.models import ReportingPeriod, User
from partnership.tests.factories import make_agency, make_area, make_bob, make_erin, make_period, make_sent_file
from priorities import actions, rounds
from priorities.actions import HowImpactIsKnown, ReturnedValue
from priorities.choices import (
    ActionStatus,
    DisclosureRule,
    MeasureKind,
    Polarity,
    PriorityKind,
    Rag,
    Unit,
    UpdateStatus,
)
from priorities.imports import Choice
from priorities.models import (
    AgreedAction,
    BusinessPlan,
    Measure,
    MeasureImport,
    MeasureRating,
    MeasureValue,
    Objective,
    Priority,
    QuarterlyUpdate,
    ReportingDuty,
    SuccessMeasure,
    Target,
    UpdateEvidence,
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


def make_target(measure: Measure, number: str | int, *, period: ReportingPeriod | None = None, **fields) -> Target:
    numbers = {name: Decimal(value) for name, value in {"number": number, **fields}.items() if name in NUMBERS}
    return actions.set_target(measure=measure, period=period or make_period(), **fields | numbers, by=make_erin())


NUMBERS = ("number", "tolerance")


def make_rating(measure: Measure, rag: str = Rag.AMBER, *, period: ReportingPeriod | None = None) -> MeasureRating:
    return actions.rate_measure(
        measure=measure,
        period=period or make_period(),
        rag=rag,
        reason="Two posts are vacant.",
        by=make_erin(),
    )


def make_duty(
    agency: str = "police", priority: str = "CE", *, measures: Sequence[tuple[Measure, ReportingPeriod | None]] = ()
) -> ReportingDuty:
    return rounds.add_duty(
        agency=make_agency(agency), priority=make_priority(priority), measures=measures, by=make_erin()
    )


def make_import(content: bytes | None = None, *, by: User, name: str = "figures.csv") -> MeasureImport:
    """A file of the Department that waits to be confirmed, with all that it has for Northshire."""
    upload = actions.keep_import(
        name=name, content=content or dfe_file(), is_from_the_department=True, owner=make_agency("board"), by=by
    )
    return actions.choose_import(upload=upload, choice=Choice("Northshire"), by=by)


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
    answers: dict[str, str] | None = None,
    known: HowImpactIsKnown | None = None,
    by: User | None = None,
    round: UpdateRound | None = None,
) -> QuarterlyUpdate:
    """An update in the wanted state, complete from draft on, each of its measures answered with `number`.

    `answers` replace those of `ANSWERS` or come besides them. Nothing shows its impact, but for what is `known`.
    """
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
    update = actions.save_update(
        update=update, version=0, answers={**ANSWERS, **(answers or {})}, values=values, known=known, by=writer
    )
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


def make_objective(priority: str = "CE", title: str = "Children are found early") -> Objective:
    return actions.add_objective(priority=make_priority(priority), title=title, order=1, by=None)


def make_success_measure(objective: Objective | None = None, measure: Measure | None = None) -> SuccessMeasure:
    return actions.add_success_measure(
        objective=objective or make_objective(), looks_like="Fewer children go missing", measure=measure, by=None
    )


def make_action(
    status: str = ActionStatus.OPEN,
    *,
    agency: str = "police",
    priority: str | None = "CE",
    by: User | None = None,
    **more,
) -> AgreedAction:
    """An agreed action in the wanted state, due on 30 June 2023."""
    by = by or make_erin()
    fields = {"text": "Review the panels", "due_on": date(2023, 6, 30), **more}
    action = actions.agree_action(
        owner=make_agency(agency), priority=make_priority(priority) if priority else None, by=by, **fields
    )
    if status == ActionStatus.COMPLETED:
        return actions.complete_action(action=action, version=0, evidence="The review was read at the board.", by=by)
    if status == ActionStatus.WITHDRAWN:
        return actions.withdraw_action(action=action, version=0, reason="Another has taken its place.", by=by)
    return action


def slip(action: AgreedAction, *days: date) -> AgreedAction:
    """The action with its due date put off to each of these days in turn."""
    for day in days:
        action = actions.change_due_date(
            action=action, version=action.version, due_on=day, reason="The post is vacant.", by=make_erin()
        )
    return action


def make_update_evidence(update: QuarterlyUpdate, *, by: User, name: str = "report.pdf") -> UpdateEvidence:
    """A file that waits to be checked, with an update that its agency still has."""
    (added,) = actions.add_evidence(update=update, files=[make_sent_file(name=name)], by=by)
    return UpdateEvidence.objects.get(evidence=added)
