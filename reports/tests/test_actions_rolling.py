from datetime import date

import pytest

from partnership.actions import close_account
from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_alice, make_bob, make_charlie, make_period
from priorities.models import BusinessPlan, Priority
from priorities.tests.factories import make_measure, make_priority, make_value
from reports import actions
from reports.assemble import assemble
from reports.choices import Kind, SectionStatus, Variant, VersionAct
from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent, content_of
from reports.models import AnnualReport, Block, Section
from reports.overview import overview
from reports.queries import outline
from reports.tests.factories import make_approved_section, make_block, make_comment, make_report, make_section, write

TOKEN = '<span data-figure="MACE_CHILDREN" data-period="{}" data-show="{}"></span>'


def roll(report=None, code="2023-24"):
    return actions.roll_forward(
        report=report or AnnualReport.objects.get(period__code="2022-23"), period=make_period(code), by=make_alice()
    )


def only_block(report, kind):
    return Block.objects.get(section__report=report, kind=kind)


def test_the_outline_comes_along(db):
    report, bob = make_report(), make_bob()
    priority = make_priority()
    chapter = make_section(report, number="4", title="Practice")
    make_section(
        report,
        parent=chapter,
        number="4.1",
        title="Exploitation",
        owner=make_agency("police"),
        writer=bob,
        due_on=date(2023, 6, 30),
        words_wished=600,
        priority=priority,
    )
    make_section(report, number="", title="Foreword")

    rolled = roll()

    assert (str(rolled), rolled.rolled_from, rolled.numbering) == ("Annual report 2023/24", report, report.numbering)
    assert [(section.number, section.title, level) for section, level in told(rolled)] == [
        ("4", "Practice", 1),
        ("4.1", "Exploitation", 2),
        ("", "Foreword", 1),
    ]
    section = rolled.sections.get(number="4.1")
    assert (section.owner.code, section.writer, section.priority, section.words_wished) == (
        "police",
        bob,
        priority,
        600,
    )
    assert (section.due_on, section.carried_from.number, section.status) == (
        date(2024, 6, 30),
        "4.1",
        SectionStatus.NOT_STARTED,
    )
    assert rolled.sections.get(title="Foreword").due_on is None


def told_of(row):
    return list(map(str, row.findings))


def told(report):
    return outline(report.sections.all())


def test_a_due_date_moves_as_many_years_as_the_report(db):
    make_section(due_on=date(2023, 6, 30))

    assert roll(code="2025-26").sections.get().due_on == date(2026, 6, 30)


def test_somebody_whose_account_is_closed_is_asked_to_write_nothing(db):
    bob = make_bob()
    make_section(writer=bob)
    close_account(user=bob, by=make_alice())

    assert roll().sections.get().writer is None


def test_a_priority_is_that_of_the_new_years_plan(db):
    old, ended = make_priority("CE"), make_priority("DA")
    report = make_report()
    make_section(report, number="1", priority=old)
    make_section(report, number="2", priority=ended)
    plan = BusinessPlan.objects.create(title="Plan from 2023", starts_on=date(2023, 4, 1), ends_on=date(2026, 3, 31))
    new = Priority.objects.create(plan=plan, code="CE23", title=old.title, kind=old.kind, sponsor=old.sponsor)

    rolled = roll()

    assert [section.priority for section in rolled.sections.order_by("number")] == [new, None]


def test_texts_come_along_to_be_checked(db):
    section = make_section()
    make_block(section, heading="Why", body='<p>Words<span data-note="Its source"></span></p>')
    make_block(section, Kind.INSPECTIONS)

    rolled = roll()

    text, drawn = only_block(rolled, Kind.TEXT), only_block(rolled, Kind.INSPECTIONS)
    assert content_of(text) == BlockContent(heading="Why", body='<p>Words<span data-note="Its source"></span></p>')
    assert (text.is_carried, drawn.is_carried) == (True, False)
    [row] = overview(rolled)
    assert told_of(row) == ["1 text carried over, not checked"]


