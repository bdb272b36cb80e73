from decimal import Decimal

import pytest
from django.urls import reverse

from partnership.tests.factories import make_agency, make_alice, make_area, make_erin, make_period
from priorities import actions
from priorities.choices import DisclosureRule, MeasureKind, Polarity, Rag, Tolerance, Unit, ValueCode
from priorities.models import Measure, MeasureRating, MeasureValue, Target
from priorities.tests.factories import make_measure, make_rating, make_target, make_value

pytestmark = pytest.mark.django_db

LONG = "x" * 1_000_000
MILLION_DIGITS = "9" * 1_000_000


@pytest.fixture
def alice(client):
    alice = make_alice()
    client.force_login(alice)
    return alice


def definition(**fields):
    return {
        "name": "Children seen",
        "code": "CHILDREN_SEEN",
        "definition": "Children seen within 5 days.",
        "kind": MeasureKind.HOW_WELL,
        "polarity": Polarity.UP,
        "area": make_area().pk,
        "owner": make_agency().pk,
        "unit": Unit.PERCENT,
        "decimals": "0",
        "rounding": "1",
        "disclosure": DisclosureRule.SUPPRESS_SMALL,
        **fields,
    }


def value(**fields):
    return {"number": "610", "qualifier": "exact", "source": "The panel's list", **fields}


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def in_force():
    return list(MeasureValue.objects.in_force().values_list("number", "code"))


def test_measure_is_defined(client, alice):
    response = client.post(reverse("reports:measure-define"), definition(priority="", calculation=""))

    measure = Measure.objects.get()
    assert response.url == reverse("reports:measure-detail", args=["CHILDREN_SEEN"])
    assert (measure.name, measure.unit, measure.decimals, measure.disclosure) == (
        "Children seen",
        "percent",
        0,
        "suppress-small",
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Enter a name"),
        ("name", LONG, "Ensure this value has at most 200 characters (it has 1000000)."),
        ("name", "a\0b", "Null characters are not allowed."),
        ("code", "children seen", "Use capital letters, digits and underscores"),
        ("code", "MACE_CHILDREN", "There is a measure with this code already"),
        ("unit", "unicorns", "Select a valid choice. unicorns is not one of the available choices."),
        ("calculation", "os.system", "Select a valid choice. os.system is not one of the available choices."),
        ("calculation_of", "board", "Choose a calculation above, or leave this empty"),
        ("rate_per", "10000", "Only a measure that is counted as a rate is per so many"),
        ("numerator_words", "children seen", "Name both counts, or neither"),
        ("rounding", "7", "Select a valid choice. 7 is not one of the available choices."),
    ],
)
def test_fault_of_a_definition_stands_beside_its_field(client, alice, field, typed, said):
    make_measure()

    response = client.post(reverse("reports:measure-define"), definition(**{field: typed}))

    expected = "denominator_words" if field == "numerator_words" else field
    assert errors(response) == {expected: [said]}
    assert Measure.objects.count() == 1
    assert response.context["form"]["definition"].value() == "Children seen within 5 days."


def test_one_person_cannot_show_small_numbers_of_people(client, alice):
    data = definition(unit=Unit.CHILDREN, disclosure=DisclosureRule.NOT_PEOPLE)

    response = client.post(reverse("reports:measure-define"), data)

    assert errors(response) == {
        "disclosure": ["This counts children. To show small numbers, propose it on the measure's page"]
    }


def test_definition_is_changed_and_its_code_stays(client, alice):
    measure = make_measure()
    data = definition(unit=Unit.CHILDREN, code="OTHER")

    client.post(reverse("reports:measure-change", args=[measure.code]), data)

    measure.refresh_from_db()
    assert (measure.code, measure.name, measure.polarity) == ("MACE_CHILDREN", "Children seen", "up")


def test_unit_of_a_measure_with_values_stays(client, alice):
    measure = make_measure()
    make_value(measure, 610)

    response = client.post(reverse("reports:measure-change", args=[measure.code]), definition())

    assert errors(response) == {
        "__all__": ["“Mace children” has values already, so its unit, area and calculation cannot change."]
    }
    measure.refresh_from_db()
    assert (measure.unit, measure.name) == ("children", "Mace children")


