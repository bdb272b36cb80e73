from datetime import date

import pytest

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_alice
from priorities import actions, rounds
from priorities.choices import PriorityKind
from priorities.models import BusinessPlan, Priority
from priorities.tests.factories import (
    make_duty,
    make_measure,
    make_objective,
    make_plan,
    make_priority,
    make_success_measure,
)

pytestmark = pytest.mark.django_db


PARTS = {"priority": make_priority, "objective": make_objective, "success-measure": make_success_measure}

CHANGES = {
    "priority": lambda part, by: actions.change_priority(
        priority=part, title="New", kind=PriorityKind.MAIN, aim="", sponsor=make_agency(), order=2, by=by
    ),
    "objective": lambda part, by: actions.change_objective(objective=part, title="New", order=2, by=by),
    "success-measure": lambda part, by: actions.change_success_measure(
        success_measure=part, looks_like="New", measure=None, by=by
    ),
}


@pytest.mark.parametrize("noun", PARTS)
def test_a_part_ends_once_and_is_taken_up_again(noun):
    alice, part = make_alice(), PARTS[noun]()

    ended = actions.end_part(part=part, by=alice)
    assert (ended.has_ended, ended.ended_by) == (True, alice)
    with pytest.raises(WrongState):
        actions.end_part(part=part, by=alice)
    with pytest.raises(WrongState):
        CHANGES[noun](part, alice)

    assert not actions.resume_part(part=part, by=alice).has_ended
    with pytest.raises(WrongState):
        actions.resume_part(part=part, by=alice)

    verbs = AuditEvent.objects.filter(by=alice).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"{noun}.ended", f"{noun}.resumed"]


@pytest.mark.parametrize("noun", PARTS)
def test_a_change_says_what_stood_there_before(noun):
    alice, part = make_alice(), PARTS[noun]()
    before = str(part)

    changed = CHANGES[noun](part, alice)

    event = AuditEvent.objects.first()
    assert (str(changed), event.verb, event.target_label) == ("New", f"{noun}.changed", "New")
    assert event.detail.split("\n")[0].partition(" was: ")[2] == before


def test_a_priority_that_agencies_report_on_does_not_end():
    alice, duty = make_alice(), make_duty()

    with pytest.raises(WrongState, match="End their reporting duties first"):
        actions.end_part(part=duty.priority, by=alice)

    rounds.end_duty(duty=duty, by=alice)
    assert actions.end_part(part=duty.priority, by=alice).has_ended


def test_a_plan_gets_other_years():
    alice, plan = make_alice(), make_plan()

    actions.change_plan(plan=plan, title="Plan", starts_on=date(2022, 4, 1), ends_on=date(2026, 3, 31), by=alice)

    event = AuditEvent.objects.first()
    assert (BusinessPlan.objects.get().ends_on, event.verb) == (date(2026, 3, 31), "plan.changed")
    assert event.detail == "Title was: Plan 2022 to 2025\nEnds on was: 2025-03-31"


def test_success_is_seen_by_a_measure():
    measure = make_measure()

    success = actions.add_success_measure(
        objective=make_objective(), looks_like="Fewer children go missing", measure=measure, by=None
    )

    assert success.measure == measure


def test_what_has_ended_is_told_apart():
    ended, in_force = make_priority("CE"), make_priority("DA")
    actions.end_part(part=ended, by=make_alice())

    assert (list(Priority.objects.in_force()), list(Priority.objects.ended())) == ([in_force], [ended])


@pytest.mark.parametrize(
    ("today", "title"),
    [
        (date(2021, 1, 1), "First"),
        (date(2022, 4, 1), "First"),
        (date(2025, 3, 31), "First"),
        (date(2025, 4, 15), "First"),
        (date(2025, 6, 1), "Second"),
        (date(2040, 1, 1), "Second"),
    ],
)
def test_the_current_plan(today, title):
    for name, first, last in (
        ("Second", date(2025, 6, 1), date(2028, 3, 31)),
        ("First", date(2022, 4, 1), date(2025, 3, 31)),
    ):
        actions.add_plan(title=name, starts_on=first, ends_on=last, by=None)

    assert BusinessPlan.objects.current(today).title == title


def test_without_plans_there_is_no_current_one():
    assert BusinessPlan.objects.current(date(2023, 1, 1)) is None