def test_what_belongs_to_its_year_stays_there(db):
    section = make_section()
    make_block(section, Kind.BARRIERS, body="<p>Two</p>", items=(ItemContent("Vacant posts"),))
    make_block(section, Kind.QUOTES, quotations=(QuotationContent("Listen"),))
    make_block(section, Kind.CASE_STUDY, body="<p>One child</p>")
    make_comment(section)

    rolled = roll().sections.get()

    assert [(block.kind, content_of(block), block.is_carried) for block in rolled.blocks.all()] == [
        (Kind.BARRIERS, BlockContent(), False)
    ]
    assert rolled.comments.count() == 0


def test_the_focus_comes_back_in_the_words_in_which_it_was_printed(db):
    make_value(make_measure("MACE_CHILDREN"), 610)
    section = make_section(number="4")
    focus = (
        ItemContent(f"<strong>Review</strong> how {TOKEN.format('2022-23', 'value')} children came"),
        ItemContent(f'As in <span data-ref="section:{section.pk}"></span>'),
    )
    make_block(section, Kind.FOCUS, items=focus)

    rolled = roll()

    promised = content_of(only_block(rolled, Kind.SAID_AND_DID)).items
    assert promised == (
        ItemContent("", said="<strong>Review</strong> how 610 children came"),
        ItemContent("", said="As in section 4"),
    )
    assert content_of(only_block(rolled, Kind.FOCUS)).items == ()
    [row] = overview(rolled)
    assert told_of(row) == ["What we said: 2 of 2 have no answer yet"]


def test_a_number_of_last_year_never_stands_in_this_years_text(db):
    measure = make_measure("MACE_CHILDREN")
    make_value(measure, 610)
    section = make_section()
    make_block(section, body=f"<p>There were {TOKEN.format('2022-23', 'value')}.</p>")
    make_block(section, Kind.MEASURES_TABLE, measures=(MeasureContent(measure.pk, make_period().pk),))

    rolled = roll()

    document = assemble(rolled)
    assert document.figures == ()
    assert [problem.message for problem in document.problems] == ["There is no value of Mace children for 2023/24."] * 2
    make_value(measure, 700, period=make_period("2023-24"))
    assert [(figure.text, figure.period) for figure in assemble(rolled).figures] == [("700", "2023/24")]


def test_references_lead_to_the_sections_and_charts_of_the_new_report(db):
    report = make_report()
    target = make_section(report, number="1")
    chart = make_block(target, Kind.CHART, heading="Panels")
    text = make_section(report, number="2")
    refs = f'<span data-ref="section:{target.pk}"></span> and <span data-ref="block:{chart.pk}"></span>'
    make_block(text, body=f"<p>See {refs}.</p>")

    rolled = roll()

    new, new_chart = rolled.sections.get(number="1"), only_block(rolled, Kind.CHART)
    assert only_block(rolled, Kind.TEXT).body == (
        f'<p>See <span data-ref="section:{new.pk}"></span> and <span data-ref="block:{new_chart.pk}"></span>.</p>'
    )
    assert assemble(rolled).problems == ()


def test_a_section_begins_with_a_version_that_can_be_brought_back(db):
    section = make_section()
    make_block(section, body="<p>Carried</p>")
    rolled = roll().sections.get()
    block = rolled.blocks.get()
    write(block, BlockContent(body="<p>New</p>"), by=make_bob())

    first = rolled.versions.get(number=1)
    actions.restore_version(version=first, by=make_alice())

    block.refresh_from_db()
    assert (first.act, block.body, block.is_carried) == (VersionAct.CARRIED, "<p>Carried</p>", False)


def test_who_is_to_sign_comes_along(db):
    report = make_section().report
    actions.add_signing_place(
        report=report, agency=make_agency("police"), post="Assistant chief constable", by=make_alice()
    )

    rolled = roll()

    assert list(rolled.signing_places.values_list("agency__code", "post", "order")) == [
        ("police", "Assistant chief constable", 0)
    ]