def test_value_is_put_in_force(client, alice):
    measure = make_measure()

    client.post(
        reverse("reports:value-record", args=[measure.code]),
        value(number="1,234", period=make_period().pk, as_at="31/3/2023"),
    )

    assert [(each.number, f"{each.as_at}", each.entered_by) for each in MeasureValue.objects.in_force()] == [
        (1234, "2023-03-31", alice)
    ]


@pytest.mark.parametrize("code", ValueCode.values)
def test_code_stays_a_code(client, alice, code):
    measure = make_measure()

    client.post(reverse("reports:value-record", args=[measure.code]), value(number=code, period=make_period().pk))

    assert in_force() == [(None, code)]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("number", "", "Enter the value"),
        ("number", "-3", "The value cannot be below zero"),
        ("number", "7.5", "Give it as a whole number: the report shows no more"),
        ("number", "999999999999", "This number is too large to be right."),
        ("number", MILLION_DIGITS, "Ensure this value has at most 40 characters (it has 1000000)."),
        ("number", "6\0", "Null characters are not allowed."),
        ("period", "", "Choose a period"),
        ("source", "", "Enter the source"),
        ("as_at", "31/12/9999", "This day is still to come"),
        ("note", "x" * 1001, "Ensure this value has at most 1000 characters (it has 1001)."),
    ],
)
def test_fault_of_a_value_stands_beside_its_field(client, alice, field, typed, said):
    measure = make_measure()
    data = value(period=make_period().pk) | {field: typed}

    response = client.post(reverse("reports:value-record", args=[measure.code]), data)

    assert errors(response) == {field: [said]}
    assert in_force() == []


def test_value_in_force_is_not_overwritten_unseen(client, alice):
    measure = make_measure()
    make_value(measure, 600)

    response = client.post(reverse("reports:value-record", args=[measure.code]), value(period=make_period().pk))

    assert list(errors(response)) == ["period"]
    assert in_force() == [(600, "")]


def test_share_is_worked_out_from_its_counts(client, alice):
    measure = make_measure(unit=Unit.PERCENT)
    data = value(number="", numerator="18", denominator="40", period=make_period().pk)

    client.post(reverse("reports:value-record", args=[measure.code]), data)

    assert [(each.number, each.numerator, each.denominator) for each in MeasureValue.objects.in_force()] == [
        (45, 18, 40)
    ]


@pytest.mark.parametrize(
    ("number", "numerator", "denominator", "field"),
    [
        ("", "41", "40", "numerator"),
        ("", "1", "0", "denominator"),
        ("", "1", "", "denominator"),
        ("46", "18", "40", "number"),
        ("c", "18", "40", "number"),
    ],
)
def test_counts_that_cannot_be_are_refused(client, alice, number, numerator, denominator, field):
    measure = make_measure(unit=Unit.PERCENT)
    data = value(number=number, numerator=numerator, denominator=denominator, period=make_period().pk)

    response = client.post(reverse("reports:value-record", args=[measure.code]), data)

    assert list(errors(response)) == [field]
    assert in_force() == []


def test_value_is_corrected_with_a_reason(client, alice):
    old = make_value(make_measure(), 610)

    client.post(reverse("reports:value-correct", args=[old.pk]), value(number="601", reason="Nine were counted twice."))

    assert in_force() == [(601, "")]
    assert MeasureValue.objects.in_force().get().change_reason == "Nine were counted twice."


def test_correction_without_a_reason_is_refused(client, alice):
    old = make_value(make_measure(), 610)

    response = client.post(reverse("reports:value-correct", args=[old.pk]), value(number="601"))

    assert errors(response) == {"reason": ["Enter why it is corrected"]}
    assert in_force() == [(610, "")]


def test_of_two_corrections_the_second_is_told_and_keeps_what_was_typed(client, alice):
    old = make_value(make_measure(), 610)
    actions.correct_value(value=old, number=Decimal(601), source="A", reason="A slip.", by=make_erin())

    response = client.post(reverse("reports:value-correct", args=[old.pk]), value(number="599", reason="Another"))

    assert errors(response) == {
        "__all__": [
            "The value for 2022/23 was replaced by somebody else meanwhile. Open the page again to see what changed. "
            "What you typed is still here."
        ]
    }
    assert response.context["form"]["number"].value() == "599"
    assert in_force() == [(601, "")]


