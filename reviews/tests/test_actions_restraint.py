from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice
from reviews import actions
from reviews.models import RestraintScrutiny
from reviews.tests.record_factories import make_closed, make_question, make_restraint

pytestmark = pytest.mark.django_db


def verbs():
    return list(
        AuditEvent.objects.filter(target_model="reviews.restraintscrutiny").order_by("pk").values_list("verb", "detail")
    )


def types_of(scrutiny):
    return [(row.name, row.incidents) for row in scrutiny.types.all()]


def test_a_scrutiny_keeps_its_total_and_types_without_a_split():
    scrutiny = make_restraint()

    assert (scrutiny.incidents, scrutiny.acceptable) == (20, 20)
    assert types_of(scrutiny) == [("Pain-inducing", None), ("Group assault", None)]
    assert verbs() == [("restraint.recorded", "")]


def test_how_many_were_acceptable_is_not_known_until_it_is_said():
    assert make_restraint(unacceptable=None).acceptable is None


def test_types_that_add_up_to_more_leave_nothing():
    with pytest.raises(WrongState, match="more incidents than were viewed"), transaction.atomic():
        make_restraint(types=[("Pain-inducing", 15), ("Group assault", 6)])

    assert RestraintScrutiny.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"unacceptable": 21}, {"incidents": -1}])
def test_a_part_greater_than_the_whole_is_refused_by_the_database(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_restraint(**wrong, types=[])


def test_an_establishment_has_one_scrutiny_a_period_in_force():
    first = make_restraint()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_restraint()

    actions.withdraw_record(record=first, noun="restraint", reason="Wrong year", by=make_alice())
    second = make_restraint()

    assert list(RestraintScrutiny.objects.in_force()) == [second]


def test_a_change_puts_other_types_in_place():
    scrutiny = make_restraint()

    actions.change_restraint(
        scrutiny=scrutiny, version=1, fields={"incidents": 8}, types=[("Planned", 8)], by=make_alice()
    )

    scrutiny.refresh_from_db()
    assert (scrutiny.incidents, scrutiny.version, types_of(scrutiny)) == (8, 2, [("Planned", 8)])
    with pytest.raises(StaleSave):
        actions.change_restraint(scrutiny=scrutiny, version=1, fields={"incidents": 9}, types=[], by=make_alice())


def test_a_signed_report_holds_the_numbers_but_not_the_answers():
    scrutiny = make_restraint()
    question = make_question(scrutiny)
    make_closed()

    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        actions.change_restraint(scrutiny=scrutiny, version=1, fields={"incidents": 19}, types=[], by=make_alice())
    actions.answer_restraint(question=question, answer="More staff", answered_on=date(2023, 3, 1), by=make_alice())

    scrutiny.refresh_from_db()
    assert (scrutiny.incidents, scrutiny.questions.get().answer) == (20, "More staff")
    assert verbs()[1:] == [("restraint.asked", "Who relieves staff?"), ("restraint.answered", "More staff")]


def test_nothing_is_recorded_for_a_signed_period():
    make_closed()

    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        make_restraint()


def test_an_answer_comes_after_its_question():
    question = make_question()

    with pytest.raises(WrongState, match="was asked on 1 February 2023"):
        actions.answer_restraint(question=question, answer="Yes", answered_on=date(2023, 1, 31), by=make_alice())

    question.refresh_from_db()
    assert question.answer == ""
