import pytest

from partnership.models import AuditEvent
from partnership.tests.factories import make_alice, make_bob
from reports import actions
from reports.choices import Kind, SectionStatus, VersionAct
from reports.content import BlockContent, ItemContent, content_of
from reports.models import Block
from reports.tests.factories import make_approved_section, make_block, make_section, write


@pytest.fixture
def alice(db):
    return make_alice()


def stands(section):
    return [content_of(block) for block in section.blocks.all()]


def test_an_earlier_version_stands_again_with_its_texts_blocks_and_order(alice):
    bob = make_bob()
    section = make_section()
    text = make_block(section, body="<p>First</p>", by=bob)
    points = make_block(section, Kind.FOCUS, items=(ItemContent("One"),), by=bob)
    before = stands(section)
    version = actions.submit_section(section=section, by=bob).versions.first()
    write(text, BlockContent(body="<p>Second</p>"), by=bob)
    actions.move_block(block=points, is_up=True, by=bob)
    actions.remove_block(block=text, by=bob)
    later = actions.add_block(section=section, kind=Kind.QUOTES, by=bob)

    actions.restore_version(version=version, reason="Too much was cut.", by=alice)

    assert stands(section) == before
    assert Block.with_removed.get(pk=later.pk).removed_by == alice
    latest = section.versions.order_by("number").last()
    assert (latest.act, latest.by, latest.reason) == (VersionAct.RESTORED, alice, "Too much was cut.")
    assert AuditEvent.objects.get(verb="section.version-restored").detail == f"As in version {version.number}"


def test_what_stood_before_can_be_brought_back_as_well(alice):
    section = make_section()
    block = make_block(section, body="<p>First</p>", by=alice)
    first = actions.submit_section(section=section, by=alice).versions.first()
    write(block, BlockContent(body="<p>Second</p>"), by=alice)
    second = section.versions.order_by("number").last()

    actions.restore_version(version=first, by=alice)
    actions.restore_version(version=second, by=alice)

    assert stands(section) == [BlockContent(body="<p>Second</p>")]


def test_every_text_that_was_replaced_is_still_a_revision(alice):
    section = make_section()
    block = make_block(section, body="<p>First</p>", by=alice)
    first = actions.submit_section(section=section, by=alice).versions.first()
    write(block, BlockContent(body="<p>Second</p>"), by=alice)

    actions.restore_version(version=first, by=alice)

    bodies = [revision.content["body"] for revision in block.revisions.order_by("version")]
    assert bodies == ["", "<p>First</p>", "<p>Second</p>", "<p>First</p>"]


def test_restoring_lets_the_approval_lapse(alice):
    section = make_approved_section()

    actions.restore_version(version=section.versions.order_by("number").first(), by=alice)

    section.refresh_from_db()
    assert section.status == SectionStatus.DRAFTING
