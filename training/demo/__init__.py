"""The demo partnership's training year. The split by organisation type is illustrative, and each session says so."""

import tomllib
from pathlib import Path

from partnership.models import User
from priorities.models import Priority
from training import actions

HERE = Path(__file__).parent


def load(people: dict[str, User]) -> None:
    data = tomllib.loads((HERE / "training.toml").read_text())
    officer = people["board.officer"]
    priorities = {priority.code: priority for priority in Priority.objects.all()}
    courses = {
        row["code"]: actions.add_course(**row | {"priority": priorities.get(row.get("priority", ""))}, by=officer)
        for row in data["course"]
    }
    for row in data["session"]:
        actions.record_session(
            course=courses[row["course"]],
            held_on=row["held_on"],
            capacity=row["capacity"] or None,
            attended=row["attendance"],
            caveat=data["note"],
            by=officer,
        )
