"""Saving a block: what is merged, what clashes, what is known again, and what is kept of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_bob, make_erin
from priorities.tests.factories import make_measure
from reports import actions
from reports.actions import BlockSave, StaleSection
from reports.choices import SECTION_TRANSITIONS, Kind, SectionStatus, Shows, VersionAct
from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent, content_of, from_json
from reports.models import Block, Section
from reports.tests.factories import make_block, make_section, write

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
THREE = "<p>One</p>\n<p>Two</p>\n<p>Three</p>"


def stored(block):
    return content_of(Block.objects.get(pk=block.pk))


def save(block, content, *, version=None, by=None, **more):
    version = block.version if version is None else version
    return actions.save_block(block=block, save=BlockSave(version, content, **more), by=by or make_alice())


def save_body(block, body, **more):
    return save(block, BlockContent(body=body), **more)


def test_changes_that_do_not_touch_are_merged_and_both_sides_are_kept(db):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE.replace("Three", "Three by Erin")), by=make_erin())

    saved = save_body(block, THREE.replace("One", "One by Alice"))

    assert saved.content.body == "<p>One by Alice</p>\n<p>Two</p>\n<p>Three by Erin</p>"
    assert (saved.version, saved.is_written, saved.is_merged) == (block.version + 2, True, True)
    assert stored(block) == saved.content
    revision = block.revisions.get(version=saved.version)
    assert (from_json(revision.content), from_json(revision.sent).body) == (
        saved.content,
        "<p>One by Alice</p>\n<p>Two</p>\n<p>Three</p>",
    )


def test_changes_of_the_same_words_clash_and_nothing_is_changed(db):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE.replace("Two", "Erin")), by=make_erin())
    before = (stored(block), block.revisions.count(), block.section.versions.count())

    with pytest.raises(StaleSection) as stale:
        save_body(block, THREE.replace("Two", "Alice"))

    assert stale.value.blocks == [block]
    assert (stored(block), block.revisions.count(), block.section.versions.count()) == before


def test_the_same_save_sent_again_gives_the_same_answer_and_does_nothing(db):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE.replace("Three", "Three by Erin")), by=make_erin())
    alice = make_alice()
    first = save_body(block, THREE.replace("One", "One by Alice"), key="k", by=alice)
    write(block, BlockContent(body="<p>All new</p>"), by=make_erin())
    revisions = block.revisions.count()

    again = save_body(block, THREE.replace("One", "One by Alice"), key="k", by=alice)

    assert (again.version, again.content, again.is_written) == (first.version, first.content, True)
    assert (stored(block).body, block.revisions.count()) == ("<p>All new</p>", revisions)


def test_a_key_that_comes_with_another_text_does_not_swallow_it(db):
    block = make_block(body=THREE)
    first = save_body(block, "<p>First</p>", key="k")

    second = save_body(block, "<p>Second</p>", version=first.version, key="k")

    assert (stored(block).body, second.version) == ("<p>Second</p>", first.version + 1)


def test_page_that_still_shows_what_it_sent_takes_nothing_back(db):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE.replace("Three", "Three by Erin")), by=make_erin())
    mine = THREE.replace("One", "One by Alice")
    first = save_body(block, mine)

    second = save_body(block, mine.replace("Two", "Two by Alice"), version=first.version, shows=Shows.SENT)

    assert second.content.body == "<p>One by Alice</p>\n<p>Two by Alice</p>\n<p>Three by Erin</p>"


def test_page_that_shows_the_merged_text_takes_out_what_is_taken_out_there(db):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE.replace("Three", "Three by Erin")), by=make_erin())
    first = save_body(block, THREE.replace("One", "One by Alice"))

    second = save_body(block, "<p>One by Alice</p>\n<p>Two</p>", version=first.version)

    assert (second.content.body, second.is_merged) == ("<p>One by Alice</p>\n<p>Two</p>", False)


def test_untouched_page_gets_what_others_wrote_and_writes_nothing(db):
    block = make_block(body=THREE)
    write(block, BlockContent(body="<p>All new</p>"), by=make_erin())
    revisions = block.revisions.count()

    saved = save_body(block, THREE)

    assert (saved.content.body, saved.is_written, saved.is_merged) == ("<p>All new</p>", False, True)
    assert (saved.version, block.revisions.count()) == (block.version + 1, revisions)


def test_page_of_a_version_that_is_kept_no_more_clashes(db):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE + "\n<p>Four</p>"), by=make_erin())
    block.revisions.filter(version=block.version).delete()

    with pytest.raises(StaleSection):
        save_body(block, THREE.replace("One", "One by Alice"))


@pytest.mark.parametrize("version", [7, 2**31 - 1])
def test_version_that_there_never_was_clashes(db, version):
    block = make_block(body=THREE)

    with pytest.raises(StaleSection):
        save_body(block, "<p>Mine</p>", version=version)


def test_two_lists_that_together_are_too_long_clash(db):
    block = make_block(kind=Kind.QUOTES)
    ten = tuple(QuotationContent(f"Quote {number}") for number in range(10))
    write(block, BlockContent(quotations=ten), by=make_erin())
    begun = Block.objects.get(pk=block.pk)
    forty = [QuotationContent(f"More {number}") for number in range(40)]
    write(block, BlockContent(quotations=(*forty, *ten)), by=make_erin())

    with pytest.raises(StaleSection):
        save(begun, BlockContent(quotations=(*ten, QuotationContent("One too many"))))

    assert len(stored(block).quotations) == 50


@pytest.mark.parametrize(
    ("kind", "field", "rows", "more"),
    [
        (Kind.BARRIERS, "items", (ItemContent("One"), ItemContent("Two")), ItemContent("Three")),
        (Kind.QUOTES, "quotations", (QuotationContent("One"), QuotationContent("Two")), QuotationContent("Three")),
    ],
)
def test_rows_of_both_are_kept(db, kind, field, rows, more):
    block = make_block(kind=kind, **{field: rows})
    write(block, BlockContent(**{field: (replace(rows[0], text="One by Erin"), rows[1])}), by=make_erin())

    saved = save(block, BlockContent(**{field: (*rows, more)}))

    assert [row.text for row in getattr(saved.content, field)] == ["One by Erin", "Two", "Three"]
    assert stored(block) == saved.content


def test_measures_of_both_are_kept(db):
    period = make_section().report.period
    first, second, third = (MeasureContent(make_measure(code).pk, period.pk) for code in ("A1", "A2", "A3"))
    block = make_block(Section.objects.get(), Kind.MEASURES_TABLE, measures=(first, second))
    write(block, BlockContent(heading="Erin's", measures=(first, second)), by=make_erin())

    saved = save(block, BlockContent(measures=(third, first, second)))

    assert (saved.content.heading, saved.content.measures) == ("Erin's", (third, first, second))


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_block_is_saved_and_kept(db, kind):
    block = make_block(kind=kind)

    saved = save(block, BlockContent(heading="A heading", body="<p>Words</p>"))

    assert (stored(block), saved.version) == (saved.content, 1)
    assert [revision.version for revision in block.revisions.all()] == [1, 0]


@pytest.mark.parametrize("status", SectionStatus.values)
def test_saving_leads_to_drafting_from_every_state(db, status):
    block = make_block(body=THREE)
    Section.objects.filter(pk=block.section_id).update(status=status)

    save_body(block, "<p>New</p>")

    assert SectionStatus.DRAFTING in SECTION_TRANSITIONS[status]
    assert Section.objects.get().status == SectionStatus.DRAFTING


def test_text_for_a_block_that_was_taken_out_is_kept_with_it(db):
    block = make_block(body=THREE)
    actions.remove_block(block=block, by=make_erin())

    saved = save_body(block, "<p>Late</p>")

    assert (saved.is_written, Block.with_removed.get(pk=block.pk).body) == (True, "<p>Late</p>")
    actions.put_back_block(block=saved.block, by=make_erin())
    assert stored(block).body == "<p>Late</p>"


def test_nothing_is_saved_in_a_section_that_was_taken_out(db):
    block = make_block(body=THREE)
    actions.remove_section(section=block.section, by=make_erin())

    with pytest.raises(WrongState):
        save_body(block, "<p>Late</p>")

    assert Block.with_removed.get(pk=block.pk).body == THREE


def test_a_clash_in_one_block_keeps_the_whole_page_from_being_saved(db):
    section = make_section()
    first, second = make_block(section, body=THREE), make_block(section, body=THREE)
    write(first, BlockContent(body=THREE.replace("Two", "Erin")), by=make_erin())
    mine = BlockContent(body=THREE.replace("Two", "Alice"))

    with pytest.raises(StaleSection) as stale:
        actions.save_section(
            section=section,
            saves={first.pk: BlockSave(first.version, mine), second.pk: BlockSave(second.version, mine)},
            by=make_alice(),
        )

    assert (stale.value.blocks, stored(second).body) == ([first], THREE)


def test_a_sitting_has_one_version_that_follows_it_and_one_line_in_the_record(db):
    block, alice = make_block(), make_alice()
    with time_machine.travel(NOON, tick=False) as clock:
        for number, minutes in enumerate((0, 29, 30)):
            clock.shift(timedelta(minutes=minutes))
            save_body(Block.objects.get(pk=block.pk), f"<p>Save {number}</p>", by=alice)

    [version] = block.section.versions.filter(by=alice)
    assert (version.act, version.began_at, version.at) == (VersionAct.SAVED, NOON, NOON + timedelta(minutes=59))
    assert from_json(version.blocks[0]).body == "<p>Save 2</p>"
    assert AuditEvent.objects.filter(verb="section.saved", by=alice).count() == 1
    assert block.revisions.filter(by=alice).count() == 3


def test_a_long_break_an_act_or_another_person_begins_a_new_sitting(db):
    block = make_block()
    alice = make_alice()
    with time_machine.travel(NOON, tick=False) as clock:
        save_body(Block.objects.get(pk=block.pk), "<p>1</p>", by=alice)
        clock.shift(timedelta(minutes=31))
        save_body(Block.objects.get(pk=block.pk), "<p>2</p>", by=alice)
        save_body(Block.objects.get(pk=block.pk), "<p>3</p>", by=make_erin())
        save_body(Block.objects.get(pk=block.pk), "<p>4</p>", by=alice)
        actions.submit_section(section=block.section, by=alice)
        save_body(Block.objects.get(pk=block.pk), "<p>5</p>", by=alice)

    versions = [
        (version.act, version.by.name, from_json(version.blocks[0]).body)
        for version in block.section.versions.order_by("number")
    ]
    assert versions[-5:] == [
        (VersionAct.SAVED, "Alice", "<p>1</p>"),
        (VersionAct.SAVED, "Erin", "<p>3</p>"),
        (VersionAct.SAVED, "Alice", "<p>4</p>"),
        (VersionAct.SUBMITTED, "Alice", "<p>4</p>"),
        (VersionAct.SAVED, "Alice", "<p>5</p>"),
    ]


def test_versions_are_numbered_in_the_order_of_their_last_saves_without_gaps(db):
    alice, erin = make_alice(), make_erin()
    with time_machine.travel(NOON, tick=False) as clock:
        block = make_block()
        clock.shift(timedelta(hours=1))
        for text, by in (("1", alice), ("2", erin), ("3", make_bob()), ("4", alice)):
            clock.shift(timedelta(minutes=1))
            save_body(Block.objects.get(pk=block.pk), f"<p>{text}</p>", by=by)

    latest_first = [(version.number, version.by.name) for version in block.section.versions.all()]
    count = len(latest_first)
    assert latest_first[:3] == [(count, "Alice"), (count - 1, "Bob"), (count - 2, "Erin")]
    assert [number for number, _ in latest_first] == list(range(count, 0, -1))


def test_version_holds_the_blocks_as_they_stand_after_the_save(db):
    section = make_section()
    first, second, gone = (make_block(section, body=THREE) for _ in range(3))
    actions.remove_block(block=gone, by=make_erin())
    write(second, BlockContent(body="<p>Erin</p>"), by=make_erin())

    alice = make_alice()
    save_body(first, "<p>Alice</p>", by=alice)

    version = section.versions.get(by=alice)
    assert [(data["block"], data["body"]) for data in version.blocks] == [
        (first.pk, "<p>Alice</p>"),
        (second.pk, "<p>Erin</p>"),
    ]


def saves_at(block, *times):
    """A save of each of these people after so many minutes."""
    with time_machine.travel(NOON, tick=False) as clock:
        for person, minutes in times:
            clock.move_to(NOON + timedelta(minutes=minutes))
            save_body(Block.objects.get(pk=block.pk), f"<p>{person.name} {minutes}</p>", by=person)


def test_old_saves_are_thinned_to_what_each_person_left_behind(db):
    with time_machine.travel(NOON - timedelta(days=1)):
        block = make_block()
    alice, bob = make_alice(), make_bob()
    saves_at(block, (alice, 0), (alice, 1), (bob, 2), (alice, 3), (alice, 34), (alice, 35))

    with time_machine.travel(NOON + timedelta(days=31)):
        thinned = actions.thin_revisions()
        again = actions.thin_revisions()

    bodies = [revision.content["body"] for revision in block.revisions.order_by("version")]
    assert bodies == ["", "<p>Alice 1</p>", "<p>Bob 2</p>", "<p>Alice 3</p>", "<p>Alice 35</p>"]
    assert (thinned, again) == (2, 0)


def test_saves_of_the_last_thirty_days_are_all_kept(db):
    with time_machine.travel(NOON):
        block = make_block()
    alice = make_alice()
    saves_at(block, (alice, 0), (alice, 1), (alice, 2))

    with time_machine.travel(NOON + timedelta(days=30)):
        assert (actions.thin_revisions(), block.revisions.count()) == (0, 4)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="The test database of SQLite is in one connection")
@pytest.mark.django_db(transaction=True)
def test_those_who_save_at_the_same_moment_meet_in_the_database():
    block = make_block(body="\n".join(f"<p>{number}</p>" for number in range(8)))
    start, ended = Barrier(8), []

    def save_one(number, person):
        start.wait()
        body = content_of(block).body.replace(f"<p>{number}</p>", f"<p>{number} by {person.name}</p>")
        ended.append(save_body(block, body, by=person, key=f"key {number}").version)
        connection.close()

    threads = [Thread(target=save_one, args=[number, make_alice()]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stored(block).body == "\n".join(f"<p>{number} by Alice</p>" for number in range(8))
    assert sorted(ended) == [block.version + number for number in range(1, 9)]
