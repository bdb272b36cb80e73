from datetime import date

import pytest

from partnership.tests.factories import make_agency, make_alice, make_period
from priorities.choices import DisclosureRule, Unit
from priorities.tests.factories import make_measure, make_value
from reports.assemble import assemble
from reports.choices import Kind
from reports.tests.factories import make_block, read_new
from reviews import actions

pytestmark = pytest.mark.django_db

HIDDEN = "hidden to protect people"


def scrutinise(**fields):
    row = {"period": make_period(), "establishment": make_agency("prison"), "incidents": 20, "by": make_alice()}
    return actions.record_restraint(**row | fields)


def rows(block):
    (table,) = block.tables
    return [(row.head, row.cells, row.is_below) for row in table.rows]


def test_without_a_review_it_says_so():
    scrutinise(period=make_period("2021-22"))

    block = read_new(Kind.RESTRAINT)

    assert (block.intro, block.tables) == ("No review of restraint is recorded for 2022/23.", ())


def test_incidents_stand_with_their_types_findings_and_questions():
    scrutiny = scrutinise(unacceptable=0, types=[("Pain", None), ("Group", None)], findings="Calm.\nFew staff.")
    asked = actions.ask_restraint(scrutiny=scrutiny, text="Why so few?", asked_on=date(2022, 9, 1), by=make_alice())
    actions.answer_restraint(question=asked, answer="Sickness.", answered_on=date(2022, 10, 1), by=make_alice())
    actions.ask_restraint(scrutiny=scrutiny, text="And now?", asked_on=date(2022, 12, 1), by=make_alice())

    block = read_new(Kind.RESTRAINT)

    assert block.tables[0].caption == "Restraint at County Prison, 2022/23"
    assert rows(block) == [
        ("Incidents viewed", ("20",), False),
        ("Pain", ("not counted apart",), True),
        ("Group", ("not counted apart",), True),
        ("Within the expected standard", ("20 of 20, 100%",), False),
    ]
    assert [(each.title, each.points) for each in block.lists] == [
        ("What the group found", ("Calm.", "Few staff.")),
        (
            "What the group asked Prison",
            (
                "Why so few? Answered in October 2022: Sickness.",
                "And now? Asked in December 2022; there is no answer yet.",
            ),
        ),
    ]


def test_small_types_are_hidden_so_that_nobody_can_subtract():
    scrutinise(unacceptable=2, types=[("Pain", 9), ("Group", 8), ("Refusal", 3)])

    assert rows(read_new(Kind.RESTRAINT)) == [
        ("Incidents viewed", ("20",), False),
        ("Pain", ("9",), True),
        ("Group", (HIDDEN,), True),
        ("Refusal", (HIDDEN,), True),
        ("Within the expected standard", (HIDDEN,), False),
    ]


def test_what_the_establishment_counts_comes_from_its_measures():
    trained = make_measure("TRAINED", unit=Unit.PERCENT, rule=DisclosureRule.NOT_PEOPLE)
    make_value(trained, 78)
    without = make_measure("PAPERWORK", unit=Unit.PERCENT, rule=DisclosureRule.NOT_PEOPLE)
    scrutinise(training_measure=trained, paperwork_measure=without)
    block = make_block(kind=Kind.RESTRAINT)

    read = assemble(block.section.report)

    assert rows(read.sections[0].blocks[0]) == [
        ("Incidents viewed", ("20",), False),
        ("Trained", ("78%",), False),
    ]
    assert [(figure.code, figure.text) for figure in read.figures] == [("TRAINED", "78%")]
