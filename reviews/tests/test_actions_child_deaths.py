import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_area, make_period
from reviews import actions
from reviews.models import ChildDeathSummary, Theme
from reviews.tests.record_factories import make_closed

pytestmark = pytest.mark.django_db


def record_child_deaths(**fields):
    return actions.record_child_deaths(
        **{"period": make_period(), "area": make_area(), "notified": 79, "by": make_alice(), **fields}
    )


def lines():
    events = AuditEvent.objects.filter(target_model__startswith="reviews.")
    return list(events.order_by("pk").values_list("verb", "by_label", "target_label"))


def test_child_deaths_are_recorded_as_counts():
    record_child_deaths(unexpected=17, reviewed=107, modifiable=28, themes=["Neonatal"])

    summary = ChildDeathSummary.objects.get()
    assert (summary.period, summary.area) == (make_period(), make_area())
    assert (summary.notified, summary.unexpected, summary.reviewed, summary.modifiable) == (79, 17, 107, 28)
    assert [theme.name for theme in summary.themes.all()] == ["Neonatal"]
    assert lines() == [("child-deaths.recorded", "Alice", "Child deaths, County, 2022/23")]


@pytest.mark.parametrize(
    "counts",
    [
        {"notified": 0},
        {"notified": 79, "unexpected": 79},
        {"notified": 0, "unexpected": 0, "reviewed": 0, "modifiable": 0},
        {"notified": 79, "reviewed": 107, "modifiable": 107},
        {"notified": 79, "reviewed": 107},
    ],
)
def test_a_part_may_be_as_great_as_its_whole_and_counts_may_be_unknown(counts):
    summary = record_child_deaths(**counts)

    summary.refresh_from_db()
    unknown = dict.fromkeys(("unexpected", "reviewed", "modifiable"))
    assert {name: getattr(summary, name) for name in (*unknown, "notified")} == {**unknown, **counts}


@pytest.mark.parametrize(
    "counts",
    [
        {"notified": None},
        {"notified": -1},
        {"notified": 79, "unexpected": 80},
        {"notified": 79, "unexpected": -1},
        {"notified": 79, "reviewed": 107, "modifiable": 108},
        {"notified": 79, "modifiable": 28},
    ],
)
def test_a_part_greater_than_its_whole_is_refused_by_the_database_and_leaves_nothing(counts):
    with pytest.raises(IntegrityError), transaction.atomic():
        record_child_deaths(**counts, themes=["Neonatal"])

    assert (ChildDeathSummary.objects.count(), Theme.objects.count(), lines()) == (0, 0, [])


def test_child_deaths_of_an_area_are_recorded_once_a_period():
    record_child_deaths(notified=79)

    record_child_deaths(notified=93, period=make_period("2021-22"))
    with pytest.raises(IntegrityError), transaction.atomic():
        record_child_deaths(notified=80)

    assert list(ChildDeathSummary.objects.values_list("period__code", "notified")) == [("2022-23", 79), ("2021-22", 93)]


def change(summary, version=None, **counts):
    return actions.change_child_deaths(
        summary=summary,
        version=version or summary.version,
        counts=counts,
        priorities="Hear parents.\n\nReview alike.",
        themes=["Smoking"],
        reason="The panel corrected it",
        by=make_alice(),
    )


def test_counts_are_corrected_with_the_reason_and_what_stood_before():
    summary = change(record_child_deaths(notified=79, reviewed=107), notified=80, reviewed=107)

    assert (summary.notified, summary.reviewed, summary.version) == (80, 107, 2)
    assert (summary.priority_lines, [str(theme) for theme in summary.themes.all()]) == (
        ["Hear parents.", "Review alike."],
        ["Smoking"],
    )
    event = AuditEvent.objects.get(verb="child-deaths.changed")
    assert event.detail == "The panel corrected it\nnotified was 79"


def test_counts_changed_meanwhile_are_not_overwritten():
    summary = record_child_deaths()
    change(summary, notified=80)

    with pytest.raises(StaleSave):
        change(summary, version=1, notified=81)


def test_counts_of_a_signed_year_stay():
    summary = record_child_deaths()
    make_closed()

    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        change(summary, notified=80)
    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        record_child_deaths(area=make_area("region"))

    assert list(ChildDeathSummary.objects.values_list("notified", flat=True)) == [79]
