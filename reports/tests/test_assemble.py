from datetime import date
from decimal import Decimal

import pytest

from partnership.tests.factories import (
    make_agency,
    make_area,
    make_contribution,
    make_cost,
    make_erin,
    make_group,
    make_meeting,
    make_period,
)
from priorities.choices import DisclosureRule, Unit, ValueCode
from priorities.models import MeasureValue
from priorities.tests.factories import make_measure, make_value
from reports.assemble import assemble
from reports.choices import Kind
from reports.content import ItemContent, MeasureContent, QuotationContent
from reports.document import ChartBlock, content_hash, from_json, to_json
from reports.tests.factories import make_block, make_report, make_section
from reviews import actions as reviews
from reviews.choices import (
    AssessmentStatus,
    FeedbackMethod,
    FeedbackSource,
    RecommendationSource,
    RecommendationStatus,
)
from reviews.tests.audit_factories import make_assessment, make_audit, make_case_audit
from reviews.tests.factories import make_recommendation, make_review
from training import actions as training_actions
from training.choices import CourseKind, CourseMode, OrganisationType

TOKEN = '<span data-figure="{}" data-period="2022-23" data-show="{}"></span>'


OF_RECORDS = (
    Kind.PRACTICE_REVIEWS,
    Kind.INSPECTIONS,
    Kind.CHILD_DEATHS,
    Kind.RESTRAINT,
    Kind.AUDIT_RESULTS,
    Kind.THEMES,
    Kind.VOICE,
    Kind.MEMBERSHIP,
    Kind.CONTRIBUTIONS,
)

QUERIES = 29
QUERIES_OF_RECORDS = 37
"""What the blocks of records read besides, in however many sections they stand."""


def figure(code, show="value"):
    return TOKEN.format(code, show)


def make_full_report(sections):
    """A report in which every section has a paragraph with a figure and a note, a list, a table and a chart."""
    report = make_report()
    measure = make_measure("MACE_CHILDREN")
    make_value(measure, 508, period=make_period("2021-22"))
    make_value(measure, 610)
    row = MeasureContent(measure.pk, make_period().pk)
    erin = make_erin()
    for number in range(sections):
        section = make_section(report, number=str(number + 1), by=erin)
        body = f"<p>{figure('MACE_CHILDREN')} children<span data-note='A note.'></span></p>"
        make_block(section, Kind.TEXT, body=body, by=erin)
        make_block(section, Kind.BARRIERS, items=(ItemContent("Vacant posts"),), by=erin)
        make_block(section, Kind.QUOTES, quotations=(QuotationContent("It helped.", "A parent"),), by=erin)
        make_block(section, Kind.MEASURES_TABLE, measures=(row,), by=erin)
        make_block(section, Kind.CHART, measures=(row,), by=erin)
    return report


def make_records(count):
    """So many of everything that the blocks of records show, and a round of audits."""
    erin, period = make_erin(), make_period()
    make_assessment(AssessmentStatus.SIGNED_OFF, audit_round=make_audit(by=erin), by=erin)
    for number in range(count):
        review = make_review(f"LR-{number}", themes=["Neglect"], by=erin)
        day = date(2022, 5, number + 1)
        make_meeting(make_group(f"GROUP-{number}"), day)
        make_contribution(agency=f"giver-{number}")
        make_cost(words=f"Post {number}")
        made = {"agency": make_agency(), "themes": ["Neglect"], "by": erin}
        inspection = reviews.record_inspection(body="Ofsted", subject=f"Visit {number}", started_on=day, **made)
        source = {"source": RecommendationSource.INSPECTION, "inspection": inspection}
        make_recommendation(RecommendationStatus.EMBEDDED, **source, themes=review.themes.all(), by=erin)
        make_case_audit(f"Topic {number}", by=erin)
        reviews.record_child_deaths(
            period=period, area=make_area(f"area-{number}"), notified=20, themes=["Smoking"], by=erin
        )
        scrutiny = reviews.record_restraint(
            period=period,
            establishment=make_agency(f"prison-{number}"),
            incidents=20,
            types=[("Pain", 20)],
            training_measure=make_measure(f"TRAINED_{number}"),
            by=erin,
        )
        reviews.ask_restraint(scrutiny=scrutiny, text="Why?", asked_on=day, by=erin)
        feedback = reviews.record_feedback(
            source=FeedbackSource.CHILDREN,
            method=FeedbackMethod.GROUP,
            title=f"Voice {number}",
            period=period,
            agency=make_agency(),
            summary="Listen.",
            by=erin,
        )
        reviews.add_quote(feedback=feedback, words="Listen.", by=erin)
        feedback.refresh_from_db()
        confirmed = {"consent_by": "Lead", "anonymity_by": "Officer", "by": erin}
        reviews.confirm_feedback(feedback=feedback, version=feedback.version, **confirmed)


