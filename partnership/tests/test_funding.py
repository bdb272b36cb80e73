from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import actions
from partnership.choices import ContributionKind, CostHeading
from partnership.forms.funding import ContributionForm, CostForm
from partnership.models import AuditEvent, Contribution, Cost
from partnership.queries import funding_of
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_contribution,
    make_cost,
    make_erin,
    make_partnership,
    make_period,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel("2023-06-01", tick=False):
        yield


def amounts(lines):
    return [(each.name, each.now_text, each.before_text, each.change) for each in lines]


def money(**typed):
    return {"agency": make_agency().pk, "kind": "cash", "amount": "£5,000", "words": "", **typed}


def test_a_year_stands_beside_the_year_before_with_what_is_left():
    make_contribution(5000, code="2020-21")
    make_contribution(5000, code="2021-22")
    make_contribution(900, code="2021-22", agency="health")
    make_cost(7000, code="2021-22")
    make_contribution(6000)
    make_contribution(1000, words="An analyst")
    make_cost(2500)
    make_cost(100, heading=CostHeading.OTHER, words="Printing")

    year = funding_of(make_period())

    assert amounts([*year.income, year.total_income]) == [
        ("County Health", "none", "£900", "\u2212£900"),
        ("County Police", "£6,000", "£5,000", "+£1,000"),
        ("Total income", "£6,000", "£5,900", "+£100"),
    ]
    assert amounts([*year.spending, year.total_spending]) == [
        ("Staff", "£2,500", "£7,000", "\u2212£4,500"),
        ("Printing", "£100", "none", "+£100"),
        ("Total spending", "£2,600", "£7,000", "\u2212£4,400"),
    ]
    assert [each.told for each in year.in_kind] == ["An analyst, worth £1,000"]
    assert year.balance == [
        ("Brought forward from earlier years", "£3,900"),
        ("Income", "£6,000"),
        ("Spending", "£2,600"),
        ("Income less spending", "£3,400"),
        ("Carried into the next year", "£7,300"),
    ]


def test_the_first_year_has_nothing_before_it_and_later_years_do_not_count():
    make_contribution(5000)
    make_cost(6000)
    make_contribution(9000, code="2023-24")

    year = funding_of(make_period())

    assert (year.before, year.brought_forward, year.carried) == (None, None, Decimal(-1000))
    assert amounts(year.income) == [("County Police", "£5,000", "none", "+£5,000")]


def test_years_are_read_in_two_queries_however_many_lines(django_assert_num_queries):
    period = make_period()
    make_contribution()
    make_cost()
    with django_assert_num_queries(2):
        funding_of(period)
    for agency in ("health", "council"):
        make_contribution(agency=agency)
    make_cost(heading=CostHeading.TRAINING)

    with django_assert_num_queries(2):
        assert funding_of(period).total_income.now == Decimal(15000)


def test_money_of_an_agency_enters_once_a_year():
    police = make_contribution()
    health = make_contribution(agency="health")
    make_cost()
    make_contribution(code="2021-22")

    for act in (
        make_contribution,
        make_cost,
        lambda: actions.change_contribution(contribution=health, version=1, agency=police.agency, by=make_erin()),
    ):
        with pytest.raises(WrongState, match="is recorded already"):
            act()
    make_contribution(words="Rooms", amount=None)


def test_a_line_is_corrected_by_version_and_removed_with_a_line_in_the_record():
    contribution, cost = make_contribution(), make_cost()
    actions.change_contribution(contribution=contribution, version=1, amount=Decimal(6000), by=make_erin())
    actions.change_cost(cost=cost, version=1, words="Two posts", by=make_erin())

    with pytest.raises(StaleSave):
        actions.change_contribution(contribution=contribution, version=1, amount=Decimal(1), by=make_erin())
    actions.remove_contribution(contribution=contribution, by=make_erin())
    actions.remove_cost(cost=cost, by=make_erin())
    with pytest.raises(WrongState, match="removed in the meantime"):
        actions.remove_cost(cost=cost, by=make_erin())

    assert (Contribution.objects.count(), Cost.objects.count()) == (0, 0)
    events = AuditEvent.objects.filter(verb__regex=r"^(contribution|cost)\.").order_by("pk")
    assert [(event.verb, event.detail) for event in events] == [
        ("contribution.recorded", "£5,000"),
        ("cost.recorded", "£3,000"),
        ("contribution.changed", "amount was “5000.00”"),
        ("cost.changed", "words was “”"),
        ("contribution.removed", "£6,000"),
        ("cost.removed", "£3,000, Two posts"),
    ]


