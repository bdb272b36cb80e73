from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_erin, make_frank, make_period
from priorities import actions
from priorities.choices import (
    ComparatorKind,
    DisclosureRule,
    MeasureKind,
    Polarity,
    PriorityKind,
    Qualifier,
    Unit,
    ValueCode,
    ValueStatus,
)
from priorities.models import BusinessPlan, Comparator, Measure, MeasureValue, UpdateRound
from priorities.tests.factories import make_measure, make_plan, make_priority, make_value

pytestmark = pytest.mark.django_db

EXCEPTION = DisclosureRule.AGREED_EXCEPTION


def lines(target):
    events = AuditEvent.objects.filter(target_model=target._meta.label_lower, target_id=target.pk)
    return list(events.order_by("pk").values_list("verb", "by_label", "detail"))


def record(measure, number, *, code="", by=None, **fields):
    return actions.record_value(
        measure=measure,
        period=make_period(),
        number=None if number is None else Decimal(number),
        code=code,
        source="A return",
        by=by or make_erin(),
        **fields,
    )


def test_a_new_measure_hides_small_counts():
    priority, erin = make_priority(), make_erin()
    denominator = make_measure("WHOLE")

    measure = actions.define_measure(
        code="PART",
        name="Part",
        definition="Counted once a year.",
        unit=Unit.CHILDREN,
        polarity=Polarity.UP,
        kind=MeasureKind.BETTER_OFF,
        area=denominator.area,
        owner=denominator.owner,
        priority=priority,
        decimals=1,
        rounding=10,
        denominator=denominator,
        by=erin,
    )

    measure.refresh_from_db()
    assert (measure.code, measure.unit, measure.polarity, measure.kind) == ("PART", "children", "up", "better-off")
    assert (measure.priority, measure.denominator, measure.decimals, measure.rounding) == (priority, denominator, 1, 10)
    assert (measure.disclosure, measure.disclosure_reason) == (DisclosureRule.SUPPRESS_SMALL, "")
    assert lines(measure) == [("measure.defined", "Erin", "")]


def test_the_code_of_a_measure_is_taken_once():
    make_measure("CALLS")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_measure("CALLS")

    assert Measure.objects.count() == 1


