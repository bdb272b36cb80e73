from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import ProtectedError

from partnership import audit
from partnership.models import AuditEvent
from partnership.tests.factories import make_agency, make_alice, make_bob

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_what_and_when():
    alice, agency = make_alice(), make_agency()

    with time_machine.travel(datetime(2023, 4, 14, 12, tzinfo=UTC), tick=False):
        event = audit.record("agency.renamed", target=agency, by=alice, detail="Was Town Police")

    event.refresh_from_db()
    assert (event.by, event.by_label, event.verb) == (alice, "Alice", "agency.renamed")
    assert (event.target_model, event.target_id, event.target_label) == (
        "partnership.agency",
        agency.pk,
        "County Police",
    )
    assert (event.detail, event.at) == ("Was Town Police", datetime(2023, 4, 14, 12, tzinfo=UTC))
    assert str(event) == "Alice: agency.renamed County Police"


def test_what_nobody_did_the_portal_did():
    event = audit.record("agency.renamed", target=make_agency(), by=None)

    assert (event.by, event.by_label) == (None, "The portal")


def test_a_line_reads_the_same_when_things_are_renamed():
    alice, agency = make_alice(), make_agency()
    event = audit.record("agency.renamed", target=agency, by=alice)

    alice.name = "Alice Smith"
    alice.save()
    agency.name = "Shire Police"
    agency.save()

    event.refresh_from_db()
    assert str(event) == "Alice: agency.renamed County Police"


def test_a_line_outlives_its_target():
    agency = make_agency()
    event = audit.record("agency.removed", target=agency, by=make_alice())
    pk = agency.pk

    agency.memberships.all().delete()
    agency.delete()

    event.refresh_from_db()
    assert (event.target_id, event.target_label) == (pk, "County Police")


def test_somebody_who_has_done_something_cannot_be_deleted():
    alice = make_alice()
    audit.record("agency.renamed", target=make_agency(), by=alice)
    alice.memberships.all().delete()

    with pytest.raises(ProtectedError):
        alice.delete()


def test_a_long_label_is_cut_to_fit():
    agency = make_agency()
    agency.name = "x" * 400

    assert audit.record("agency.renamed", target=agency, by=None).target_label == "x" * 300


def test_a_line_goes_when_its_change_is_undone():
    agency = make_agency()
    before = AuditEvent.objects.count()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("agency.renamed", target=agency, by=None)
        raise ZeroDivisionError

    assert AuditEvent.objects.count() == before


def test_the_newest_line_comes_first():
    agency = make_agency()
    AuditEvent.objects.all().delete()
    with time_machine.travel(datetime(2023, 4, 14, 12, tzinfo=UTC), tick=False):
        for verb in ("first", "second", "third"):
            audit.record(verb, target=agency, by=None)

    assert [event.verb for event in AuditEvent.objects.all()] == ["third", "second", "first"]


def recorded(*lines):
    """Write these lines an hour after each other from late in the evening on; gives what a page shows, oldest first."""
    agency = make_agency()
    with time_machine.travel(datetime(2023, 7, 14, 21, 30, tzinfo=UTC), tick=False) as clock:  # half past ten in London
        for verb, by, detail in lines:
            audit.record(verb, target=agency, by=by, detail=detail)
            clock.shift(timedelta(hours=1))
    shown = audit.folded(AuditEvent.objects.filter(verb__startswith="update."))
    return [(each.verb, each.by_label, each.detail) for each in reversed(shown)]


def test_what_one_person_did_again_and_again_on_a_day_is_shown_once_and_the_record_keeps_it_all():
    alice = make_alice()

    shown = recorded(*[("update.saved", alice, "")] * 4)

    assert shown == [("update.saved", "Alice", "2 times that day"), ("update.saved", "Alice", "2 times that day")]
    assert AuditEvent.objects.filter(verb="update.saved").count() == 4


def test_another_person_another_verb_and_a_detail_stand_by_themselves():
    alice, bob = make_alice(), make_bob()

    lines = [
        ("update.saved", alice, ""),
        ("update.saved", bob, ""),
        ("update.submitted", bob, ""),
    ]
    assert recorded(*lines) == [(verb, by.name, detail) for verb, by, detail in lines]


def test_details_are_never_put_together():
    alice = make_alice()

    assert recorded(*[("update.returned", alice, "Why?")] * 2) == [("update.returned", "Alice", "Why?")] * 2
