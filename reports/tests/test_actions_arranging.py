from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_erin
from reports import actions
from reports.actions import arranging
from reports.assemble import assemble
from reports.choices import Kind, SectionStatus, Variant, VersionAct
from reports.content import content_of
from reports.models import Block
from reports.tests.factories import make_approved_section, make_block, make_section


@pytest.fixture
def alice(db):
    return make_alice()


@pytest.fixture
def section(db):
    section = make_section()
    for body in ("One", "Two", "Three"):
        make_block(section, body=f"<p>{body}</p>")
    return section


def bodies(section):
    return [block.body.removeprefix("<p>").removesuffix("</p>") for block in section.blocks.all()]


def block(section, body):
    return Block.with_removed.get(section=section, body=f"<p>{body}</p>")


def test_a_block_is_added_behind_another(section, alice):
    actions.add_block(section=section, kind=Kind.FOCUS, after=block(section, "One"), by=alice)

    assert [each.kind for each in section.blocks.all()] == [Kind.TEXT, Kind.FOCUS, Kind.TEXT, Kind.TEXT]


def test_a_block_is_added_at_the_end_where_its_place_is_gone(section, alice):
    gone = actions.remove_block(block=block(section, "One"), by=alice)

    added = actions.add_block(section=section, kind=Kind.FOCUS, after=gone, by=alice)

    assert list(section.blocks.all())[-1] == added


@pytest.mark.parametrize(
    ("body", "is_up", "order"),
    [
        ("Two", True, ["Two", "One", "Three"]),
        ("Two", False, ["One", "Three", "Two"]),
        ("One", True, ["One", "Two", "Three"]),
        ("Three", False, ["One", "Two", "Three"]),
    ],
)
def test_a_block_changes_places_and_stays_at_either_end(section, alice, body, is_up, order):
    actions.move_block(block=block(section, body), is_up=is_up, by=alice)

    assert bodies(section) == order


@pytest.mark.parametrize(
    ("body", "after", "order"),
    [
        ("One", "Three", ["Two", "Three", "One"]),
        ("Three", "One", ["One", "Three", "Two"]),
        ("Three", None, ["Three", "One", "Two"]),
        ("Two", "One", ["One", "Two", "Three"]),
        ("Two", "Two", None),
    ],
)
def test_a_block_is_put_behind_another_or_first(section, alice, body, after, order):
    behind = block(section, after) if after else None
    if order is None:
        with pytest.raises(WrongState):
            actions.place_block(block=block(section, body), after=behind, by=alice)
        return

    actions.place_block(block=block(section, body), after=behind, by=alice)

    assert bodies(section) == order


@pytest.mark.parametrize("body", ["One", "Two", "Three"])
def test_what_is_taken_out_comes_back_where_it_stood_with_all_its_words(section, alice, body):
    there = content_of(block(section, body))

    taken_out = actions.remove_block(block=block(section, body), by=alice)
    assert body not in bodies(section)
    assert (taken_out.removed_by, taken_out.removed_at is None) == (alice, False)
    actions.put_back_block(block=taken_out, by=alice)

    assert bodies(section) == ["One", "Two", "Three"]
    assert content_of(block(section, body)) == there


def test_what_is_taken_out_is_not_in_the_report(section, alice):
    actions.remove_block(block=block(section, "Two"), by=alice)

    [read] = assemble(section.report).sections

    assert [each.html for each in read.blocks] == ["<p>One</p>", "<p>Three</p>"]


def test_putting_back_what_stands_there_changes_nothing(section, alice):
    events = AuditEvent.objects.count()

    actions.put_back_block(block=block(section, "Two"), by=alice)

    assert (bodies(section), AuditEvent.objects.count()) == (["One", "Two", "Three"], events)