@pytest.mark.parametrize("sections", [5, 20])
def test_number_of_queries_is_the_same_for_every_size(db, django_assert_num_queries, sections):
    report = make_full_report(sections)

    with django_assert_num_queries(QUERIES):
        document = assemble(report)

    assert len(document.sections) == sections


@pytest.mark.parametrize("sections", [5, 20])
def test_blocks_of_records_read_them_once(db, django_assert_num_queries, sections):
    report = make_report()
    make_records(count=1 if sections == 5 else 3)
    erin = make_erin()
    for number in range(sections):
        section = make_section(report, number=str(number + 1), by=erin)
        for kind in OF_RECORDS:
            make_block(section, kind, by=erin)

    with django_assert_num_queries(QUERIES + QUERIES_OF_RECORDS):
        document = assemble(report)

    assert {len(section.blocks) for section in document.sections} == {len(OF_RECORDS)}


def test_prose_table_and_chart_show_the_same_value(db):
    document = assemble(make_full_report(1))

    text, _, _, table, chart = document.sections[0].blocks
    assert text.html == (
        '<p><span class="figure" data-figure="MACE_CHILDREN">610</span> children'
        '<sup class="note-ref"><a id="section-1-note-1-ref" href="#section-1-note-1" role="doc-noteref"'
        ' aria-label="Note 1">1</a></sup></p>'
    )
    assert (table.rows[0].value, table.rows[0].change) == ("610", "Rise of 20%")
    assert chart.series[0].values == (610.0,)
    assert [(each.code, each.text) for each in document.figures] == [("MACE_CHILDREN", "610")]


def test_notes_are_numbered_within_their_section(db):
    report = make_report()
    for number in ("1", "2"):
        section = make_section(report, number=number)
        body = f"<p>One<span data-note='First of {number}'></span> two<span data-note='Second'></span></p>"
        make_block(section, body=body)

    document = assemble(report)

    assert [[(note.number, note.html) for note in section.notes] for section in document.sections] == [
        [(1, "First of 1"), (2, "Second")],
        [(1, "First of 2"), (2, "Second")],
    ]


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (figure("NO_SUCH_MEASURE"), "There is no value of NO_SUCH_MEASURE for 2022/23."),
        (figure("MACE_CHILDREN", "share"), "There is no share of Mace children for 2022/23."),
        (figure("MACE_CHILDREN", "nonsense"), "There is no nonsense of Mace children for 2022/23."),
    ],
)
def test_unknown_figure_shows_as_no_figure_and_is_named(db, token, message):
    make_value(make_measure("MACE_CHILDREN"), 610)
    block = make_block(body=f"<p>We saw {token} children.</p>")

    document = assemble(block.section.report)

    assert document.sections[0].blocks[0].html == (
        '<p>We saw <span class="figure figure--missing">[no figure]</span> children.</p>'
    )
    assert [(problem.block_id, problem.message) for problem in document.problems] == [(block.pk, message)]


def test_measure_without_a_value_is_named_in_table_and_chart(db):
    row = MeasureContent(make_measure("MACE_CHILDREN").pk, make_period().pk)
    section = make_section()
    make_block(section, Kind.MEASURES_TABLE, measures=(row,))
    make_block(section, Kind.CHART, measures=(row,))

    document = assemble(section.report)

    table, chart = document.sections[0].blocks
    assert table.rows[0].value == "[no figure]"
    assert chart.series[0].values == (None,)
    assert [problem.message for problem in document.problems] == [
        "There is no value of Mace children for 2022/23.",
        "There is no value of Mace children for 2022/23.",
    ]


def test_small_count_leaves_in_no_form(db):
    measure = make_measure("SMALL_COUNT")
    make_value(measure, 6, period=make_period("2021-22"))
    make_value(measure, 4)
    row = MeasureContent(measure.pk, make_period().pk)
    section = make_section()
    make_block(section, body=f"<p>{figure('SMALL_COUNT')} {figure('SMALL_COUNT', 'change')}</p>")
    make_block(section, Kind.MEASURES_TABLE, measures=(row,))
    make_block(section, Kind.CHART, measures=(row,))

    document = assemble(section.report)

    text, table, chart = document.sections[0].blocks
    assert text.html == (
        '<p><span class="figure" data-figure="SMALL_COUNT">hidden to protect people</span>'
        ' <span class="figure figure--missing">[no figure]</span></p>'
    )
    assert (table.rows[0].value, table.rows[0].change) == ("hidden to protect people", "")
    assert (chart.series[0].values, chart.series[0].texts) == ((None,), ("hidden to protect people",))


