import csv

import pytest
from django.urls import reverse
from lxml import html

from partnership.models import AuditEvent
from partnership.tests.factories import make_alice, make_bob, make_charlie, make_frank
from priorities.tests.factories import make_measure, make_value
from reports import actions
from reports.choices import Kind, VersionAct
from reports.content import BlockContent, MeasureContent, content_of
from reports.tests.factories import make_block, make_returned_section, make_section, write


@pytest.fixture
def section(client, db):
    """Bob wrote one thing and handed it in; then he wrote another."""
    client.force_login(make_frank())
    bob = make_bob()
    section = make_section(writer=bob)
    block = make_block(section, heading="Who we are", body="<p>We met once.</p>", by=bob)
    actions.submit_section(section=section, by=bob)
    write(block, BlockContent(heading="Who we are", body="<p>We met twice.</p>"), by=bob)
    return section


def compare(client, section, **query):
    return client.get(reverse("reports:version-compare", args=[section.pk]), query)


def test_versions_tell_what_was_done_by_whom_and_how_long_the_text_was(client, section):
    page = client.get(reverse("reports:version-list", args=[section.pk]))

    assert [
        (row["version"].act, row["version"].by.name, row["words"], row["is_long"]) for row in page.context["rows"]
    ] == [
        (VersionAct.SAVED, "Bob", 3, False),
        (VersionAct.SUBMITTED, "Bob", 3, False),
        (VersionAct.SAVED, "Bob", 3, False),
    ]
    assert page.context["can_edit"] is False


@pytest.mark.parametrize("query", [{"from": "1", "to": "3"}, {"from": "1", "to": ""}, {"from": "1"}])
def test_two_versions_are_compared_in_words(client, section, query):
    page = html.fromstring(compare(client, section, **query).content)

    [sheet] = page.xpath('//section[@class="portal-sheet"]')
    assert sheet.xpath(".//h2")[0].text_content().strip() == "Text: Who we are"
    assert [" ".join(each.text_content().split()) for each in sheet.xpath(".//del | .//ins")] == [
        "removed: once, end of removed words",
        "added: twice, end of added words",
    ]


def test_two_versions_that_say_the_same_are_told_so(client, section):
    page = compare(client, section, **{"from": "1", "to": "2"})

    assert page.context["is_same"] is True
    assert "Both say the same." in page.content.decode()


def test_blocks_that_came_and_went_stand_where_they_stood(client, section):
    bob = make_bob()
    text = section.blocks.get()
    points = actions.add_block(section=section, kind=Kind.FOCUS, by=bob)
    actions.move_block(block=points, is_up=True, by=bob)
    actions.remove_block(block=text, by=bob)

    page = compare(client, section, **{"from": "1"})

    assert [(block.title, block.fate) for block in page.context["compared"]] == [
        ("Text: Who we are", "removed"),
        ("Focus for next year", "added"),
    ]


def test_figures_and_rows_are_compared_by_their_names(client, db):
    alice = make_alice()
    client.force_login(alice)
    first, second = make_measure("FIRST"), make_measure("SECOND")
    period = make_value(first, 610).period
    make_value(second, 70)
    token = '<span data-figure="{}" data-period="2022-23" data-show="value"></span>'
    section = make_section()
    text = make_block(section, body=f"<p>{token.format('FIRST')} children</p>", by=alice)
    table = make_block(section, Kind.MEASURES_TABLE, measures=(MeasureContent(first.pk, period.pk),), by=alice)
    actions.submit_section(section=section, by=alice)
    write(text, BlockContent(body=f"<p>{token.format('SECOND')} children</p>"), by=alice)
    write(table, BlockContent(measures=(MeasureContent(second.pk, period.pk),)), by=alice)

    page = html.fromstring(compare(client, section, **{"from": "1"}).content)

    added = [" ".join(each.text_content().split()) for each in page.xpath("//section//ins")]
    assert added == [
        "added: Second, end of added words",
        "added: 70, end of added words",
        "added: Second, end of added words",
    ]


@pytest.mark.parametrize("query", [{}, {"from": "99"}, {"from": "x"}, {"from": "1", "to": "\0"}])
def test_versions_that_are_not_there_lead_back_to_the_list(client, section, query):
    response = compare(client, section, **query)

    assert response.url == reverse("reports:version-list", args=[section.pk])


