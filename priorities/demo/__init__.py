"""The demo partnership's plan, its measures with their values, who reports on what, and two rounds of updates."""

import tomllib
from pathlib import Path

from partnership.demo import periods as demo_periods
from partnership.models import Agency, Area, ReportingPeriod, User
from priorities import actions
from priorities.demo import plan, updates
from priorities.demo.numbers import number
from priorities.models import Measure, Priority

HERE = Path(__file__).parent


def load(people: dict[str, User]) -> None:
    """Build all of it through the actions, as the people who would have done it."""
    data = tomllib.loads((HERE / "priorities.toml").read_text())
    manager = people["board.manager"]
    periods = demo_periods()
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    priorities = _load_plan(data, agencies, by=manager)
    measures = _load_measures(data["measure"], agencies, priorities, people=people)
    plan.load(agencies, priorities, measures, by=manager)
    for row in data["measure"]:
        for value in row.get("value", ()):
            _load_value(value, measures[row["code"]], periods, by=manager)
        _load_targets(row, measures[row["code"]], periods, by=manager)
    updates.load(people, agencies, priorities, measures)


def figure_numbers() -> dict[str, list[int]]:
    """Which figures of the published report each measure holds, by the measure's code."""
    data = tomllib.loads((HERE / "priorities.toml").read_text())
    return {row["code"]: row["figures"] for row in data["measure"]}


def _load_plan(data: dict, agencies: dict[str, Agency], *, by: User) -> dict[str, Priority]:
    business_plan = actions.add_plan(**data["plan"], by=by)
    return {
        row["code"]: actions.add_priority(
            plan=business_plan, order=order, **row | {"sponsor": agencies[row["sponsor"]]}, by=by
        )
        for order, row in enumerate(data["priority"], start=1)
    }


def _load_measures(
    rows: list[dict], agencies: dict[str, Agency], priorities: dict[str, Priority], *, people: dict[str, User]
) -> dict[str, Measure]:
    areas = {area.code: area for area in Area.objects.all()}
    measures: dict[str, Measure] = {}
    for row in sorted(rows, key=lambda row: "denominator" in row):
        fields = {name: row[name] for name in ("code", "name", "definition", "unit", "polarity", "kind")}
        measure = actions.define_measure(
            **fields,
            area=areas[row["area"]],
            owner=agencies[row["owner"]],
            priority=priorities.get(row.get("priority", "")),
            decimals=row["decimals"],
            rounding=row["rounding"],
            denominator=measures.get(row.get("denominator", "")),
            numerator_words=row.get("numerator_words", ""),
            denominator_words=row.get("denominator_words", ""),
            calculation=row.get("calculation", ""),
            calculation_of=row.get("calculation_of", ""),
            by=people["board.manager"],
        )
        actions.set_disclosure(
            measure=measure,
            rule=row["disclosure"],
            reason=row.get("disclosure_reason", ""),
            agreed_by=people["chair"],
            by=people["board.manager"],
        )
        measures[measure.code] = measure
    return measures


def _load_value(row: dict, measure: Measure, periods: dict[str, ReportingPeriod], *, by: User) -> None:
    """A value; one that was another at first (`was`) comes in as that and is corrected."""
    said = {
        "code": row.get("code", ""),
        "qualifier": row["qualifier"],
        "source": row["source"],
        "as_at": row.get("as_at"),
        "note": row.get("note", ""),
    }
    written = row.get("was", row.get("number"))
    value = actions.record_value(
        measure=measure,
        period=periods[row["period"]],
        number=None if written is None else number(written),
        **said,
        by=by,
    )
    for comparator in row.get("comparator", ()):
        actions.compare(value=value, **comparator | {"number": number(comparator["number"])}, by=by)
    if "was" in row:
        actions.correct_value(value=value, number=number(row["number"]), **said, reason=row["change_reason"], by=by)


def _load_targets(row: dict, measure: Measure, periods: dict[str, ReportingPeriod], *, by: User) -> None:
    for target in row.get("target", ()):
        numbers = {name: number(target[name]) for name in ("number", "tolerance") if name in target}
        actions.set_target(
            measure=measure, period=periods[target["period"]], note=target.get("note", ""), **numbers, by=by
        )
    for rating in row.get("rating", ()):
        actions.rate_measure(
            measure=measure, period=periods[rating["period"]], rag=rating["rag"], reason=rating["reason"], by=by
        )
