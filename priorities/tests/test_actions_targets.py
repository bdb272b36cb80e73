from decimal import Decimal

import pytest
from django.db import IntegrityError

from partnership.models import AuditEvent
from partnership.spreadsheets import read_table
from partnership.tests.factories import make_agency, make_alice, make_period
from priorities import actions
from priorities.choices import Rag, Tolerance, Unit
from priorities.imports import read_import
from priorities.models import Comparator, MeasureRating, Target
from priorities.tests.factories import make_measure, make_rating, make_target, make_value

pytestmark = pytest.mark.django_db


def lines():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "by_label", "detail"))


def test_target_is_set_before_there_is_a_value():
    measure, alice = make_measure(unit=Unit.PERCENT), make_alice()

    target = actions.set_target(
        measure=measure, period=make_period(), number=Decimal(60), tolerance=Decimal(5), note="The plan", by=alice
    )

    assert (target.number, target.margin, target.set_by) == (60, 5, alice)
    assert lines()[-1] == ("target.set", "Alice", "exact 60 within 5. The plan")


def test_setting_it_again_replaces_it_and_the_record_keeps_what_it_was():
    target = make_target(make_measure(), 600)

    again = actions.set_target(measure=target.measure, period=target.period, number=Decimal(650), by=make_alice())

    assert [(each.pk, each.number) for each in Target.objects.all()] == [(target.pk, 650)]
    assert again.note == ""
    assert lines()[-1] == ("target.set", "Alice", "exact 650, was exact 600.")


@pytest.mark.parametrize(
    ("number", "tolerance", "kind", "margin"),
    [
        (600, None, Tolerance.UNIT, 0),
        (600, 30, Tolerance.UNIT, 30),
        (600, 10, Tolerance.PERCENT, 60),
        (0, 10, Tolerance.PERCENT, 0),
    ],
)
def test_margin_is_in_the_measure_s_unit(number, tolerance, kind, margin):
    target = Target(
        number=Decimal(number), tolerance=tolerance if tolerance is None else Decimal(tolerance), tolerance_kind=kind
    )

    assert target.margin == margin


def test_target_is_removed_and_the_record_keeps_what_it_was():
    target = make_target(make_measure(), 600)

    actions.remove_target(target=target, by=make_alice())

    assert not Target.objects.exists()
    assert lines()[-1] == ("target.removed", "Alice", "exact 600")


def test_target_is_not_below_zero():
    with pytest.raises(IntegrityError, match=r"target_not_below_zero|CHECK"):
        make_target(make_measure(), -1)


def test_board_s_judgement_replaces_an_earlier_one():
    rating = make_rating(make_measure())

    actions.rate_measure(
        measure=rating.measure, period=rating.period, rag=Rag.GREEN, reason="Posts are filled.", by=make_alice()
    )

    assert [(each.rag, each.reason, f"{each.rated_by}") for each in MeasureRating.objects.all()] == [
        (Rag.GREEN, "Posts are filled.", "Alice")
    ]
    assert lines()[-1] == ("measure.rated", "Alice", "Posts are filled.")


def test_judgement_without_a_reason_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match=r"measure_rating_says_why|CHECK"):
        actions.rate_measure(measure=make_measure(), period=make_period(), rag=Rag.GREEN, reason="", by=make_alice())


def test_judgement_is_removed():
    rating = make_rating(make_measure())

    actions.remove_rating(rating=rating, by=make_alice())

    assert not MeasureRating.objects.exists()
    assert lines()[-1] == ("measure.rating-removed", "Alice", "Two posts are vacant.")


def test_target_is_no_comparator():
    value = make_value(make_measure(), 610)

    with pytest.raises(IntegrityError, match=r"comparator_is_no_target|CHECK"):
        actions.compare(value=value, kind="target", number=Decimal(600), by=make_alice())


def bring_in(text):
    table = read_table(text.encode(), name="figures.csv")
    return actions.import_measures(imported=read_import(table), owner=make_agency("council"), by=make_alice())


def test_target_of_a_file_is_set_once():
    make_measure()
    text = "measure,period,value,source,target\nMACE_CHILDREN,2022-23,610,A list,600\n"
    make_period()

    bring_in(text)
    again = bring_in(text)

    assert [(each.number, each.note) for each in Target.objects.all()] == [(600, "A list")]
    assert not Comparator.objects.exists()
    assert again.changes_nothing


def test_file_changes_a_target_and_leaves_its_tolerance():
    measure = make_measure()
    make_target(measure, 600, tolerance=5, tolerance_kind=Tolerance.PERCENT)

    bring_in("measure,period,value,source,target\nMACE_CHILDREN,2022-23,610,A list,650\n")

    assert [(each.number, each.margin) for each in Target.objects.all()] == [(650, Decimal("32.5"))]


@pytest.mark.parametrize("typed", ["", "x"])
def test_file_without_a_target_leaves_the_one_there_is(typed):
    make_target(make_measure(), 600)

    bring_in(f"measure,period,value,source,target\nMACE_CHILDREN,2022-23,610,A list,{typed}\n")

    assert [each.number for each in Target.objects.all()] == [600]