@pytest.mark.parametrize("code", ValueCode)
def test_code_is_a_word_in_table_and_chart_and_never_a_number(db, code):
    measure = make_measure("CODED")
    make_value(measure, 40, period=make_period("2021-22"))
    make_value(measure, 45)
    MeasureValue.objects.filter(number=45).update(number=None, code=code)
    row = MeasureContent(measure.pk, make_period().pk)
    section = make_section()
    make_block(section, Kind.MEASURES_TABLE, measures=(row,))
    make_block(section, Kind.CHART, measures=(row,))

    table, chart = assemble(section.report).sections[0].blocks

    assert (table.rows[0].value, table.rows[0].change) == (code.label, "")
    assert (chart.series[0].values, chart.series[0].texts) == ((None,), (code.label,))


def test_share_of_few_leaves_in_no_form(db):
    """77 of 80 leaves three out."""
    measure = make_measure("SHARE", unit=Unit.PERCENT)
    make_value(measure, 96)
    MeasureValue.objects.update(numerator=77, denominator=80)
    row = MeasureContent(measure.pk, make_period().pk)
    section = make_section()
    make_block(section, body=f"<p>{figure('SHARE')}</p>")
    make_block(section, Kind.MEASURES_TABLE, measures=(row,))
    make_block(section, Kind.CHART, measures=(row,))

    text, table, chart = assemble(section.report).sections[0].blocks

    hidden = "hidden to protect people"
    assert text.html == f'<p><span class="figure" data-figure="SHARE">{hidden}</span></p>'
    assert table.rows[0].value == hidden
    assert (chart.series[0].values, chart.series[0].texts) == ((None,), (hidden,))


def test_chart_of_different_units_is_a_problem(db):
    children, money = make_measure("CHILDREN"), make_measure("MONEY", unit=Unit.POUNDS, rule=DisclosureRule.NOT_PEOPLE)
    rows = tuple(MeasureContent(measure.pk, make_period().pk) for measure in (children, money))
    for measure in (children, money):
        make_value(measure, 100)
    block = make_block(kind=Kind.CHART, measures=rows)

    document = assemble(block.section.report)

    assert [problem.message for problem in document.problems] == [
        "The chart's measures have different units, so its bars cannot be compared."
    ]


def test_training_block_hides_small_counts_so_that_nobody_can_subtract(db):
    course = training_actions.add_course(
        code="C", title="Course", mode=CourseMode.VIRTUAL, kind=CourseKind.THEMATIC, by=make_erin()
    )
    training_actions.record_session(
        course=course,
        held_on=make_period().starts_on,
        capacity=None,
        attended={OrganisationType.SCHOOLS: 90, OrganisationType.HEALTH: 20, OrganisationType.POLICE: 3},
        caveat="Illustrative split.",
        by=make_erin(),
    )
    block = make_block(kind=Kind.TRAINING_ATTENDANCE)

    chart = assemble(block.section.report).sections[0].blocks[0]

    assert isinstance(chart, ChartBlock)
    assert chart.categories == ("Schools and colleges", "Health", "Police")
    assert chart.series[0].values == (90.0, None, None)
    assert (chart.total, chart.note) == ("113", "Illustrative split.")


def test_heading_levels_leave_no_gap(db):
    report = make_report()
    chapter = make_section(report, number="4")
    make_block(chapter, body="<h3>Straight below the chapter</h3>")
    sub_section = make_section(report, number="4.1", parent=chapter)
    make_block(sub_section, heading="Own heading", body="<h3>Below it</h3><h4>And below that</h4>")

    chapter_read, sub_section_read = assemble(report).sections

    assert (chapter_read.level, sub_section_read.level) == (1, 2)
    assert chapter_read.blocks[0].html == "<h3>Straight below the chapter</h3>"
    assert sub_section_read.blocks[0].heading_level == 4
    assert sub_section_read.blocks[0].html == "<h5>Below it</h5><h6>And below that</h6>"


def test_document_survives_its_json_and_keeps_its_hash(db):
    document = assemble(make_full_report(2))

    again = from_json(to_json(document))

    assert again == document
    assert content_hash(again) == content_hash(document)


def test_changed_value_changes_the_hash(db):
    report = make_full_report(1)
    before = content_hash(assemble(report))

    make_value(report.sections.get().blocks.get(kind=Kind.CHART).measures.get().measure, Decimal(611))

    assert content_hash(assemble(report)) != before


def test_a_problem_names_the_measure_and_period_whose_value_can_be_entered(db):
    make_measure("MACE_CHILDREN")
    counted = make_measure("COUNTED", calculation="reviews.referred")
    block = make_block(body=f"<p>{figure('MACE_CHILDREN')} {figure('NOWHERE')} {figure(counted.code)}</p>")

    problems = assemble(block.section.report).problems

    assert [(problem.measure, problem.period) for problem in problems][:2] == [("MACE_CHILDREN", "2022-23"), ("", "")]
    assert {problem.measure for problem in problems} == {"MACE_CHILDREN", ""}
