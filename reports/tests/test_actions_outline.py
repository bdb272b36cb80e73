from datetime import date

import pytest

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_alice, make_bob, make_erin, make_partnership
from priorities.choices import PriorityKind
from priorities.tests.factories import make_priority
from reports import actions
from reports.actions import outline as outline_actions
from reports.assemble import assemble
from reports.choices import Kind, Numbering, SectionStatus
from reports.models import AnnualReport, Section
from reports.queries import outline
from reports.tests.factories import make_approved_section, make_block, make_report, make_section


@pytest.fixture
def alice(db):
    return make_alice()


@pytest.fixture
def report(db):
    """A foreword without a number, two chapters, and two sub-sections in the first of them."""
    report = make_report()
    make_section(report, number="", title="Foreword")
    chapter = make_section(report, number="1", title="Neglect")
    make_section(report, number="1.1", title="Strategy", parent=chapter)
    make_section(report, number="1.2", title="Workforce", parent=chapter)
    make_section(report, number="2", title="Summary")
    return report


def told(report):
    """The outline as people read it, sub-sections further in."""
    sections = outline(Section.objects.filter(report=report))
    return [f"{'  ' * (level - 1)}{section}" for section, level in sections]


def section(title):
    return Section.with_removed.get(title=title)


def change(section, by, **fields):
    names = ("parent", "number", "title", "owner", "priority", "group", "writer", "due_on", "words_wished")
    now = {name: getattr(section, name) for name in names}
    return actions.change_section(section=section, by=by, **now | fields)


@pytest.mark.parametrize(
    ("title", "is_up", "order"),
    [
        ("Summary", True, ["Foreword", "2 Summary", "1 Neglect", "  1.1 Strategy", "  1.2 Workforce"]),
        ("Neglect", False, ["Foreword", "2 Summary", "1 Neglect", "  1.1 Strategy", "  1.2 Workforce"]),
        ("Workforce", True, ["Foreword", "1 Neglect", "  1.2 Workforce", "  1.1 Strategy", "2 Summary"]),
        ("Foreword", True, ["Foreword", "1 Neglect", "  1.1 Strategy", "  1.2 Workforce", "2 Summary"]),
        ("Workforce", False, ["Foreword", "1 Neglect", "  1.1 Strategy", "  1.2 Workforce", "2 Summary"]),
    ],
)
def test_a_section_changes_places_in_its_chapter_and_stays_at_either_end(report, alice, title, is_up, order):
    actions.move_section(section=section(title), is_up=is_up, by=alice)

    assert told(report) == order


def test_a_section_goes_to_the_end_of_another_chapter(report, alice):
    change(section("Strategy"), alice, parent=section("Summary"))

    assert told(report) == ["Foreword", "1 Neglect", "  1.2 Workforce", "2 Summary", "  1.1 Strategy"]


def test_a_sub_section_becomes_a_chapter(report, alice):
    change(section("Workforce"), alice, parent=None, number="3")

    assert told(report) == ["Foreword", "1 Neglect", "  1.1 Strategy", "2 Summary", "3 Workforce"]


@pytest.mark.parametrize(
    ("title", "parent", "message"),
    [
        ("Neglect", "Summary", "Move those first"),
        ("Foreword", "Strategy", "only stand in a chapter"),
        ("Foreword", "Foreword", "only stand in a chapter"),
    ],
)
def test_a_report_has_chapters_and_sub_sections_and_no_more(report, alice, title, parent, message):
    before = told(report)

    with pytest.raises(WrongState, match=message):
        change(section(title), alice, parent=section(parent))

    assert told(report) == before


@pytest.mark.parametrize("title", ["Foreword", "Neglect", "Strategy", "Workforce", "Summary"])
def test_what_is_taken_out_comes_back_where_it_stood(report, alice, title):
    before = told(report)

    taken_out = actions.remove_section(section=section(title), by=alice)
    without = told(report)
    actions.put_back_section(section=taken_out, by=alice)

    assert not [line for line in without if title in line]
    assert told(report) == before


def test_a_chapter_takes_its_sub_sections_with_it_but_not_those_taken_out_before(report, alice):
    actions.remove_section(section=section("Strategy"), by=alice)
    actions.remove_section(section=section("Neglect"), by=alice)
    assert told(report) == ["Foreword", "2 Summary"]

    actions.put_back_section(section=section("Neglect"), by=alice)

    assert told(report) == ["Foreword", "1 Neglect", "  1.2 Workforce", "2 Summary"]


def test_a_sub_section_does_not_come_back_without_its_chapter(report, alice):
    actions.remove_section(section=section("Neglect"), by=alice)

    with pytest.raises(WrongState, match="Put its chapter back first"):
        actions.put_back_section(section=section("Strategy"), by=alice)


def test_a_report_is_assembled_without_what_was_taken_out(report, alice):
    make_block(section("Workforce"), body="<p>Words</p>")

    actions.remove_section(section=section("Neglect"), by=alice)

    assert [each.title for each in assemble(report).sections] == ["Foreword", "Summary"]


def test_automatic_numbers_follow_every_change_of_the_outline(report, alice):
    actions.choose_numbering(report=report, numbering=Numbering.AUTOMATIC, by=alice)
    assert told(report) == ["Foreword", "1 Neglect", "  1.1 Strategy", "  1.2 Workforce", "2 Summary"]

    actions.move_section(section=section("Summary"), is_up=True, by=alice)
    assert told(report) == ["Foreword", "1 Summary", "2 Neglect", "  2.1 Strategy", "  2.2 Workforce"]

    actions.remove_section(section=section("Strategy"), by=alice)
    assert told(report) == ["Foreword", "1 Summary", "2 Neglect", "  2.1 Workforce"]

    actions.put_back_section(section=section("Strategy"), by=alice)
    assert told(report) == ["Foreword", "1 Summary", "2 Neglect", "  2.1 Strategy", "  2.2 Workforce"]

    change(section("Workforce"), alice, parent=section("Summary"))
    assert told(report) == ["Foreword", "1 Summary", "  1.1 Workforce", "2 Neglect", "  2.1 Strategy"]

    added = actions.add_section(
        report=report, parent=section("Neglect"), number="1", title="Voice", owner=make_agency(), by=alice
    )
    assert added.number == "2.2"


