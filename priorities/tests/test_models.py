import pytest
from django.db import IntegrityError, transaction

from partnership import actions as partnership_actions
from partnership.choices import Role
from partnership.models import User
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_erin,
    make_frank,
    make_person,
)
from priorities.choices import UpdateStatus
from priorities.models import QuarterlyUpdate
from priorities.tests.factories import make_measure, make_update

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus
EVERY_STATUS = set(UpdateStatus)
HANDED_IN = {SUBMITTED, RETURNED, ACCEPTED, REOPENED}


def make_updates(agency="police"):
    """One update in each state; gives their keys and states."""
    bob = make_bob()
    return {make_update(status, agency=agency, priority=status[:20], by=bob).pk: status for status in UpdateStatus}


def statuses(updates, queryset):
    """Which of these updates are found, by their states."""
    return {updates[pk] for pk in queryset.values_list("pk", flat=True) if pk in updates}


@pytest.mark.parametrize(
    ("make", "police", "health"),
    [
        (make_alice, HANDED_IN, HANDED_IN),
        (make_erin, HANDED_IN, HANDED_IN),
        (make_frank, HANDED_IN, HANDED_IN),
        (make_bob, EVERY_STATUS, set()),
        (make_charlie, set(), EVERY_STATUS),
        (make_dana, set(), set()),
        (lambda: make_person("Grace", None), set(), set()),
        (lambda: make_person("Grace", Role.SIGNATORY, "police"), EVERY_STATUS, set()),
    ],
)
def test_one_sees_one_s_own_agency_s_updates_and_the_board_what_was_handed_in(make, police, health):
    of_police, of_health = make_updates("police"), make_updates("health")

    visible = QuarterlyUpdate.objects.visible_to(make())

    assert (statuses(of_police, visible), statuses(of_health, visible)) == (police, health)


@pytest.mark.parametrize(
    ("make", "police"),
    [
        (make_alice, set()),
        (make_erin, set()),
        (make_frank, set()),
        (make_bob, EVERY_STATUS),
        (make_charlie, set()),
        (lambda: make_person("Grace", Role.SIGNATORY, "police"), set()),
    ],
)
def test_only_contributors_of_the_agency_write_its_updates(make, police):
    updates = make_updates("police")

    assert statuses(updates, QuarterlyUpdate.objects.writable_by(make())) == police


def test_a_role_at_one_agency_gives_nothing_at_another():
    """Grace contributes for the police and chairs for the board, where an update waits too."""
    of_police, of_board = make_updates("police"), make_updates("board")
    grace = make_person("Grace", Role.CONTRIBUTOR, "police")
    partnership_actions.give_role(user=grace, agency=make_agency("board"), role=Role.CHAIR, by=None)

    writable = QuarterlyUpdate.objects.writable_by(grace)
    visible = QuarterlyUpdate.objects.visible_to(grace)

    assert (statuses(of_police, writable), statuses(of_board, writable)) == (EVERY_STATUS, set())
    assert (statuses(of_police, visible), statuses(of_board, visible)) == (EVERY_STATUS, HANDED_IN)


def test_an_update_is_seen_once_however_many_roles_allow_it():
    make_update(SUBMITTED)
    bob = make_bob()
    partnership_actions.give_role(user=bob, agency=make_agency("board"), role=Role.CHAIR, by=None)

    assert QuarterlyUpdate.objects.visible_to(bob).count() == 1


@pytest.mark.parametrize("queryset", [QuarterlyUpdate.objects.visible_to, QuarterlyUpdate.objects.writable_by])
def test_somebody_who_has_left_sees_and_writes_nothing(queryset):
    make_updates("police")
    bob = make_bob()
    bob.is_active = False
    bob.save()

    assert list(queryset(User.objects.get(pk=bob.pk))) == []


def test_updates_wait_for_the_partner_or_the_board_or_nobody():
    updates, queryset = make_updates(), QuarterlyUpdate.objects.all()

    assert statuses(updates, queryset.awaiting_partner()) == {NOT_STARTED, DRAFT, RETURNED, REOPENED}
    assert statuses(updates, queryset.awaiting_board()) == {SUBMITTED}
    assert statuses(updates, queryset.accepted()) == {ACCEPTED}
    assert {update.status for update in queryset if update.is_open} == {NOT_STARTED, DRAFT, RETURNED, REOPENED}


@pytest.mark.parametrize("name", ["submitted", "decided"])
def test_a_time_goes_with_a_person(name):
    update = make_update(ACCEPTED)

    for half in (f"{name}_at", f"{name}_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuarterlyUpdate.objects.filter(pk=update.pk).update(**{half: None})


def test_an_update_asks_for_a_value_once():
    measure = make_measure()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_update(measures=(measure, measure))


def test_an_update_is_named_by_agency_priority_and_round():
    assert str(make_update()) == "Police on priority ce, Quarter 4"
