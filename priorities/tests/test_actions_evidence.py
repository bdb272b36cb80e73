import pytest

from partnership.choices import EvidenceStatus
from partnership.models import AuditEvent, Evidence
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_bob, make_charlie, make_dana, make_frank, make_sent_file
from priorities import actions
from priorities.actions.evidence import MOST_FOR_UPDATE
from priorities.choices import OPEN_STATUSES, UpdateStatus
from priorities.models import UpdateEvidence
from priorities.tests.factories import make_update


def add(update, by, *names):
    files = [make_sent_file(name=name) for name in names or ("report.pdf",)]
    return actions.add_evidence(update=update, files=files, title="An audit", remark="Kept it.", by=by)


def test_files_are_kept_for_the_agency_and_written_in_the_record(db):
    bob = make_bob()
    update = make_update(UpdateStatus.DRAFT, by=bob)

    first, second = add(update, bob, "one.pdf", "two.pdf")

    assert (first.agency, first.title, first.update_link.update) == (update.agency, "An audit", update)
    assert list(
        AuditEvent.objects.filter(verb="update.evidence-added", target_id=update.pk)
        .order_by("pk")
        .values_list("detail", flat=True)
    ) == ["one.pdf Kept it.", "two.pdf Kept it."]
    assert second.status == EvidenceStatus.WAITING


@pytest.mark.parametrize("status", UpdateStatus)
def test_files_change_only_while_the_agency_has_the_update(db, status):
    bob = make_bob()
    update = make_update(status, by=bob)

    if status in OPEN_STATUSES:
        (added,) = add(update, bob)
        actions.withdraw_evidence(link=added.update_link, by=bob)
        added.refresh_from_db()
        assert (added.status, UpdateEvidence.objects.shown().count()) == (EvidenceStatus.WITHDRAWN, 0)
    else:
        with pytest.raises(WrongState):
            add(update, bob)
        assert not Evidence.objects.exists()


def test_file_of_an_update_that_is_handed_in_cannot_be_removed(db):
    bob = make_bob()
    update = make_update(UpdateStatus.DRAFT, by=bob)
    (added,) = add(update, bob)
    actions.submit_update(update=update, by=bob)

    with pytest.raises(WrongState):
        actions.withdraw_evidence(link=added.update_link, by=bob)

    added.refresh_from_db()
    assert added.status == EvidenceStatus.WAITING


def test_update_takes_only_so_many_files_and_then_none_of_them(db):
    bob = make_bob()
    update = make_update(UpdateStatus.DRAFT, by=bob)
    add(update, bob, *(f"{number}.pdf" for number in range(MOST_FOR_UPDATE - 1)))

    with pytest.raises(WrongState):
        add(update, bob, "last.pdf", "too-many.pdf")

    assert Evidence.objects.count() == MOST_FOR_UPDATE - 1


def seen_by(*people):
    return [UpdateEvidence.objects.visible_to(person).count() for person in people]


def test_files_are_seen_by_the_agency_always_and_by_the_board_once_handed_in(db):
    bob = make_bob()
    people = (bob, make_alice(), make_frank(), make_charlie(), make_dana())
    update = make_update(UpdateStatus.DRAFT, by=bob)
    add(update, bob)
    assert seen_by(*people) == [1, 0, 0, 0, 0]

    actions.submit_update(update=update, by=bob)

    assert seen_by(*people) == [1, 1, 1, 0, 0]


def test_file_added_after_an_update_was_returned_is_not_seen_before_it_is_submitted_again(db):
    bob, alice = make_bob(), make_alice()
    update = make_update(UpdateStatus.RETURNED, by=bob)

    add(update, bob)
    assert seen_by(bob, alice) == [1, 0]

    actions.submit_update(update=update, by=bob)
    assert seen_by(bob, alice) == [1, 1]
