"""The demo partnership's plan, its measures with their values, who reports on what, and one round of updates."""

import tomllib
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from django.utils import timezone

from partnership.demo import periods as demo_periods
from partnership.models import Agency, Area, ReportingPeriod, User
from priorities import actions, rounds
from priorities.actions import ReturnedValue
from priorities.choices import UpdateStatus
from priorities.models import Measure, Priority, QuarterlyUpdate, UpdateRound

HERE = Path(__file__).parent
ANSWERS = ("progress", "rag", "rag_reason", "impact", "barriers", "next_steps")
CONTRIBUTORS = {"police": "police", "icb": "icb", "council": "council", "scvys": "voluntary"}
"""Who writes an agency's updates, by the agency's code."""


def load(people: dict[str, User]) -> None:
    """Build all of it through the actions, as the people who would have done it."""
    data = tomllib.loads((HERE / "priorities.toml").read_text())
    manager = people["board.manager"]
    periods = demo_periods()
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    priorities = _load_plan(data, agencies, by=manager)
    measures = _load_measures(data["measure"], agencies, priorities, people=people)
    for row in data["measure"]:
        for value in row.get("value", ()):
            _load_value(value, measures[row["code"]], periods, by=manager)
    for row in data["update"]:
        rounds.add_duty(
            agency=agencies[row["agency"]],
            priority=priorities[row["priority"]],
            measures=[(measures[asked["code"]], periods[asked["period"]]) for asked in row["measures"]],
            by=manager,
        )
    round = _open_round(data["round"][0], periods, by=manager)
    for row in data["update"]:
        update = round.updates.with_names().get(agency__code=row["agency"], priority__code=row["priority"])
        _write_update(update, row, people)


def figure_numbers() -> dict[str, list[int]]:
    """Which figures of the published report each measure holds, by the measure's code."""
    data = tomllib.loads((HERE / "priorities.toml").read_text())
    return {row["code"]: row["figures"] for row in data["measure"]}


def number(written: str | int | float) -> Decimal:
    """A number as the files write it: plain, or as a fraction such as "2/3"."""
    fraction = Fraction(str(written))
    return round(Decimal(fraction.numerator) / Decimal(fraction.denominator), 6)


def _load_plan(data: dict, agencies: dict[str, Agency], *, by: User) -> dict[str, Priority]:
    plan = actions.add_plan(**data["plan"], by=by)
    return {
        row["code"]: actions.add_priority(plan=plan, order=order, **row | {"sponsor": agencies[row["sponsor"]]}, by=by)
        for order, row in enumerate(data["priority"])
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
    value = actions.record_value(
        measure=measure,
        period=periods[row["period"]],
        number=number(row["number"]) if "number" in row else None,
        code=row.get("code", ""),
        qualifier=row["qualifier"],
        source=row["source"],
        as_at=row.get("as_at"),
        note=row.get("note", ""),
        by=by,
    )
    for comparator in row.get("comparator", ()):
        actions.compare(value=value, **comparator | {"number": number(comparator["number"])}, by=by)


def _open_round(row: dict, periods: dict[str, ReportingPeriod], *, by: User) -> UpdateRound:
    today = timezone.localdate()
    return actions.open_round(
        title=row["title"],
        period=periods[row["period"]],
        opens_on=today + timedelta(days=row["opens_in_days"]),
        due_on=today + timedelta(days=row["due_in_days"]),
        by=by,
    )


def _write_update(update: QuarterlyUpdate, row: dict, people: dict[str, User]) -> None:
    if row["status"] == UpdateStatus.NOT_STARTED:
        return
    writer = people[CONTRIBUTORS[row["agency"]]]
    update = actions.save_update(
        update=update,
        version=update.version,
        answers={name: row.get(name, "") for name in ANSWERS},
        values=_returned(update, row["values"]),
        by=writer,
    )
    if row["status"] in (UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED):
        update = actions.submit_update(update=update, by=writer)
    if row["status"] == UpdateStatus.ACCEPTED:
        actions.accept_update(update=update, by=people["board.officer"])


def _returned(update: QuarterlyUpdate, rows: list[dict]) -> list[ReturnedValue]:
    asked = {(row.measure.code, row.period.code): row for row in update.requested_measures.all()}
    return [
        ReturnedValue(
            requested=asked[row["code"], row["period"]],
            number=number(row["number"]),
            qualifier=row["qualifier"],
        )
        for row in rows
    ]