def test_where_nothing_had_a_number_everything_gets_one(alice):
    report = make_report()
    chapter = make_section(report, number="", title="Neglect")
    make_section(report, number="", title="Strategy", parent=chapter)

    actions.choose_numbering(report=report, numbering=Numbering.AUTOMATIC, by=alice)

    assert told(report) == ["1 Neglect", "  1.1 Strategy"]


def test_anchors_follow_the_numbers(report, alice):
    actions.choose_numbering(report=report, numbering=Numbering.AUTOMATIC, by=alice)

    actions.move_section(section=section("Summary"), is_up=True, by=alice)

    assert [each.anchor for each in assemble(report).sections] == [
        "foreword",
        "section-1",
        "section-2",
        "section-2-1",
        "section-2-2",
    ]


def test_typed_numbers_stay_as_they_were_typed(report, alice):
    actions.move_section(section=section("Summary"), is_up=True, by=alice)

    assert section("Summary").number == "2"


def test_what_was_changed_is_written_down(report, alice):
    bob = make_bob()
    change(section("Strategy"), alice, title="Our strategy", writer=bob, due_on=date(2023, 6, 1), words_wished=600)

    event = AuditEvent.objects.get(verb="section.changed")
    assert event.detail.split("\n") == [
        "Called: 1.1 Our strategy",
        "Writer: Bob",
        "Due: 2023-06-01",
        "Words wished: 600",
    ]


def test_a_change_that_changes_nothing_is_not_written_down(report, alice):
    change(section("Strategy"), alice)

    assert AuditEvent.objects.filter(verb="section.changed").count() == 0


def test_another_title_or_writer_leaves_the_approval(alice):
    section = make_approved_section()

    change(section, alice, title="Another title", writer=make_bob())

    section.refresh_from_db()
    assert section.status == SectionStatus.APPROVED


@pytest.mark.parametrize("verb", ["move_section", "remove_section"])
def test_what_was_taken_out_cannot_be_changed(report, alice, verb):
    gone = section("Strategy")
    actions.remove_section(section=gone, by=alice)
    more = {"is_up": True} if verb == "move_section" else {}

    with pytest.raises(WrongState, match="was taken out of the report"):
        getattr(actions, verb)(section=gone, by=alice, **more)


def test_nothing_is_put_into_a_chapter_that_was_taken_out(report, alice):
    chapter = section("Neglect")
    actions.remove_section(section=chapter, by=alice)

    with pytest.raises(WrongState, match="The chapter was taken out"):
        change(section("Summary"), alice, parent=chapter)


def test_a_report_has_an_end(report, alice, monkeypatch):
    monkeypatch.setattr(outline_actions, "MOST_SECTIONS", 5)

    with pytest.raises(WrongState, match="5 sections already"):
        actions.add_section(report=report, title="One more", owner=make_agency(), by=alice)


def begin(by, *, has_standard_outline=True):
    return actions.begin_report(
        year=2023,
        title="Annual report",
        has_standard_outline=has_standard_outline,
        owner=make_agency("board"),
        by=by,
    )


def test_a_report_begins_with_the_usual_sections_and_a_chapter_for_each_priority(db):
    make_partnership()
    make_priority("NEGLECT")
    make_priority("THEME", PriorityKind.CROSS_CUTTING)

    report = begin(make_erin())

    assert told(report) == [
        "Foreword",
        "1 Introduction",
        "2 Observations from the independent chair and scrutineer",
        "3 Priority NEGLECT",
        "4 Ensuring effective multi-agency safeguarding practice",
        "  4.1 Listening to children and families",
        "  4.2 Listening to practitioners",
        "  4.3 Training",
        "  4.4 Scrutiny and assurance",
        "5 Learning from the system",
        "  5.1 Child safeguarding practice reviews",
        "  5.2 Learning from child deaths",
        "  5.3 Review of restraint",
        "6 Summary",
        "7 Appendices",
        "  7.1 Where this report answers the statutory guidance",
        "  7.2 Membership and attendance",
        "  7.3 Contributions and costs",
        "  7.4 Sources of every figure",
        "  7.5 Glossary",
    ]
    neglect = section("Priority NEGLECT")
    assert neglect.priority.code == "NEGLECT"
    assert [block.kind for block in neglect.blocks.all()] == [
        Kind.TEXT,
        Kind.MEASURES_TABLE,
        Kind.DELIVERABLES,
        Kind.DIFFERENCE,
        Kind.BARRIERS,
        Kind.FOCUS,
    ]
    assert {each.status for each in report.sections.all()} == {SectionStatus.NOT_STARTED}


def test_a_report_begins_empty_and_makes_its_year(db):
    make_partnership()

    report = begin(make_erin(), has_standard_outline=False)

    assert (report.period.code, report.period.label, told(report)) == ("2023-24", "2023/24", [])


def test_a_year_has_one_report(db):
    make_partnership()
    begin(make_erin())

    with pytest.raises(WrongState, match="There is a report of 2023/24 already"):
        begin(make_erin())

    assert AnnualReport.objects.count() == 1