@pytest.mark.parametrize("fields", [{"rounding": 0}, {"decimals": -1}])
def test_a_measure_that_cannot_be_shown_is_refused_by_the_database(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_measure(**fields)

    assert not AuditEvent.objects.filter(verb="measure.defined").exists()


def test_a_measure_is_no_share_of_itself():
    measure = make_measure()

    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(denominator=measure.pk)


def test_an_exception_keeps_its_reason_and_both_people():
    measure, erin, frank = make_measure(), make_erin(), make_frank()

    actions.set_disclosure(measure=measure, rule=EXCEPTION, reason="Numbers are public.", agreed_by=frank, by=erin)

    measure.refresh_from_db()
    assert (measure.disclosure, measure.disclosure_reason) == (EXCEPTION, "Numbers are public.")
    assert (measure.disclosure_proposed_by, measure.disclosure_agreed_by) == (erin, frank)
    assert lines(measure)[1:] == [
        (
            "measure.disclosure-set",
            "Erin",
            "Small numbers shown by agreement, with a reason Numbers are public.",
        )
    ]


@pytest.mark.parametrize(
    ("reason", "agreed_by"),
    [
        ("", "second person"),
        ("Numbers are public.", "nobody"),
        ("Numbers are public.", "the same person"),
        ("", "nobody"),
    ],
)
def test_an_exception_without_reason_or_second_person_is_refused_by_the_database(reason, agreed_by):
    measure, erin = make_measure(), make_erin()
    second = {"second person": make_frank(), "nobody": None, "the same person": erin}[agreed_by]

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.set_disclosure(measure=measure, rule=EXCEPTION, reason=reason, agreed_by=second, by=erin)

    measure.refresh_from_db()
    assert measure.disclosure == DisclosureRule.SUPPRESS_SMALL
    assert lines(measure) == [("measure.defined", "The portal", "")]


def test_taking_an_exception_back_takes_back_the_agreement():
    measure, erin = make_measure(), make_erin()
    actions.set_disclosure(measure=measure, rule=EXCEPTION, reason="Public.", agreed_by=make_frank(), by=erin)

    actions.set_disclosure(measure=measure, rule=DisclosureRule.SUPPRESS_SMALL, agreed_by=make_frank(), by=erin)

    measure.refresh_from_db()
    assert (measure.disclosure, measure.disclosure_reason) == (DisclosureRule.SUPPRESS_SMALL, "")
    assert (measure.disclosure_proposed_by, measure.disclosure_agreed_by) == (None, None)


def test_a_recorded_value_is_in_force_and_says_where_it_comes_from():
    measure, alice = make_measure(), make_alice()

    value = record(measure, 610, qualifier=Qualifier.OVER, as_at=date(2023, 4, 14), note="By hand.", by=alice)

    value.refresh_from_db()
    assert (value.number, value.code, value.qualifier, value.status) == (610, "", Qualifier.OVER, ValueStatus.AGREED)
    assert (value.measure, value.period, value.area) == (measure, make_period(), measure.area)
    assert (value.source, value.as_at, value.note) == ("A return", date(2023, 4, 14), "By hand.")
    assert (value.entered_by, value.update) == (alice, None)
    assert lines(value) == [("value.recorded", "Alice", "over 610")]


def test_a_code_is_recorded_in_place_of_a_number():
    value = record(make_measure(), None, code=ValueCode.UNRELIABLE)

    assert list(MeasureValue.objects.in_force().values_list("number", "code")) == [(None, "u")]
    assert lines(value) == [("value.recorded", "Erin", "exact u")]


@pytest.mark.parametrize(("number", "code"), [(None, ""), (610, ValueCode.SUPPRESSED), (None, "?")])
def test_a_value_is_either_a_number_or_a_known_code(number, code):
    measure, earlier = make_measure(), None
    earlier = make_value(measure, 500)

    with pytest.raises(IntegrityError), transaction.atomic():
        record(measure, number, code=code)

    assert list(MeasureValue.objects.values_list("pk", "status")) == [(earlier.pk, ValueStatus.AGREED)]


def test_recording_a_value_supersedes_the_one_in_force_and_keeps_it():
    measure = make_measure()
    values = [make_value(measure, number) for number in (500, 600, 610)]

    assert list(MeasureValue.objects.in_force()) == [values[2]]
    assert list(MeasureValue.objects.superseded().order_by("pk").values_list("number", flat=True)) == [500, 600]


def test_recording_a_value_leaves_other_periods_and_measures_in_force():
    measure = make_measure()
    untouched = {make_value(measure, 500, period=make_period("2021-22")), make_value(make_measure("OTHER"), 7)}

    value = make_value(measure, 610)

    assert set(MeasureValue.objects.in_force()) == {*untouched, value}


def test_two_values_are_never_in_force_at_once():
    value = make_value(make_measure(), 610)
    value.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        value.save(force_insert=True)


def test_a_comparator_is_held_against_its_value():
    value, alice = make_value(make_measure(), 610), make_alice()

    actions.compare(
        value=value,
        kind=ComparatorKind.OTHER,
        number=Decimal("71.5"),
        qualifier=Qualifier.ABOUT,
        label="The year before the pandemic",
        by=alice,
    )

    comparator = Comparator.objects.get()
    assert (comparator.value, comparator.kind, comparator.qualifier) == (value, ComparatorKind.OTHER, Qualifier.ABOUT)
    assert (comparator.number, comparator.code) == (Decimal("71.5"), "")
    assert lines(value)[-1] == ("comparator.added", "Alice", "The year before the pandemic: 71.5")


def test_a_comparator_without_a_label_goes_by_its_kind():
    value = make_value(make_measure(), 610)

    actions.compare(value=value, kind=ComparatorKind.ENGLAND, number=Decimal(50), by=make_alice())

    assert lines(value)[-1] == ("comparator.added", "Alice", "England: 50")


def test_a_comparator_without_a_number_is_refused_by_the_database():
    value = make_value(make_measure(), 610)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.compare(value=value, kind=ComparatorKind.ENGLAND, number=None, by=make_alice())

    assert Comparator.objects.count() == 0


def test_a_plan_and_its_priority_are_recorded():
    alice = make_alice()
    plan = actions.add_plan(title="Plan", starts_on=date(2022, 4, 1), ends_on=date(2025, 3, 31), by=alice)
    sponsor = make_measure().owner

    priority = actions.add_priority(
        plan=plan,
        code="CE",
        title="Child exploitation",
        kind=PriorityKind.MAIN,
        aim="Safer.",
        sponsor=sponsor,
        order=2,
        by=alice,
    )

    assert list(plan.priorities.values_list("code", "title", "kind", "aim", "order")) == [
        ("CE", "Child exploitation", "main", "Safer.", 2)
    ]
    assert (lines(plan), lines(priority)) == ([("plan.added", "Alice", "")], [("priority.added", "Alice", "")])


def test_a_plan_that_ends_before_it_starts_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_plan(title="Plan", starts_on=date(2022, 4, 1), ends_on=date(2022, 4, 1), by=None)

    assert BusinessPlan.objects.count() == 0


def test_a_priority_s_code_is_taken_once():
    make_priority("CE")

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_priority(
            plan=make_plan(),
            code="CE",
            title="Again",
            kind=PriorityKind.MAIN,
            aim="",
            sponsor=make_measure().owner,
            order=0,
            by=None,
        )


def test_a_round_is_opened():
    round = actions.open_round(
        title="Quarter 4", period=make_period(), opens_on=date(2023, 4, 1), due_on=date(2023, 4, 1), by=make_alice()
    )

    assert list(UpdateRound.objects.values_list("title", "period", "opens_on", "due_on")) == [
        ("Quarter 4", make_period().pk, date(2023, 4, 1), date(2023, 4, 1))
    ]
    assert lines(round) == [("round.opened", "Alice", "")]


def test_a_round_due_before_it_opens_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.open_round(
            title="Quarter 4", period=make_period(), opens_on=date(2023, 4, 2), due_on=date(2023, 4, 1), by=make_alice()
        )

    assert UpdateRound.objects.count() == 0


def test_corrected_value_keeps_the_old_one_with_the_reason():
    value = make_value(make_measure(), 610)
    alice = make_alice()
    actions.compare(value=value, kind=ComparatorKind.ENGLAND, number=Decimal(50), by=alice)

    new = actions.correct_value(value=value, number=Decimal(601), source="The panel's list", reason="A slip.", by=alice)

    value.refresh_from_db()
    assert (value.status, value.number) == (ValueStatus.SUPERSEDED, 610)
    assert (new.status, new.number, new.change_reason, new.entered_by) == (ValueStatus.AGREED, 601, "A slip.", alice)
    assert [(each.kind, each.number) for each in new.comparators.all()] == [("england", 50)]
    assert value.comparators.count() == 1
    assert lines(new)[-1] == ("value.corrected", "Alice", "exact 601, was exact 610. A slip.")


def test_value_that_somebody_has_corrected_meanwhile_is_not_corrected_again():
    value = make_value(make_measure(), 610)
    alice = make_alice()
    actions.correct_value(value=value, number=Decimal(601), source="A", reason="A slip.", by=alice)

    with pytest.raises(StaleSave):
        actions.correct_value(value=value, number=Decimal(599), source="B", reason="Another slip.", by=alice)

    assert list(MeasureValue.objects.in_force().values_list("number", flat=True)) == [601]
    assert MeasureValue.objects.count() == 2


def test_definition_changes_and_the_record_says_what_it_was():
    measure = make_measure()

    actions.change_measure(measure=measure, name="Children at panels", decimals=0, by=make_alice())

    measure.refresh_from_db()
    assert measure.name == "Children at panels"
    assert lines(measure)[-1] == ("measure.changed", "Alice", "name was “Mace children”")


def test_saving_the_same_definition_changes_nothing():
    measure = make_measure()
    before = lines(measure)

    actions.change_measure(measure=measure, name=measure.name, unit=measure.unit, by=make_alice())

    assert lines(measure) == before


@pytest.mark.parametrize("fields", [{"unit": "percent"}, {"calculation": "training.attendances"}])
def test_what_its_values_mean_does_not_change(fields):
    measure = make_measure()
    make_value(measure, 610)

    with pytest.raises(WrongState, match="has values already"):
        actions.change_measure(measure=measure, **fields, by=make_alice())

    measure.refresh_from_db()
    assert (measure.unit, measure.calculation) == ("children", "")