def test_the_money_of_a_signed_year_stays():
    contribution, cost = make_contribution(), make_cost()
    actions.close_period(period=make_period(), by=make_erin())

    for act in (
        lambda: make_contribution(agency="health"),
        lambda: make_cost(heading=CostHeading.TRAINING),
        lambda: actions.change_contribution(contribution=contribution, version=1, amount=Decimal(1), by=make_erin()),
        lambda: actions.remove_contribution(contribution=contribution, by=make_erin()),
        lambda: actions.change_cost(cost=cost, version=1, amount=Decimal(1), by=make_erin()),
        lambda: actions.remove_cost(cost=cost, by=make_erin()),
    ):
        with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
            act()
    make_contribution(code="2021-22")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ContributionKind.CASH, "amount": None},
        {"kind": ContributionKind.IN_KIND, "amount": Decimal(5)},
        {"kind": ContributionKind.CASH, "amount": Decimal(-5)},
    ],
)
def test_a_contribution_is_pounds_or_words_whatever_writes_it(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(period=make_period(), agency=make_agency(), **wrong)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"amount": " £ 5,000.50 "}, {}),
        ({"amount": ""}, {"amount": ["Enter how much is given, in pounds"]}),
        ({"amount": "many"}, {"amount": ["Enter the amount in pounds, like 5,000 or 450.50"]}),
        ({"amount": "-5"}, {"amount": ["Enter an amount of £0 or more"]}),
        ({"amount": "1.005"}, {"amount": ["Enter the amount in pounds and pence, like 450.50"]}),
        ({"amount": "9" * 400}, {"amount": ["Enter an amount below £100 million"]}),
        ({"amount": "NaN"}, {"amount": ["Enter the amount in pounds, like 5,000 or 450.50"]}),
        ({"kind": "in-kind"}, {"words": ["Enter what is given in kind"]}),
        ({"kind": "in-kind", "amount": "", "words": "Rooms"}, {}),
        ({"words": "x\x00"}, {"words": ["Null characters are not allowed."]}),
        ({"agency": "999999999999999999999"}, {"agency": ["Choose an agency of the list"]}),
    ],
)
def test_what_is_no_contribution_is_refused_beside_its_field(typed, errors):
    assert ContributionForm(money(**typed)).errors == errors


def test_other_costs_say_what_they_are():
    form = CostForm({"heading": "other", "amount": "5", "words": ""})

    assert form.errors == {"words": ["Enter what the money was spent on"]}


def test_the_manager_records_what_everybody_reads(client):
    make_partnership()
    make_period()
    client.force_login(make_erin())

    response = client.post(reverse("partnership:contribution-record", args=["2022-23"]), money())
    client.post(reverse("partnership:cost-record", args=["2022-23"]), {"heading": "staff", "amount": "3,000"})

    address = reverse("partnership:funding-detail")
    assert response.headers["Location"] == f"{address}?year=2022-23"
    client.force_login(make_bob())
    page = client.get(address)
    assert [each.told for each in page.context["funding"].contributions] == ["£5,000"]
    assert page.context["funding"].balance[-1] == ("Carried into the next year", "£2,000")
    assert (page.context["can_change"], client.get(f"{address}?year=x").context["period"].code) == (False, "2022-23")


def test_what_is_recorded_already_leaves_what_was_typed(client):
    make_partnership()
    make_contribution()
    client.force_login(make_erin())

    page = client.post(reverse("partnership:contribution-record", args=["2022-23"]), money(amount="6,000"))

    form = page.context["form"]
    assert form.non_field_errors() == ["County Police, money, 2022/23 is recorded already. Correct that entry."]
    assert form["amount"].value() == "6,000"


def test_officers_read_and_change_nothing(client):
    make_partnership()
    cost = make_cost()
    client.force_login(make_alice())

    page = client.get(reverse("partnership:funding-detail"))

    assert page.context["can_change"] is False
    assert reverse("partnership:cost-change", args=[cost.pk]) not in page.content.decode()
