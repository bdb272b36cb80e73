from datetime import date

import pytest
import time_machine

from partnership.tests.factories import make_alice
from priorities import actions
from priorities.choices import ActionStatus, PriorityKind, Rag
from priorities.models import AgreedAction, BusinessPlan
from priorities.progress import Tally, percent_passed, plan_progress, tally, time_in_words
from priorities.tests.factories import make_action, make_plan, make_priority, slip

PLAN = BusinessPlan(title="Plan", starts_on=date(2022, 4, 1), ends_on=date(2025, 3, 31))

TODAY = date(2023, 6, 1)


@pytest.mark.parametrize(
    ("today", "percent", "words"),
    [
        (date(2022, 3, 31), 0, "It begins on 1 April 2022."),
        (date(2022, 4, 1), 0, "Year 1 of 3."),
        (date(2023, 3, 31), 33, "Year 1 of 3."),
        (date(2023, 4, 1), 33, "Year 2 of 3."),
        (date(2025, 3, 31), 99, "Year 3 of 3."),
        (date(2025, 4, 1), 100, "It ended on 31 March 2025."),
        (date(9999, 12, 31), 100, "It ended on 31 March 2025."),
    ],
)
def test_where_in_its_years_a_plan_is(today, percent, words):
    assert (percent_passed(PLAN, today), time_in_words(PLAN, today)) == (percent, words)


@pytest.fixture
def agreed(db):
    """Actions of every kind: a green one, one that is late and slipped, one not rated, one done, one withdrawn."""
    alice = make_alice()
    green = make_action(due_on=date(2024, 1, 1))
    actions.rate_action(action=green, version=0, rag=Rag.GREEN, reason="In time.", by=alice)
    late = slip(make_action(due_on=date(2023, 1, 1)), date(2023, 2, 1), date(2023, 3, 1), date(2023, 4, 1))
    actions.rate_action(action=late, version=3, rag=Rag.RED, reason="Late.", by=alice)
    make_action()
    make_action(ActionStatus.COMPLETED)
    make_action(ActionStatus.WITHDRAWN)
    return AgreedAction.objects.prefetch_related("date_changes")


@time_machine.travel(TODAY)
def test_actions_are_counted_by_how_they_stand(agreed):
    counted = tally(agreed)

    assert counted == Tally(
        open=3, overdue=1, slipping=1, completed=1, withdrawn=1, green=1, amber=0, red=1, not_rated=1
    )
    assert counted.total == 5
    assert counted.ratings == [
        ("red", "1 off track"),
        ("green", "1 on track"),
        ("not-rated", "1 not rated yet"),
        ("blue", "1 complete"),
    ]


@time_machine.travel(TODAY)
def test_what_needs_attention_stands_first(agreed):
    found = AgreedAction.objects.by_attention(TODAY).values_list("rag", "status", "due_on")

    assert list(found)[:3] == [
        ("red", "open", date(2023, 4, 1)),
        ("", "open", date(2023, 6, 30)),
        ("green", "open", date(2024, 1, 1)),
    ]


def test_what_slipped(agreed):
    assert [AgreedAction.objects.slipped(times).count() for times in (1, 3, 4)] == [1, 1, 0]


@time_machine.travel(TODAY)
def test_an_action_counts_for_its_priority_and_for_its_themes_and_once_for_the_plan(db):
    theme = make_priority("VOICE", PriorityKind.CROSS_CUTTING)
    make_action(priority="CE", themes=[theme])
    make_action(priority="NEGLECT")

    progress = plan_progress(make_plan(), TODAY)

    rows = {row.priority.code: row.tally.open for _, rows in progress.kinds for row in rows}
    assert (rows, progress.tally.open) == ({"CE": 1, "NEGLECT": 1, "VOICE": 1}, 2)
    assert [kind for kind, _ in progress.kinds] == ["Quality assurance priorities", "Cross-cutting themes"]


def test_a_priority_that_has_ended_stands_apart(db):
    actions.end_part(part=make_priority("CE"), by=make_alice())
    make_priority("DA")

    progress = plan_progress(make_plan(), TODAY)

    assert [row.priority.code for _, rows in progress.kinds for row in rows] == ["DA"]
    assert [priority.code for priority in progress.ended] == ["CE"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(db, django_assert_num_queries, count):
    plan = make_plan()
    for number in range(count):
        slip(make_action(priority=f"P{number}"), date(2023, 9, 30))

    with django_assert_num_queries(4):
        plan_progress(plan, TODAY)
