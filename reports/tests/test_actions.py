from dataclasses import asdict

import pytest

from partnership.tests.factories import make_alice, make_erin
from priorities.choices import UpdateStatus
from priorities.tests.factories import make_priority, make_update
from reports import actions
from reports.actions import BlockSave, StaleSection
from reports.choices import Kind, SectionStatus, VersionAct
from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent, content_of, from_json
from reports.models import Block
from reports.tests.factories import make_block, make_section


def stored(block):
    return content_of(Block.objects.get(pk=block.pk))


def test_save_keeps_all_that_was_written(db):
    update = make_update(UpdateStatus.ACCEPTED)
    block = make_block(kind=Kind.BARRIERS)
    content = BlockContent(
        heading="Heading",
        body="<p>Words</p>",
        source="A source",
        items=(ItemContent("One"), ItemContent("Two", update.pk)),
        quotations=(QuotationContent("It helped.", "A parent"),),
    )

    actions.save_section(section=block.section, saves={block.pk: BlockSave(block.version, content)}, by=make_alice())

    assert stored(block) == content


def test_stale_save_is_refused_and_changes_nothing(db):
    first = make_block(body="<p>Old</p>")
    second = make_block(first.section, body="<p>Other</p>")
    seen = first.version
    actions.save_section(
        section=first.section, saves={first.pk: BlockSave(seen, BlockContent(body="<p>Alice</p>"))}, by=make_alice()
    )

    with pytest.raises(StaleSection) as stale:
        actions.save_section(
            section=first.section,
            saves={
                first.pk: BlockSave(seen, BlockContent(body="<p>Erin</p>")),
                second.pk: BlockSave(second.version, BlockContent(body="<p>Erin too</p>")),
            },
            by=make_erin(),
        )

    assert stale.value.blocks == [first]
    assert (stored(first).body, stored(second).body) == ("<p>Alice</p>", "<p>Other</p>")


def test_two_people_at_two_blocks_do_not_meet(db):
    first = make_block(body="<p>One</p>")
    second = make_block(first.section, body="<p>Two</p>")

    for block, person in ((first, make_alice()), (second, make_erin())):
        save = BlockSave(block.version, BlockContent(body=f"<p>{person.name}</p>"))
        actions.save_section(section=block.section, saves={block.pk: save}, by=person)

    assert (stored(first).body, stored(second).body) == ("<p>Alice</p>", "<p>Erin</p>")


def test_saving_what_stands_there_already_changes_nothing(db):
    block = make_block(body="<p>Words</p>")
    versions = block.section.versions.count()

    [saved] = actions.save_section(
        section=block.section, saves={block.pk: BlockSave(0, BlockContent(body="<p>Words</p>"))}, by=make_alice()
    )

    assert (saved.is_written, saved.version, block.section.versions.count()) == (False, block.version, versions)


def test_saving_begins_the_section(db):
    section = make_section()
    assert section.status == SectionStatus.NOT_STARTED

    make_block(section, body="<p>Words</p>")

    section.refresh_from_db()
    assert section.status == SectionStatus.DRAFTING


def test_bringing_in_makes_a_point_of_each_paragraph_and_keeps_its_source(db):
    update = make_update(UpdateStatus.ACCEPTED)
    block = make_block(make_section(priority=make_priority()), Kind.DIFFERENCE, items=(ItemContent("Already here"),))

    actions.bring_in(block=block, update=update, text="Children feel <safer>.\n\nTwo moved home.", by=make_alice())

    assert stored(block).items == (
        ItemContent("Already here"),
        ItemContent("Children feel &lt;safer&gt;.", update.pk),
        ItemContent("Two moved home.", update.pk),
    )
    assert block.section.versions.first().act == VersionAct.BROUGHT_IN


def test_text_can_only_be_brought_into_a_standing_list(db):
    with pytest.raises(ValueError, match="not a standing list"):
        actions.bring_in(block=make_block(), update=make_update(), text="Words", by=make_alice())


def test_content_survives_a_versions_json(db):
    content = BlockContent(
        heading="H", items=(ItemContent("a", 3),), quotations=(QuotationContent("q"),), measures=(MeasureContent(1, 2),)
    )
    assert from_json(asdict(content)) == content
