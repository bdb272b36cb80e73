import pytest

from partnership.tests.factories import make_period
from priorities.tests.factories import make_measure, make_value
from reports.choices import Kind
from reports.content import MeasureContent
from reports.references import all_targets, targets_named
from reports.richtext import Reference
from reports.tests.factories import make_block, make_report, make_section


def make_chart(section, code="MACE_CHILDREN"):
    measure = make_measure(code, name="Children discussed")
    make_value(measure, 610)
    return make_block(section, Kind.CHART, measures=(MeasureContent(measure.pk, make_period().pk),))


def test_sections_charts_and_tables_can_be_named_in_the_order_of_the_report(db):
    report = make_report()
    foreword = make_section(report, number="", title="Foreword")
    section = make_section(report, number="3.2", title="Neglect")
    make_block(section, Kind.TEXT, body="<p>Words</p>")
    chart = make_chart(section)
    table = make_block(section, Kind.MEASURES_TABLE, heading="Figures")

    assert [(target.ref, target.anchor, target.words, target.title) for target in all_targets(report)] == [
        (f"section:{foreword.pk}", "foreword", "the section “Foreword”", "Foreword"),
        (f"section:{section.pk}", "section-3-2", "section 3.2", "3.2 Neglect"),
        (
            f"block:{chart.pk}",
            f"block-{chart.pk}",
            "the chart “Children discussed” in section 3.2",
            "Chart: Children discussed",
        ),
        (f"block:{table.pk}", f"block-{table.pk}", "the table “Figures” in section 3.2", "Table: Figures"),
    ]


def test_only_what_stands_in_this_report_is_found(db):
    report = make_report()
    section = make_section(report)
    text = make_block(section, Kind.TEXT, body="<p>Words</p>")
    elsewhere = make_section(make_report("2021-22"))
    asked = [
        Reference("section", section.pk),
        Reference("section", elsewhere.pk),
        Reference("section", 10**9),
        Reference("block", text.pk),
    ]

    assert list(targets_named(report, asked)) == [f"section:{section.pk}"]


@pytest.mark.parametrize("sections", [1, 3])
def test_the_list_is_read_in_as_many_queries_for_one_as_for_three(db, django_assert_num_queries, sections):
    report = make_report()
    for number in range(sections):
        make_chart(make_section(report, number=str(number + 1)), f"MEASURE_{number}")

    with django_assert_num_queries(3):
        assert len(all_targets(report)) == 2 * sections
