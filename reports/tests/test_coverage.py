import pytest

from partnership.tests.factories import make_alice
from reports import actions
from reports.assemble import assemble
from reports.choices import Kind
from reports.coverage import coverage
from reports.document import CoveredItem, WhereAnswered
from reports.tests.factories import make_block, make_item_answer, make_report, make_section

pytestmark = pytest.mark.django_db


def test_sections_stand_in_the_order_of_the_report():
    report = make_report()
    first, second = (make_section(report, number=number) for number in "12")
    below = make_section(report, number="1.1", parent=first)
    for section in (second, below, first):
        make_item_answer(section)

    (row,) = (row for row in coverage(report).rows if row.answers)

    assert [answer.section for answer in row.answers] == [first, below, second]


def test_what_is_not_answered_and_what_lacks_evidence_is_counted():
    section = make_section()
    make_item_answer(section, "M1", evidence="The chapters.")
    make_item_answer(section, "M2")
    make_item_answer(make_section(section.report, number="2"), "M1")

    found = coverage(section.report)

    assert (found.unanswered, found.without_evidence) == (6, 1)


def test_a_section_that_was_taken_out_answers_nothing_until_it_is_put_back():
    answer = make_item_answer()
    actions.remove_section(section=answer.section, by=make_alice())

    assert coverage(answer.section.report).unanswered == 8
    actions.put_back_section(section=answer.section, by=make_alice())
    assert coverage(answer.section.report).unanswered == 7


def test_a_report_without_guidance_has_no_coverage():
    report = make_report()
    report.guidance = None
    report.save()

    assert coverage(report) is None


@pytest.mark.parametrize("sections", [1, 3])
def test_it_is_read_in_three_queries(django_assert_num_queries, sections):
    report = make_report()
    for number in range(sections):
        make_item_answer(make_section(report, number=str(number)))

    with django_assert_num_queries(3):
        coverage(report)


# The block


def block_of(report):
    document = assemble(report)
    (block,) = (block for section in document.sections for block in section.blocks)
    return block, [problem.message for problem in document.problems]


def test_the_report_shows_what_is_asked_and_leads_to_what_answers_it():
    report = make_report()
    make_block(make_section(report, number="4.1", title="Early help"), Kind.STATUTORY_COVERAGE, source="A note.")
    make_item_answer(report.sections.get(), "M2", evidence="A <figure>.")

    block, problems = block_of(report)

    assert (block.intro, block.note) == (
        "Working Together 2018 says what a yearly report must contain, and what it should.",
        "A note.",
    )
    assert block.rows[1] == CoveredItem(
        code="M2",
        title="How effective it was",
        asks="How well the arrangements worked in practice.",
        duty="Must",
        answers=(WhereAnswered(anchor="section-4-1", words="4.1 Early help", evidence="A <figure>."),),
    )
    assert len(problems) == 7
    assert problems[0] == "No section answers M1 of Working Together 2018: What the partners did."


def test_an_edition_that_is_not_confirmed_says_so():
    report = make_report("2025-26")
    make_block(make_section(report), Kind.STATUTORY_COVERAGE)

    block, _ = block_of(report)

    assert block.intro == (
        "What Working Together 2026 asks of a yearly report has not been confirmed yet. This list is provisional."
    )


def test_a_report_without_guidance_says_so():
    report = make_report()
    make_block(make_section(report), Kind.STATUTORY_COVERAGE)
    report.guidance = None
    report.save()

    block, problems = block_of(report)

    assert (block.intro, block.rows, problems) == (
        "This report answers no edition of the statutory guidance.",
        (),
        [],
    )
