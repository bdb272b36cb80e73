from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction
from django.db.models import ProtectedError

from partnership import audit
from partnership.models import AuditEvent
from partnership.tests.factories import make_agency, make_alice

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
