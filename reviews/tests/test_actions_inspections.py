from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice
from reviews import actions
from reviews.models import Inspection
from reviews.tests.record_factories import make_closed, make_inspection

pytestmark = pytest.mark.django_db


def change(inspection, version=None, **fields):
    return actions.change_inspection(
        inspection=inspection, version=version or inspection.version, fields=fields, themes=[], by=make_alice()
    )


def lines():
    events = AuditEvent.objects.filter(target_model__startswith="reviews.")
    return list(events.order_by("pk").values_list("verb", "by_label", "target_label", "detail"))


def test_an_inspection_is_recorded_after_the_one_it_follows():
    first = make_inspection("Police inspection", started_on=date(2021, 10, 1))

    make_inspection("Police re-inspection", started_on=date(2023, 1, 9), outcome="Six signed off.", follows_on=first)

    assert list(Inspection.objects.values_list("body", "subject", "agency", "started_on", "outcome", "follows_on")) == [
        ("Ofsted", "Police inspection", first.agency_id, date(2021, 10, 1), "", None),
        ("Ofsted", "Police re-inspection", first.agency_id, date(2023, 1, 9), "Six signed off.", first.pk),
    ]
    assert lines() == [
        ("inspection.recorded", "Alice", "Police inspection (Ofsted)", ""),
        ("inspection.recorded", "Alice", "Police re-inspection (Ofsted)", ""),
    ]


def test_a_re_inspection_cannot_begin_before_the_inspection():
    first = make_inspection(started_on=date(2022, 5, 3))

    with pytest.raises(WrongState, match=r"cannot follow on from Focused visit .Ofsted., which began on 3 May 2022"):
        make_inspection("Return visit", started_on=date(2022, 5, 2), follows_on=first)

    assert Inspection.objects.count() == 1


def test_an_inspection_cannot_move_behind_its_re_inspection():
    first = make_inspection(started_on=date(2022, 5, 3))
    make_inspection("Return visit", started_on=date(2022, 6, 1), follows_on=first)

    with pytest.raises(WrongState, match=r"Return visit .Ofsted. follows on from this and began earlier"):
        change(first, started_on=date(2022, 6, 2))

    first.refresh_from_db()
    assert first.started_on == date(2022, 5, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Focused visit"},
        {"started_on": None},
        {"ended_on": date(2022, 5, 2)},
        {"published_on": date(2022, 5, 2)},
        {"link": "http://www.example.org"},
    ],
)
def test_an_inspection_that_cannot_be_is_refused_by_the_database(wrong):
    make_inspection("Focused visit")

    with pytest.raises((IntegrityError, TypeError)), transaction.atomic():
        make_inspection(**{"subject": "Another", **wrong})

    assert (Inspection.objects.count(), len(lines())) == (1, 1)


def test_changes_are_kept_with_what_was_ticked():
    inspection = make_inspection()

    actions.change_inspection(
        inspection=inspection,
        version=1,
        fields={"judgement": "Requires improvement", "is_month_only": True},
        themes=["Recording"],
        kept=["Kept “Unit 7”."],
        by=make_alice(),
    )

    inspection.refresh_from_db()
    assert (inspection.judgement, inspection.began, inspection.version) == ("Requires improvement", "May 2022", 2)
    assert [theme.name for theme in inspection.themes.all()] == ["Recording"]
    assert lines()[-1] == ("inspection.changed", "Alice", "Focused visit (Ofsted)", "Kept “Unit 7”.")


def test_a_change_of_an_earlier_version_is_refused():
    inspection = make_inspection()
    change(inspection, judgement="Good")

    with pytest.raises(StaleSave):
        change(inspection, version=1, judgement="Inadequate")

    inspection.refresh_from_db()
    assert inspection.judgement == "Good"


@pytest.mark.parametrize("began", [date(2022, 6, 1), date(2023, 5, 1)])
def test_the_first_day_stays_once_a_signed_report_counts_it(began):
    inspection = make_inspection(started_on=date(2022, 5, 3))
    make_closed()

    with pytest.raises(WrongState, match="The report of 2022/23 is signed and counts this inspection"):
        change(inspection, started_on=began)

    assert change(inspection, started_on=date(2022, 5, 3), judgement="Good").judgement == "Good"


def test_a_first_day_cannot_move_into_a_signed_year():
    inspection = make_inspection(started_on=date(2023, 5, 3))
    make_closed()

    with pytest.raises(WrongState):
        change(inspection, started_on=date(2023, 3, 31))


def test_an_inspection_in_error_is_withdrawn_and_can_be_recorded_again():
    inspection = make_inspection()

    actions.withdraw_record(record=inspection, noun="inspection", reason="Wrong agency", by=make_alice())
    again = make_inspection()

    assert list(Inspection.objects.in_force()) == [again]
    assert lines()[1] == ("inspection.withdrawn", "Alice", "Focused visit (Ofsted)", "Wrong agency")


def test_what_is_withdrawn_is_changed_no_more():
    inspection = make_inspection()
    actions.withdraw_record(record=inspection, noun="inspection", reason="Wrong agency", by=make_alice())

    with pytest.raises(WrongState, match="is withdrawn: this can no longer be done"):
        change(inspection, version=2, judgement="Good")
    with pytest.raises(WrongState, match="is withdrawn: this can no longer be done"):
        actions.withdraw_record(record=inspection, noun="inspection", reason="Again", by=make_alice())