def test_who_writes_the_section_brings_a_version_back(client, section):
    client.force_login(section.writer)
    address = reverse("reports:version-restore", args=[section.pk, 1])

    page = client.get(address)
    client.post(address, {"reason": "The first was right."})

    assert [block.fate for block in page.context["compared"]] == ["changed"]
    assert content_of(section.blocks.get()).body == "<p>We met once.</p>"
    latest = section.versions.order_by("number").last()
    assert (latest.act, latest.reason, latest.by) == (VersionAct.RESTORED, "The first was right.", section.writer)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_brings_a_version_back(client, section, method):
    client.force_login(make_charlie())

    response = getattr(client, method)(reverse("reports:version-restore", args=[section.pk, 1]))

    assert (response.status_code, section.versions.count()) == (403, 3)


def test_versions_leave_as_a_file_with_their_reasons(client, db):
    client.force_login(make_frank())
    section = make_returned_section(reason="Say more.")

    response = client.get(reverse("reports:version-export", args=[section.pk, "csv"]))

    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))
    assert [(row["What was done"], row["Reason"], row["Words"]) for row in rows] == [
        ("Returned", "Say more.", "1"),
        ("Submitted", "", "1"),
        ("Written", "", "1"),
    ]


def test_a_long_history_is_turned_page_by_page(client, section, monkeypatch):
    monkeypatch.setattr("reports.views.versions.ON_A_PAGE", 2)
    address = reverse("reports:version-list", args=[section.pk])

    pages = [client.get(address, {"page": number}) for number in (1, 2)]

    assert [[row["version"].number for row in page.context["rows"]] for page in pages] == [[3, 2], [1]]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_versions_takes_the_same_queries_whatever_its_size(client, db, rows, django_assert_num_queries):
    client.force_login(make_frank())
    section = make_section()
    make_block(section, body="<p>Words</p>")
    for _ in range(rows):
        bob = make_bob()
        actions.submit_section(section=section, by=bob)
        actions.add_block(section=section, kind=Kind.TEXT, by=bob)

    with django_assert_num_queries(8):
        client.get(reverse("reports:version-list", args=[section.pk]))


def test_an_old_version_is_read_with_the_names_of_its_figures(client, db):
    client.force_login(make_frank())
    measure = make_measure("MACE_CHILDREN")
    period = make_value(measure, 610).period
    token = '<span data-figure="MACE_CHILDREN" data-period="2022-23" data-show="value"></span>'
    section = make_section()
    make_block(section, body=f"<p>We saw {token} children.</p>")
    make_block(section, Kind.MEASURES_TABLE, measures=(MeasureContent(measure.pk, period.pk),))
    make_block(section, Kind.FOCUS)
    number = section.versions.order_by("number").last().number

    page = html.fromstring(client.get(reverse("reports:section-version", args=[section.pk, number])).content)

    sheets = page.xpath('//section[@class="portal-sheet"]')
    assert [" ".join(sheet.text_content().split()) for sheet in sheets] == [
        "Text We saw [Mace children, 2022/23: 610] children.",
        "Table of measures Mace children, 2022/23",
        "Focus for next year Nothing was written here.",
    ]


def test_the_latest_version_is_compared_with_the_one_before_first(client, section):
    page = client.get(reverse("reports:version-list", args=[section.pk]))

    assert page.context["compare"].initial == {"from": "2", "to": "3"}


def test_a_version_that_got_another_number_meanwhile_is_still_the_one_brought_back(client, section):
    client.force_login(section.writer)
    address = reverse("reports:version-restore", args=[section.pk, 1])
    shown = client.get(address).context["form"].initial["version"]
    for number, new in ((1, 9), (2, 1)):
        section.versions.filter(number=number).update(number=new)

    client.post(address, {"version": shown, "reason": ""})

    assert content_of(section.blocks.get()).body == "<p>We met once.</p>"
    assert AuditEvent.objects.get(verb="section.version-restored").detail == "As in version 9"


@pytest.mark.parametrize("version", ["0", "-1", "nonsense", "9" * 30])
def test_a_version_that_is_none_falls_back_on_the_address_and_is_refused(client, section, version):
    client.force_login(section.writer)

    client.post(reverse("reports:version-restore", args=[section.pk, 1]), {"version": version})

    assert section.versions.count() == 3
