"""Objectives of the demo's plan with what success looks like, and agreed actions in every state."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from partnership.models import Agency, User
from priorities import actions
from priorities.models import AgreedAction, Measure, Objective, Priority

HERE = Path(__file__).parent


def load(
    agencies: dict[str, Agency], priorities: dict[str, Priority], measures: dict[str, Measure], *, by: User
) -> None:
    """Agree it all as the board manager; each row's parts are described in `plan.toml`."""
    data = tomllib.loads((HERE / "plan.toml").read_text())
    objectives: dict[tuple[str, int], Objective] = {}
    for row in data["objective"]:
        order = sum(code == row["priority"] for code, _ in objectives) + 1
        objective = actions.add_objective(priority=priorities[row["priority"]], title=row["title"], order=order, by=by)
        objectives[row["priority"], order] = objective
        for success in row["success"]:
            measure = measures[success["measure"]] if "measure" in success else None
            actions.add_success_measure(objective=objective, looks_like=success["looks_like"], measure=measure, by=by)
    for row in data["action"]:
        action = actions.agree_action(
            text=row["text"],
            owner=agencies[row["owner"]],
            owner_post=row["owner_post"],
            due_on=row["due_on"] if "due_on" in row else _day(row["due_in_days"]),
            priority=priorities[row["priority"]],
            objective=objectives.get((row["priority"], row.get("objective", 0))),
            themes=[priorities[code] for code in row.get("themes", ())],
            by=by,
        )
        _go_on(action, row, by=by)


def _go_on(action: AgreedAction, row: dict, *, by: User) -> None:
    """What has happened to an action since it was agreed."""
    for slip in row.get("slips", ()):
        due_on = _day(slip["to_in_days"])
        action = actions.change_due_date(
            action=action, version=action.version, due_on=due_on, reason=slip["reason"], by=by
        )
    if "rag" in row:
        actions.rate_action(action=action, version=action.version, rag=row["rag"], reason=row["reason"], by=by)
    elif "evidence" in row:
        actions.complete_action(action=action, version=action.version, evidence=row["evidence"], by=by)
    elif "withdrawn" in row:
        actions.withdraw_action(action=action, version=action.version, reason=row["withdrawn"], by=by)


def _day(days):
    return timezone.localdate() + timedelta(days=days)