def test_calculated_measure_takes_no_value(client, alice):
    measure = make_measure("ATTENDANCES", calculation="training.attendances")

    response = client.post(reverse("reports:value-record", args=[measure.code]), value(period=make_period().pk))

    assert response.status_code == 404
    assert in_force() == []


def target(**fields):
    return {"period": make_period().pk, "number": "600", "tolerance_kind": Tolerance.UNIT, **fields}


def test_target_is_set_for_a_period_without_a_value(client, alice):
    measure = make_measure()

    client.post(reverse("reports:target-set", args=[measure.code]), target(tolerance="5", tolerance_kind="percent"))

    assert [(each.number, each.margin, each.set_by) for each in Target.objects.all()] == [(600, 30, alice)]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("number", "", "Enter the target"),
        ("number", "soon", "“soon” is not a number. Write it in digits, such as 1,234 or 7.5."),
        ("number", "-1", "The target cannot be below zero"),
        ("number", "1.5", "Give it as a whole number: the report shows no more"),
        ("tolerance", "-1", "This cannot be below zero"),
        ("note", "a\0", "Null characters are not allowed."),
    ],
)
def test_fault_of_a_target_stands_beside_its_field(client, alice, field, typed, said):
    response = client.post(reverse("reports:target-set", args=[make_measure().code]), target(**{field: typed}))

    assert errors(response) == {field: [said]}
    assert not Target.objects.exists()


def test_form_opens_with_the_target_there_is(client, alice):
    measure = make_measure()
    make_target(measure, 600, tolerance=50)

    form = client.get(reverse("reports:target-set", args=[measure.code]), {"period": "2022-23"}).context["form"]

    assert (form["number"].value(), form["tolerance"].value(), form["period"].value()) == (
        "600",
        "50",
        make_period().pk,
    )


def test_target_is_removed(client, alice):
    client.post(reverse("reports:target-remove", args=[make_target(make_measure(), 600).pk]))

    assert not Target.objects.exists()


def test_board_judges_with_a_reason(client, alice):
    address = reverse("reports:measure-rate", args=[make_measure().code])

    refused = client.post(address, {"period": make_period().pk, "rag": Rag.AMBER, "reason": " "})
    client.post(address, {"period": make_period().pk, "rag": Rag.AMBER, "reason": "Posts are vacant."})

    assert errors(refused) == {"reason": ["Enter why you judge it so"]}
    assert [(each.rag, each.reason, each.rated_by) for each in MeasureRating.objects.all()] == [
        ("amber", "Posts are vacant.", alice)
    ]


def test_judgement_is_removed(client, alice):
    client.post(reverse("reports:rating-remove", args=[make_rating(make_measure()).pk]))

    assert not MeasureRating.objects.exists()


def test_exception_takes_two_people(client, alice):
    measure = make_measure()
    code = [measure.code]
    client.post(reverse("reports:exception-propose", args=code), {"reason": "All are known."})
    client.post(reverse("reports:exception-agree", args=code))
    alone = Measure.objects.get().disclosure
    client.force_login(make_erin())
    client.post(reverse("reports:exception-agree", args=code))

    assert (alone, Measure.objects.get().disclosure) == ("suppress-small", "agreed-exception")


def test_only_the_second_person_is_offered_to_agree(client, alice):
    measure = make_measure()
    actions.propose_exception(measure=measure, reason="All are known.", by=alice)
    address = reverse("reports:measure-detail", args=[measure.code])

    own = "Agree to show them" in client.get(address).content.decode()
    client.force_login(make_erin())

    assert (own, "Agree to show them" in client.get(address).content.decode()) == (False, True)


def test_one_person_cannot_show_the_small_numbers_of_a_share_either(client, alice):
    measure = make_measure("TRAINED", unit=Unit.PERCENT)
    address = reverse("reports:measure-change", args=[measure.code])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    page = client.post(address, {**typed, "disclosure": "not-people"})

    assert page.context["form"].errors["disclosure"] == [
        "Small numbers of this measure are hidden. To show small numbers, propose it on the measure's page"
    ]
    measure.refresh_from_db()
    assert measure.disclosure == "suppress-small"
