from datetime import date
from decimal import Decimal

import pytest
import time_machine

from partnership.tests.factories import make_agency, make_alice, make_bob, make_erin, make_period
from priorities import actions
from priorities.choices import ComparatorKind, DisclosureRule, PriorityKind, UpdateStatus
from priorities.queries import figure_book, replacements, requested_with_values
from priorities.tests.factories import make_measure, make_priority, make_update, make_value

pytestmark = pytest.mark.django_db


def make_compared_value(measure, number):
    value = make_value(measure, number)
    actions.compare(value=value, kind=ComparatorKind.ENGLAND, number=Decimal(50), by=value.entered_by)


def test_a_book_of_some_measures_holds_them_and_their_denominators():
    whole = make_measure("WHOLE")
    for measure in (make_measure("PART", denominator=whole), whole, make_measure("OTHER")):
        make_value(measure, 40)

    book = figure_book(computed={}, periods=[make_period()], codes={"PART"})

    found = {code: [entry.text("share") for entry in book.entries(code)] for code in ("PART", "WHOLE", "OTHER")}
    assert found == {"PART": ["100%"], "WHOLE": [None], "OTHER": []}


def test_a_book_of_no_measures_is_empty():
    make_value(make_measure(), 40)

    assert figure_book(computed={}, periods=[make_period()], codes=set()).entries("MACE_CHILDREN") == []


def test_the_plan_s_own_figures_are_in_every_book():
    make_priority("CE", kind=PriorityKind.QUALITY_ASSURANCE)
    make_measure("QA_PRIORITIES", calculation="priorities.quality_assurance_priorities", rule=DisclosureRule.NOT_PEOPLE)

    book = figure_book(computed={}, periods=[make_period("2022-23")])

    assert book.figure("QA_PRIORITIES", "2022-23", "value").text == "1"


@pytest.mark.parametrize("measures", [1, 12])
def test_filling_a_book_takes_the_same_queries_whatever_its_size(measures, django_assert_num_queries):
    for number in range(measures):
        make_compared_value(make_measure(f"MEASURE_{number}"), 40)

    periods = [make_period()]

    with django_assert_num_queries(7):
        book = figure_book(computed={}, periods=periods)

    assert [book.figure(f"MEASURE_{number}", "2022-23", "comparator").text for number in range(measures)] == [
        "50"
    ] * measures


def test_what_an_update_asks_for_comes_with_its_answer_and_the_value_in_force():
    answered, unanswered = make_measure("ANSWERED"), make_measure("UNANSWERED")
    in_force = make_value(answered, 500)
    make_value(answered, 400, period=make_period("2021-22"))
    draft = make_update(UpdateStatus.DRAFT, measures=(answered, unanswered), number=610)
    draft.values.filter(measure=unanswered).delete()

    rows = requested_with_values(draft)

    assert [(row.requested.measure, row.value and row.value.number, row.in_force) for row in rows] == [
        (answered, 610, in_force),
        (unanswered, None, None),
    ]


@pytest.mark.parametrize("measures", [1, 6])
def test_what_an_update_asks_for_is_read_in_three_queries(measures, django_assert_num_queries):
    update = make_update(
        UpdateStatus.DRAFT, measures=tuple(make_measure(f"MEASURE_{number}") for number in range(measures))
    )

    with django_assert_num_queries(3):
        rows = requested_with_values(update)
        names = [(row.requested.measure.area.name, row.requested.period.label) for row in rows]

    assert names == [("County", "2022/23")] * measures


def test_another_update_s_answers_are_not_shown():
    measure = make_measure()
    make_update(UpdateStatus.SUBMITTED, measures=(measure,), number=610)
    theirs = make_update(agency="health", measures=(measure,))

    assert [(row.value, row.in_force) for row in requested_with_values(theirs)] == [(None, None)]


def test_a_replaced_value_says_by_whom_when_and_from_which_update():
    measure = make_measure()
    with time_machine.travel("2023-04-10 09:00:00+00:00", tick=False):
        first = make_value(measure, 600, by=make_erin())
    with time_machine.travel("2023-04-20 09:00:00+00:00", tick=False):
        update = make_update(UpdateStatus.ACCEPTED, measures=(measure,), number=610)
    with time_machine.travel("2023-05-02 09:00:00+00:00", tick=False):
        last = actions.correct_value(
            value=update.values.get(),
            number=Decimal(605),
            source="A recount",
            reason="Five were counted twice.",
            by=make_alice(),
        )

    found = replacements(measure)

    returned = update.values.get()
    assert [(each.before, each.after) for each in found] == [(returned, last), (first, returned)]
    assert (returned.agreed_by.name, returned.agreed_at.date()) == ("Erin", date(2023, 4, 20))
    assert (found[0].before.entered_by.name, found[0].before.update) == ("Bob", update)
    assert (found[0].after.change_reason, found[0].after.entered_by.name) == ("Five were counted twice.", "Alice")


def test_a_value_that_was_reopened_is_replaced_for_the_reason_of_the_reopening():
    measure = make_measure()
    update = make_update(UpdateStatus.REOPENED, measures=(measure,))
    assert replacements(measure) == []
    update = actions.submit_update(update=update, by=make_bob())

    actions.accept_update(update=update, by=make_erin())

    [found] = replacements(measure)
    assert (found.before.update, found.after.update) == (None, update)
    assert found.after.change_reason == "Say what changed for children."


def test_values_of_other_periods_replace_nothing():
    measure = make_measure()
    make_value(measure, 600)
    make_value(measure, 610, period=make_period("2021-22"))

    assert replacements(measure) == []


@pytest.mark.parametrize("values", [2, 5])
def test_the_replacements_take_one_query(values, django_assert_num_queries):
    measure = make_measure()
    for number in range(values):
        make_value(measure, 600 + number)

    with django_assert_num_queries(1):
        found = replacements(measure)
        for each in found:
            str((each.before.period, each.before.entered_by, each.after.agreed_by, each.after.update))

    assert [(each.before.number, each.after.number) for each in found] == [
        (600 + number, 601 + number) for number in reversed(range(values - 1))
    ]


@pytest.mark.parametrize(("owner", "expected"), [("police", Decimal(600)), ("health", None)])
def test_an_answer_is_held_against_what_the_agency_itself_returned_before(owner, expected):
    measure = make_measure(owner=make_agency(owner))
    make_value(measure, 600, period=make_period("2021-22"))

    [row] = requested_with_values(make_update(measures=(measure,)))

    assert (row.earlier and row.earlier.number) == expected


def test_an_answer_is_not_held_against_the_same_period_or_another_kind():
    measure = make_measure(owner=make_agency("police"))
    make_value(measure, 600)

    [row] = requested_with_values(make_update(measures=(measure,)))

    assert (row.in_force.number, row.earlier) == (600, None)