def test_the_report_before_stays_as_it_is(db):
    section = make_approved_section()
    before = [content_of(block) for block in section.blocks.all()]

    roll()

    section.refresh_from_db()
    assert section.status == SectionStatus.APPROVED
    assert [content_of(block) for block in section.blocks.all()] == before


def test_it_is_written_down(db):
    make_section()

    rolled = roll()

    event = AuditEvent.objects.get(verb="report.rolled-forward")
    assert (event.target_id, event.by_label, event.detail) == (
        rolled.pk,
        "Alice",
        "From the report of 2022/23, 1 sections",
    )


def test_a_year_with_a_report_is_refused_and_nothing_is_doubled(db):
    make_section()
    roll()

    with pytest.raises(WrongState, match="There is a report of 2023/24 already"):
        roll()

    assert (AnnualReport.objects.count(), Section.objects.count()) == (2, 2)


@pytest.mark.parametrize("code", ["2021-22", "2020-21"])
def test_a_report_goes_forward_only(db, code):
    make_section()

    with pytest.raises(WrongState, match="does not come after 2022/23"):
        roll(code=code)

    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("sections", [1, 3])
def test_it_takes_the_same_number_of_queries_for_every_size(db, django_assert_num_queries, sections):
    report = make_report()
    measure = make_measure("MACE_CHILDREN")
    for number in range(sections):
        section = make_section(report, number=str(number))
        make_block(section, body="<p>Words</p>")
        make_block(section, Kind.CHART, measures=(MeasureContent(measure.pk, make_period().pk),))
        make_block(section, Kind.FOCUS, items=(ItemContent(f"See {TOKEN.format('2022-23', 'value')}"),))
    period, alice = make_period("2023-24"), make_alice()

    with django_assert_num_queries(48):
        actions.roll_forward(report=report, period=period, by=alice)


def test_what_was_checked_needs_no_change(db):
    make_block(make_section(), body="<p>Words</p>")
    block = roll().sections.get().blocks.get()

    actions.check_block(block=block, by=make_charlie())
    actions.check_block(block=block, by=make_charlie())

    block.refresh_from_db()
    assert (block.is_carried, block.version, block.body) == (False, 0, "<p>Words</p>")
    assert [event.detail for event in AuditEvent.objects.filter(verb="block.checked")] == ["Text"]


def test_a_changed_text_is_checked(db):
    make_block(make_section(), body="<p>Words</p>")
    block = roll().sections.get().blocks.get()

    write(block, BlockContent(body="<p>New words</p>"), by=make_bob())

    block.refresh_from_db()
    assert block.is_carried is False


def test_what_was_taken_out_is_not_checked(db):
    make_block(make_section(), body="<p>Words</p>")
    block = roll().sections.get().blocks.get()
    actions.remove_block(block=block, by=make_bob())

    with pytest.raises(WrongState, match="was taken out in the meantime"):
        actions.check_block(block=block, by=make_alice())


def test_what_is_marked_for_the_short_version_stays_marked_and_promises_nothing_twice(db):
    section = make_section(make_report())
    make_block(section, Kind.FOCUS, items=(ItemContent("Listen more."),))
    make_block(section, Kind.FOCUS, variant=Variant.SHORT, items=(ItemContent("Listen."),))
    make_block(section, variant=Variant.CHILDRENS, heading="We listen", body="<p>We listened to you.</p>")

    rolled = roll()

    kept = [(block.kind, block.variants, block.is_carried) for block in rolled.sections.get().blocks.order_by("order")]
    assert kept == [
        (Kind.SAID_AND_DID, (Variant.REPORT,), False),
        (Kind.FOCUS, (Variant.REPORT,), False),
        (Kind.FOCUS, (Variant.SHORT,), False),
        (Kind.TEXT, (Variant.CHILDRENS,), True),
    ]
    assert [item.said for item in only_block(rolled, Kind.SAID_AND_DID).items.all()] == ["Listen more."]
