from datetime import date

import pytest
import time_machine

from partnership.tests.factories import make_alice, make_bob
from priorities.models import MeasureValue
from priorities.tests.factories import make_measure, make_value
from reports import actions
from reports.attention import Tally
from reports.choices import Kind
from reports.content import ItemContent, MeasureContent
from reports.models import Block, Comment
from reports.overview import overview, progress
from reports.tests.factories import last_version, make_block, make_report, make_section, make_submitted_section

TOKEN = '<span data-figure="{}" data-period="2022-23" data-show="value"></span>'


def row(section):
    [found] = [each for each in overview(section.report) if each.section == section]
    return found


def told(section):
    return list(map(str, row(section).findings))


def test_words_are_those_that_somebody_wrote(db):
    section = make_section()
    make_block(section, heading="Not counted", body="<p>Three words here</p><ul><li>four</li></ul>")
    make_block(section, Kind.BARRIERS, items=(ItemContent("Vacant <strong>posts</strong>"),))

    assert row(section).words == 6


def test_an_empty_section_is_found_and_a_chapter_with_sub_sections_is_not(db):
    report = make_report()
    chapter = make_section(report)
    empty = make_section(report, number="1.1", parent=chapter)
    make_block(empty)
    drawn = make_section(report, number="1.2", parent=chapter)
    make_block(drawn, Kind.INSPECTIONS)

    assert [list(map(str, each.findings)) for each in overview(report)] == [[], ["Nothing written"], []]
    assert [each.is_only_a_heading for each in overview(report)] == [True, False, False]


def test_findings_name_what_somebody_should_look_at(db):
    section = make_section()
    make_block(section, body=f"<p>{TOKEN.format('NOWHERE')}</p>")
    make_block(section, Kind.DIFFERENCE, items=(ItemContent("We met."), ItemContent("We met again.")))
    Block.objects.filter(section=section, kind=Kind.TEXT).update(is_carried=True)

    found = row(section)

    assert told(section) == ["1 problem to mend", "1 text carried over, not checked", "2 points activity only"]
    assert found.impact == Tally(2, 2)


@pytest.fixture
def approved(db):
    """A section with a figure in its text and one in a table, approved; and the values of both."""
    prose, table = make_measure("MACE_CHILDREN"), make_measure("IN_TABLE")
    values = make_value(prose, 610), make_value(table, 70)
    section = make_section()
    make_block(section, body=f"<p>{TOKEN.format('MACE_CHILDREN')}</p>")
    make_block(section, Kind.MEASURES_TABLE, measures=(MeasureContent(table.pk, values[1].period_id),))
    actions.submit_section(section=section, by=make_bob())
    actions.approve_section(section=section, seen=last_version(section), by=make_alice())
    return section, values


@pytest.mark.parametrize("place", [0, 1])
def test_a_figure_that_changed_since_approval_is_found(approved, place):
    section, values = approved
    assert told(section) == []

    MeasureValue.objects.filter(pk=values[place].pk).update(number=640)

    assert told(section) == ["1 figure changed since approval"]


def test_a_figure_that_has_gone_since_approval_has_changed(approved):
    section, values = approved

    MeasureValue.objects.filter(pk=values[0].pk).delete()

    assert told(section) == ["1 problem to mend", "1 figure changed since approval"]


def test_the_next_approval_settles_it(approved):
    section, values = approved
    MeasureValue.objects.filter(pk=values[0].pk).update(number=640)
    actions.restore_version(version=section.versions.first(), by=make_bob())
    actions.submit_section(section=section, by=make_bob())

    actions.approve_section(section=section, seen=last_version(section), by=make_alice())

    assert told(section) == []


def test_open_comments_are_counted_and_settled_ones_not(db):
    section = make_section()
    alice = make_alice()
    for number in range(3):
        Comment.objects.create(section=section, text=f"Comment {number}", by=alice)
    settled = Comment.objects.first()
    settled.resolved_at, settled.resolved_by = settled.at, alice
    settled.save()

    assert row(section).open_comments == 2


@time_machine.travel(date(2023, 6, 2), tick=False)
@pytest.mark.parametrize(
    ("make", "due_on", "is_awaited", "is_overdue"),
    [
        (make_section, date(2023, 6, 1), True, True),
        (make_section, date(2023, 6, 2), True, False),
        (make_section, None, False, False),
        (make_submitted_section, date(2023, 6, 1), False, False),
    ],
)
def test_a_section_is_overdue_after_its_due_date_until_it_is_handed_in(db, make, due_on, is_awaited, is_overdue):
    found = row(make(due_on=due_on))

    assert (found.is_awaited, found.is_overdue) == (is_awaited, is_overdue)


def test_progress_adds_the_sections_up(db):
    report = make_report()
    chapter = make_section(report)
    make_submitted_section(report, number="1.1", parent=chapter)
    make_section(report, number="1.2", parent=chapter, due_on=date(2000, 1, 1))

    found = progress(overview(report))

    assert (found.sections, found.submitted, found.approved, found.overdue, found.words) == (2, 1, 0, 1, 1)
