from datetime import date
from decimal import Decimal

import pytest

from partnership import actions as partnership_actions
from partnership.choices import GroupKind, PeriodKind
from partnership.tests.factories import make_agency, make_period
from priorities import actions
from priorities.choices import PriorityKind
from priorities.figures import CALCULATIONS, computed
from priorities.tests.factories import make_plan, make_priority

pytestmark = pytest.mark.django_db

YEARS, QUALITY_ASSURANCE, GROUP = CALCULATIONS


def make_group(code, *agencies):
    return partnership_actions.add_group(
        code=code,
        name=f"Group {code}",
        kind=GroupKind.SUB_GROUP,
        members=[make_agency(agency) for agency in agencies],
        by=None,
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "years"),
    [
        (date(2022, 4, 1), date(2025, 3, 31), 3),
        (date(2022, 4, 1), date(2023, 3, 31), 1),
        (date(2022, 4, 1), date(2027, 3, 31), 5),
        (date(2022, 1, 1), date(2024, 12, 31), 3),
    ],
)
def test_the_length_of_a_plan_is_in_whole_years(starts_on, ends_on, years):
    actions.add_plan(title="Plan", starts_on=starts_on, ends_on=ends_on, by=None)

    assert computed([make_period("2022-23")])[YEARS, "", "2022-23"] == Decimal(years)


def test_a_plan_s_figures_belong_to_the_periods_within_it():
    make_plan()
    periods = [make_period(code) for code in ("2021-22", "2022-23", "2024-25", "2025-26")]
    periods.append(
        partnership_actions.add_period(
            code="2024",
            label="2024/25 and a day",
            kind=PeriodKind.CUSTOM,
            starts_on=date(2024, 4, 1),
            ends_on=date(2025, 4, 1),
            by=None,
        )
    )

    assert computed(periods) == {
        (YEARS, "", "2022-23"): Decimal(3),
        (YEARS, "", "2024-25"): Decimal(3),
        (QUALITY_ASSURANCE, "", "2022-23"): Decimal(0),
        (QUALITY_ASSURANCE, "", "2024-25"): Decimal(0),
    }


def test_only_quality_assurance_priorities_are_counted():
    for number, kind in enumerate([*PriorityKind, PriorityKind.QUALITY_ASSURANCE]):
        make_priority(f"P{number}", kind=kind)

    assert computed([make_period("2022-23")])[QUALITY_ASSURANCE, "", "2022-23"] == Decimal(2)


def test_a_group_has_today_s_size_in_every_period():
    make_group("MACE", "police", "health", "council")
    make_group("EMPTY")

    assert computed([make_period("2021-22"), make_period("2022-23")]) == {
        (GROUP, "MACE", "2021-22"): Decimal(3),
        (GROUP, "MACE", "2022-23"): Decimal(3),
        (GROUP, "EMPTY", "2021-22"): Decimal(0),
        (GROUP, "EMPTY", "2022-23"): Decimal(0),
    }


def test_without_plan_and_groups_nothing_is_computed():
    assert computed([make_period("2022-23")]) == {}


@pytest.mark.parametrize("size", [1, 4])
def test_computing_takes_two_queries(size, django_assert_num_queries):
    for number in range(size):
        make_group(f"G{number}", "police", "health")
        make_priority(f"P{number}")
    periods = [make_period(f"202{number}-2{number + 1}") for number in range(size)]

    with django_assert_num_queries(2):
        computed(periods)
