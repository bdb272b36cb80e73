import pytest

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_bob
from priorities.tests.factories import make_measure, make_value
from reports import actions
from reports.actions import BlockSave
from reports.choices import Kind, SectionStatus, VersionAct
from reports.content import BlockContent, content_of
from reports.models import Section
from reports.tests.factories import (
    last_version,
    make_approved_section,
    make_block,
    make_returned_section,
    make_section,
    make_submitted_section,
)

TOKEN = '<span data-figure="MACE_CHILDREN" data-period="2022-23" data-show="value"></span>'


def begun():
    section = make_section()
    make_block(section, body="<p>Words</p>")
    return Section.objects.get(pk=section.pk)


STATES = {
    SectionStatus.NOT_STARTED: make_section,
    SectionStatus.DRAFTING: begun,
    SectionStatus.SUBMITTED: make_submitted_section,
    SectionStatus.RETURNED: make_returned_section,
    SectionStatus.APPROVED: make_approved_section,
}


def save(section, by):
    block = section.blocks.first() or make_block(section)
    content = BlockContent(body="<p>Other words</p>")
    actions.save_section(section=section, saves={block.pk: BlockSave(block.version, content)}, by=by)


def restore(section, by):
    version = section.versions.first()
    if version is None:
        raise WrongState
    actions.restore_version(version=version, by=by)


def seen(section):
    return last_version(section) if section.versions.exists() else None


VERBS = {
    "submit": lambda section, by: actions.submit_section(section=section, by=by),
    "approve": lambda section, by: actions.approve_section(section=section, seen=seen(section), by=by),
    "return": lambda section, by: actions.return_section(section=section, reason="More.", seen=seen(section), by=by),
    "save": save,
    "arrange": lambda section, by: actions.add_block(section=section, kind=Kind.TEXT, by=by),
    "restore": restore,
}

NOT_STARTED, DRAFTING, SUBMITTED, RETURNED, APPROVED = STATES
LEADS_TO = {
    (NOT_STARTED, "submit"): SUBMITTED,
    (DRAFTING, "submit"): SUBMITTED,
    (RETURNED, "submit"): SUBMITTED,
    (SUBMITTED, "approve"): APPROVED,
    (SUBMITTED, "return"): RETURNED,
    (NOT_STARTED, "arrange"): NOT_STARTED,
    **{(status, "arrange"): DRAFTING for status in (DRAFTING, SUBMITTED, RETURNED, APPROVED)},
    **{(status, "save"): DRAFTING for status in STATES},
    **{(status, "restore"): DRAFTING for status in (DRAFTING, SUBMITTED, RETURNED, APPROVED)},
}
"""Where each verb leads from each state; elsewhere it is refused."""


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state_leads_where_the_table_says_or_is_refused(db, status, verb):
    section = STATES[status]()
    alice = make_alice()
    assert section.status == status

    refused = False
    try:
        VERBS[verb](section, alice)
    except WrongState:
        refused = True

    section.refresh_from_db()
    assert (refused, section.status) == ((status, verb) not in LEADS_TO, LEADS_TO.get((status, verb), status))


def test_acts_have_versions_of_their_own_with_author_and_reason(db):
    alice, bob = make_alice(), make_bob()
    section = make_section(writer=bob)
    block = make_block(section, body="<p>One</p>", by=bob)
    actions.submit_section(section=section, by=bob)
    actions.return_section(section=section, reason="Say what changed.", seen=last_version(section), by=alice)
    block.refresh_from_db()
    saves = {block.pk: BlockSave(block.version, BlockContent(body="<p>Two</p>"))}
    actions.save_section(section=section, saves=saves, by=bob)
    actions.submit_section(section=section, by=bob)
    actions.approve_section(section=section, seen=last_version(section), by=alice)

    versions = section.versions.order_by("number")
    assert [(each.act, each.by, each.reason, each.blocks[0]["body"]) for each in versions] == [
        (VersionAct.SAVED, bob, "", "<p>One</p>"),
        (VersionAct.SUBMITTED, bob, "", "<p>One</p>"),
        (VersionAct.RETURNED, alice, "Say what changed.", "<p>One</p>"),
        (VersionAct.SAVED, bob, "", "<p>Two</p>"),
        (VersionAct.SUBMITTED, bob, "", "<p>Two</p>"),
        (VersionAct.APPROVED, alice, "", "<p>Two</p>"),
    ]
    assert list(
        AuditEvent.objects.filter(target_model="reports.section", target_id=section.pk)
        .exclude(verb__in=["section.added", "section.saved"])
        .order_by("pk")
        .values_list("verb", "detail")
    ) == [
        ("section.submitted", ""),
        ("section.returned", "Say what changed."),
        ("section.submitted", ""),
        ("section.approved", ""),
    ]


def test_approval_keeps_the_figures_as_they_read(db):
    make_value(make_measure("MACE_CHILDREN"), 610)
    section = make_section()
    make_block(section, body=f"<p>{TOKEN} children</p>")
    actions.submit_section(section=section, by=make_bob())

    actions.approve_section(section=section, seen=last_version(section), by=make_alice())

    approval = section.versions.order_by("number").last()
    assert [(each["code"], each["period"], each["show"], each["text"]) for each in approval.figures] == [
        ("MACE_CHILDREN", "2022-23", "value", "610")
    ]


@pytest.mark.parametrize("verb", ["approve", "return"])
def test_nobody_decides_on_what_they_have_not_seen(db, verb):
    section = make_submitted_section()
    read = last_version(section)
    block = section.blocks.get()
    saves = {block.pk: BlockSave(block.version, BlockContent(body="<p>Other</p>"))}
    actions.save_section(section=section, saves=saves, by=make_bob())
    actions.submit_section(section=section, by=make_bob())
    more = {"reason": "More."} if verb == "return" else {}

    with pytest.raises(StaleSave, match="has changed since you opened it"):
        getattr(actions, f"{verb}_section")(section=section, seen=read, by=make_alice(), **more)

    section.refresh_from_db()
    assert section.status == SectionStatus.SUBMITTED


def test_a_section_that_was_taken_out_cannot_be_handed_in(db):
    section = make_section()
    actions.remove_section(section=section, by=make_alice())

    with pytest.raises(WrongState, match="was taken out of the report"):
        actions.submit_section(section=section, by=make_bob())


def test_content_of_an_approval_is_that_of_the_section(db):
    section = make_approved_section()

    assert section.versions.first().blocks[0]["body"] == content_of(section.blocks.get()).body
