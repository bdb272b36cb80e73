from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from partnership.models import AuditEvent
from partnership.tests.factories import make_alice, make_bob
from reports import actions
from reports.models import Presence
from reports.queries import present_in
from reports.tests.factories import make_block, make_section

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def be(block, by, window=None, **more):
    return actions.be_present(section=block.section, window=window or by.name, block=block, by=by, **more)


def holder(block):
    return [presence.window for presence in Presence.objects.filter(block=block)]


def test_who_writes_in_a_block_holds_it(db):
    block = make_block()

    first, second = be(block, make_alice()), be(block, make_bob())

    assert (first.block, second.block, holder(block)) == (block, None, ["Alice"])


def test_block_that_is_taken_over_is_held_by_the_other_and_the_record_says_so(db):
    block, alice = make_block(), make_alice()
    be(block, alice)

    taken = be(block, make_bob(), is_taking_over=True)
    back = be(block, alice)

    assert (taken.block, back.block, holder(block)) == (block, None, ["Bob"])
    assert [event.detail for event in AuditEvent.objects.filter(verb="block.taken-over")] == ["From Alice"]


def test_two_windows_of_one_person_are_two(db):
    block = make_block()

    be(block, make_alice(), "one")

    assert be(block, make_alice(), "two").block is None


def test_block_of_somebody_who_is_gone_is_free(db):
    block, bob = make_block(), make_bob()
    with time_machine.travel(NOON, tick=False) as clock:
        be(block, make_alice())
        clock.shift(timedelta(seconds=30))
        kept = be(block, bob).block
        clock.shift(timedelta(seconds=1))
        free = be(block, bob).block

    assert (kept, free, holder(block)) == (None, block, ["Bob"])
    assert AuditEvent.objects.filter(verb="block.taken-over").count() == 0


def test_holding_ends_with_going_to_another_block_or_none_and_with_leaving(db):
    section = make_section()
    first, second = make_block(section), make_block(section)
    alice = make_alice()

    be(first, alice)
    be(second, alice)
    assert (holder(first), holder(second)) == ([], ["Alice"])
    actions.be_present(section=section, window="Alice", by=alice)
    assert holder(second) == []
    be(first, alice)
    actions.leave_section(section=section, window="Alice", by=make_bob())
    assert holder(first) == ["Alice"]
    actions.leave_section(section=section, window="Alice", by=alice)
    assert Presence.objects.count() == 0


def test_windows_that_were_closed_without_a_word_are_forgotten(db):
    block = make_block()
    with time_machine.travel(NOON, tick=False) as clock:
        be(block, make_alice())
        clock.shift(timedelta(seconds=20))
        be(block, make_bob())
        clock.shift(timedelta(seconds=15))
        present = [presence.window for presence in present_in(block.section, since=NOON + timedelta(seconds=5))]
        actions.forget_who_left()

    assert (present, [presence.window for presence in Presence.objects.all()]) == (["Bob"], ["Bob"])


def test_window_of_somebody_who_is_gone_is_free_for_the_next_on_a_shared_computer(db):
    block, alice, bob = make_block(), make_alice(), make_bob()
    with time_machine.travel(NOON, tick=False) as clock:
        be(block, alice, "w")
        with pytest.raises(actions.SomebodyElsesWindow):
            be(block, bob, "w")
        clock.shift(timedelta(seconds=31))

        assert be(block, bob, "w").block == block

    assert [here.user for here in Presence.objects.all()] == [bob]