@pytest.mark.parametrize("verb", ["move_block", "place_block", "remove_block"])
def test_what_is_taken_out_cannot_be_arranged(section, alice, verb):
    gone = block(section, "Two")
    actions.remove_block(block=gone, by=alice)
    more = {"move_block": {"is_up": True}, "place_block": {"after": None}}.get(verb, {})

    with pytest.raises(WrongState, match="was taken out"):
        getattr(actions, verb)(block=gone, by=alice, **more)


def test_a_section_has_an_end(section, alice, monkeypatch):
    monkeypatch.setattr(arranging, "MOST_BLOCKS", 3)

    with pytest.raises(WrongState, match="3 parts already"):
        actions.add_block(section=section, kind=Kind.TEXT, by=alice)


def test_each_change_is_written_down_and_the_approval_lapses(alice):
    section = make_approved_section()

    added = actions.add_block(section=section, kind=Kind.QUOTES, by=alice)
    actions.move_block(block=added, is_up=True, by=alice)
    actions.remove_block(block=added, by=alice)
    actions.put_back_block(block=added, by=alice)

    section.refresh_from_db()
    assert section.status == SectionStatus.DRAFTING
    assert [
        (event.verb, event.detail)
        for event in AuditEvent.objects.filter(by=alice, verb__startswith="block").order_by("pk")
    ] == [(f"block.{verb}", "Quotes") for verb in ("added", "moved", "removed", "put-back")]


def test_setting_a_section_up_does_not_begin_it(alice):
    section = make_section()

    actions.add_block(section=section, kind=Kind.TEXT, by=alice)

    section.refresh_from_db()
    assert section.status == SectionStatus.NOT_STARTED


def test_arranging_belongs_to_the_sitting(alice):
    section = make_section()
    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=False):
        first = make_block(section, body="<p>One</p>", by=alice)
    added = actions.add_block(section=section, kind=Kind.TEXT, by=alice)
    actions.move_block(block=added, is_up=True, by=alice)
    actions.move_block(block=first, is_up=True, by=make_erin())

    versions = section.versions.order_by("number").values_list("act", "by__name")
    assert list(versions) == [
        (VersionAct.SAVED, "Alice"),
        (VersionAct.ARRANGED, "Alice"),
        (VersionAct.ARRANGED, "Erin"),
    ]
    latest = section.versions.order_by("number").last()
    assert [data["block"] for data in latest.blocks] == [first.pk, added.pk]


# Where a block stands


def test_block_is_marked_for_the_short_version_and_approval_lapses(alice, db):
    section = make_approved_section()
    block = section.blocks.get()

    marked = actions.mark_block(block=block, variant=Variant.SHORT, is_in=True, by=alice)

    section.refresh_from_db()
    event = AuditEvent.objects.get(verb="block.marked")
    assert marked.variants == (Variant.REPORT, Variant.SHORT)
    assert section.status == SectionStatus.DRAFTING
    assert (event.by, event.detail) == (alice, "Text: Report, Short version")


def test_marking_what_is_marked_changes_nothing(alice, db):
    section = make_approved_section()

    actions.mark_block(block=section.blocks.get(), variant=Variant.REPORT, is_in=True, by=alice)

    section.refresh_from_db()
    assert section.status == SectionStatus.APPROVED
    assert not AuditEvent.objects.filter(verb="block.marked").exists()


def test_block_stands_somewhere(alice, section):
    one = block(section, "One")

    with pytest.raises(WrongState, match="stands nowhere else"):
        actions.mark_block(block=one, variant=Variant.REPORT, is_in=False, by=alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.filter(pk=one.pk).update(is_in_report=False)


def test_version_brought_back_brings_back_where_its_blocks_stood(alice, section):
    one = block(section, "One")
    actions.mark_block(block=one, variant=Variant.CHILDRENS, is_in=True, by=alice)
    before = section.versions.latest("number")
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        actions.mark_block(block=one, variant=Variant.CHILDRENS, is_in=False, by=alice)
        actions.restore_version(version=before, by=alice)

    one.refresh_from_db()
    assert one.variants == (Variant.REPORT, Variant.CHILDRENS)
