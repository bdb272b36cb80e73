"""Who reports on what in the demo, and two rounds of updates."""

import tomllib
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from partnership.demo import periods as demo_periods
from partnership.models import Agency, ReportingPeriod, User
from priorities import actions, rounds
from priorities.actions import HowImpactIsKnown, KnownBy, ReturnedValue
from priorities.choices import Topic, UpdateStatus
from priorities.demo import evidence
from priorities.demo.numbers import number
from priorities.models import Answer, Measure, Priority, QuarterlyUpdate, UpdateRound
from priorities.queries import update_before

HERE = Path(__file__).parent
ANSWERS = ("rag", "rag_reason", *(topic.value for topic in Topic if topic != Topic.OTHER))
CONTRIBUTORS = {"police": "police", "icb": "icb", "council": "council", "scvys": "voluntary"}
"""Who writes an agency's updates, by the agency's code."""


def load(
    people: dict[str, User],
    agencies: dict[str, Agency],
    priorities: dict[str, Priority],
    measures: dict[str, Measure],
) -> None:
    """The round before with the updates asked for one by one, then the duties and the present round that they make."""
    data = tomllib.loads((HERE / "updates.toml").read_text())
    manager, periods = people["board.manager"], demo_periods()
    before = _open_round(data["round_before"][0], periods, by=manager)
    for row in data["update_before"]:
        agency, priority = agencies[row["agency"]], priorities[row["priority"]]
        update = actions.request_update(round=before, agency=agency, priority=priority, by=manager)
        _write_update(update, row, people, measures)
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
        _write_update(update, row, people, measures)


def _open_round(row: dict, periods: dict[str, ReportingPeriod], *, by: User) -> UpdateRound:
    today = timezone.localdate()
    return actions.open_round(
        title=row["title"],
        period=periods[row["period"]],
        opens_on=today + timedelta(days=row["opens_in_days"]),
        due_on=today + timedelta(days=row["due_in_days"]),
        by=by,
    )


def _write_update(update: QuarterlyUpdate, row: dict, people: dict[str, User], measures: dict[str, Measure]) -> None:
    if row["status"] == UpdateStatus.NOT_STARTED:
        return
    writer = people[CONTRIBUTORS[row["agency"]]]
    carried = _carried(update, row.get("carried", ()))
    update = actions.save_update(
        update=update,
        version=update.version,
        answers={name: row.get(name, "") for name in ANSWERS} | {name: each.text for name, each in carried.items()},
        values=_returned(update, row["values"]),
        known=_known(row, measures),
        carried=carried,
        by=writer,
    )
    evidence.attach(update, row.get("files", []), by=writer)
    if row["status"] in (UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED):
        update = actions.submit_update(update=update, by=writer)
    if row["status"] == UpdateStatus.ACCEPTED:
        actions.accept_update(update=update, by=people["board.officer"])


def _carried(update: QuarterlyUpdate, names: Iterable[str]) -> dict[str, Answer]:
    """The answers of the quarter before that are carried over and not looked at yet."""
    if not names:
        return {}
    before = update_before(update, among=QuarterlyUpdate.objects.all())
    return {name: before.answers.get(question__topic=name) for name in names}


def _known(row: dict, measures: dict[str, Measure]) -> HowImpactIsKnown:
    known_by = [
        KnownBy(
            kind=each["kind"], measure=measures.get(each.get("measure", "")), description=each.get("description", "")
        )
        for each in row.get("known", ())
    ]
    return HowImpactIsKnown(known_by=tuple(known_by), is_unshown=row.get("nothing_shows_it", False))


def _returned(update: QuarterlyUpdate, rows: list[dict]) -> list[ReturnedValue]:
    asked = {(row.measure.code, row.period.code): row for row in update.requested_measures.all()}
    return [
        ReturnedValue(
            requested=asked[row["code"], row["period"]],
            number=number(row["number"]),
            **{name: Decimal(row[name]) for name in ("numerator", "denominator") if name in row},
            qualifier=row["qualifier"],
            note=row.get("note", ""),
        )
        for row in rows
    ]
