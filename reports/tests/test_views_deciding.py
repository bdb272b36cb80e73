import pytest
from django.urls import reverse
from lxml import html

from partnership.tests.factories import make_alice, make_bob, make_charlie, make_frank
from priorities.choices import DisclosureRule
from priorities.models import Measure, MeasureValue
from priorities.tests.factories import make_measure, make_value
from reports import actions
from reports.choices import SectionStatus
from reports.models import Block, Section
from reports.tests.factories import (
    last_version,
    make_block,
    make_returned_section,
    make_section,
    make_submitted_section,
)

TOKEN = '<span data-figure="MACE_CHILDREN" data-period="2022-23" data-show="value"></span>'


def read(client, section):
    return client.get(reverse("reports:section-detail", args=[section.pk]))


def status(section):
    return Section.objects.get(pk=section.pk).status


def post(client, name, section, **data):
    return client.post(reverse(f"reports:section-{name}", args=[section.pk]), data)


def test_the_writer_hands_in_and_the_board_approves(client, db):
    bob = make_bob()
    section = make_section(writer=bob)
    make_block(section, body="<p>Words</p>")
    client.force_login(bob)
    assert (read(client, section).context["can_submit"], read(client, section).context["can_decide"]) == (True, False)

    post(client, "submit", section)
    client.force_login(make_alice())
    page = read(client, section)
    post(client, "approve", section, seen=page.context["seen"])

    assert (page.context["can_decide"], status(section)) == (True, SectionStatus.APPROVED)


def test_who_does_not_write_it_cannot_hand_it_in(client, db):
    section = make_section(writer=make_bob())
    client.force_login(make_charlie())

    response = post(client, "submit", section)

    assert (response.status_code, status(section)) == (403, SectionStatus.NOT_STARTED)


def test_returning_needs_a_reason_and_keeps_what_was_typed(client, db):
    client.force_login(make_alice())
    section = make_submitted_section()

    page = post(client, "return", section, seen=last_version(section), reason=" ")

    assert page.context["form"].errors == {"reason": ["Enter what should change"]}
    assert "<title>Error:" in page.content.decode()
    assert status(section) == SectionStatus.SUBMITTED


def test_the_reason_stands_above_the_section_until_it_is_handed_in_again(client, db):
    bob = make_bob()
    section = make_returned_section(writer=bob, reason="Say what changed <for> children.")
    client.force_login(bob)

    before = read(client, section)
    post(client, "submit", section)
    after = read(client, section)

    assert "Say what changed &lt;for&gt; children." in before.content.decode()
    assert (before.context["returned"].reason, after.context["returned"]) == (
        "Say what changed <for> children.",
        None,
    )


@pytest.mark.parametrize("seen", ["", "x", "0", "99999999999999999999"])
def test_a_decision_on_another_version_than_the_one_shown_is_refused(client, db, seen):
    client.force_login(make_alice())
    section = make_submitted_section()

    response = client.post(reverse("reports:section-approve", args=[section.pk]), {"seen": seen}, follow=True)

    assert "has changed since you opened it" in response.content.decode()
    assert status(section) == SectionStatus.SUBMITTED


def test_a_figure_that_changed_since_approval_is_marked_with_what_it_read(client, db):
    value = make_value(make_measure("MACE_CHILDREN"), 610)
    section = make_section()
    make_block(section, body=f"<p>{TOKEN} children</p>")
    actions.submit_section(section=section, by=make_bob())
    actions.approve_section(section=section, seen=last_version(section), by=make_alice())
    client.force_login(make_frank())
    assert read(client, section).context["changed"] == []

    MeasureValue.objects.filter(pk=value.pk).update(number=640)
    page = html.fromstring(read(client, section).content)

    [told] = page.xpath('//*[@id="changed-figures"]//li')
    assert told.text_content() == "Mace children, 2022/23: it read 610, now it reads 640"
    [marked] = page.xpath('//*[contains(@class, "figure--changed")]')
    assert marked.text_content() == "640 (changed, was 610)"


@pytest.mark.parametrize("rule", [DisclosureRule.NOT_PEOPLE, DisclosureRule.AGREED_EXCEPTION])
def test_what_a_figure_read_is_not_told_once_it_is_hidden(client, db, rule):
    measure, bob, alice = make_measure("MACE_CHILDREN"), make_bob(), make_alice()
    agreed = {"disclosure_reason": "Published", "disclosure_proposed_by": bob, "disclosure_agreed_by": alice}
    Measure.objects.filter(pk=measure.pk).update(disclosure=rule, **agreed)
    make_value(measure, 3)
    section = make_section()
    make_block(section, body=f"<p>{TOKEN} children</p>")
    actions.submit_section(section=section, by=bob)
    actions.approve_section(section=section, seen=last_version(section), by=alice)
    client.force_login(make_frank())

    Measure.objects.filter(pk=measure.pk).update(disclosure=DisclosureRule.SUPPRESS_SMALL)
    page = html.fromstring(read(client, section).content)

    [told] = page.xpath('//*[@id="changed-figures"]//li')
    assert told.text_content() == "Mace children, 2022/23: now it reads hidden to protect people"
    [marked] = page.xpath('//*[contains(@class, "figure--changed")]')
    assert (marked.text_content(), marked.get("title")) == (
        "hidden to protect people (changed)",
        "Changed since this was approved",
    )


def test_what_was_carried_over_and_not_checked_is_named(client, db):
    block = make_block(heading="Who we are", body="<p>Words</p>")
    Block.objects.filter(pk=block.pk).update(is_carried=True)
    client.force_login(make_alice())

    page = read(client, block.section)

    assert [each["block"] for each in page.context["carried"]] == [block]
    assert "nobody has checked it yet" in page.content.decode()


def test_blocks_that_were_taken_out_are_listed_and_put_back(client, db):
    alice = make_alice()
    client.force_login(alice)
    block = make_block(heading="Who we are", body="<p>Words</p>")
    actions.remove_block(block=block, by=alice)

    page = read(client, block.section)
    data = {"arrange": f"put-back:{block.pk}", "from": "section"}
    response = post(client, "arrange", block.section, **data)

    assert list(page.context["taken_out"]) == [block]
    assert response.url == reverse("reports:section-detail", args=[block.section_id])
    assert list(block.section.blocks.all()) == [block]
