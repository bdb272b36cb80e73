from decimal import Decimal

import pytest

from partnership.tests.factories import make_period
from priorities import actions
from priorities.choices import ComparatorKind, DisclosureRule, PriorityKind, UpdateStatus
from priorities.queries import figure_book, requested_with_values
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

    with django_assert_num_queries(5):
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
