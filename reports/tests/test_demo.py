"""The demo partnership: complete, consistent, and in our own words."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.test import override_settings

from partnership.actions import add_years
from partnership.demo import ACCOUNTS
from partnership.models import AuditEvent, ReportingPeriod, User
from partnership.tests.undoing import undone
from priorities.demo import figure_numbers
from priorities.models import Measure, MeasureValue
from reports import actions
from reports.assemble import assemble, assemble_section
from reports.attention import Tally, tally
from reports.choices import Kind
from reports.content import content_of
from reports.document import to_json
from reports.models import AnnualReport, Block
from reports.queries import outline, points_on_impact
from reports.rendering.pdf import render_pdf
from reports.richtext import plain_text

OUTLINE = [
    " Foreword",
    "1 Introduction",
    "2 Observations from the independent chair and scrutineer",
    "3 Neglect",
    "3.1 Our strategic approach",
    "3.2 Improved skills and knowledge in the workforce",
    "4 Quality assurance priorities",
    "4.1 Child exploitation",
    "4.2 Domestic abuse",
    "4.3 Early help",
    "5 Ensuring effective multi-agency safeguarding practice",
    "5.1 Listening to children and families",
    "5.2 Listening to practitioners",
    "5.3 Statutory partner transformation",
    "5.4 Safeguarding in education",
    "5.5 Multi-Agency Safeguarding Hub (MASH)",
    "5.6 Scrutiny and assurance",
    "6 Learning from the system",
    "6.1 Child safeguarding practice reviews",
    "6.2 Learning from child deaths",
    "6.3 Review of restraint",
    "7 Summary",
    "8 Appendices",
    "8.1 Where this report answers the statutory guidance",
    "8.2 Membership and attendance",
    "8.3 Contributions and costs",
    "8.4 Sources of every figure",
    "8.5 Glossary",
]

FIGURES = {
    1: "over 1,200", 2: "£5 million", 3: "100", 4: "18", 5: "over 1,500", 6: "around 10%", 7: "almost 65%", 8: "207",
    9: "51%", 10: "3", 11: "3", 12: "610", 13: "around 50%", 14: "around 7%", 15: "8", 16: "around 19,700",
    17: "around 6,000", 18: "around two-thirds", 19: "4", 20: "10,000", 21: "3", 22: "2 10", 23: "5%", 24: "over 1,000",
    25: "58%", 26: "over 90%", 27: "3", 28: "over 1,600", 29: "3", 30: "15", 31: "6", 32: "over 4,200",
    33: "almost 50", 34: "over 170 3", 35: "over 400", 36: "4", 37: "almost 8,000", 38: "4", 39: "6", 40: "4 3 1",
    41: "4", 42: "3", 43: "79", 44: "17", 45: "107", 46: "28", 47: "28 18", 48: "20 3 20", 49: "36", 50: "40%",
    51: "78%", 52: "3", 53: "4", 54: "5", 55: "5", 56: "9",
}  # fmt: skip
"""Each figure of the published report as the demo's report prints it; several measures, several texts."""

DERIVED = {
    ("GCP2_ASSESSMENTS", "percent-change"): "192%",
    ("MACE_CHILDREN", "percent-change"): "around 20%",
    ("DA_INCIDENTS", "percent-change"): "around 6%",
    ("DA_CHILDREN", "share"): "around 30%",
    ("CHILD_DEATHS_NOTIFIED", "percent-change"): "15%",
    ("CHILD_DEATHS_UNEXPECTED", "share"): "22%",
    ("CHILD_DEATHS_MODIFIABLE", "share"): "26%",
    ("GCP2_IMPLEMENTATION_SCORE", "comparator"): "60%",
}
"""Percentages that nobody typed."""

OF_ANOTHER_YEAR = [
    ("BUSINESS_PLAN_YEARS", "plan-2022-25"),
    ("CHILD_DEATHS_NOTIFIED", "2022-23"),
    ("DA_INCIDENTS", "2021-22"),
    ("DA_INCIDENTS", "2022-23"),
    ("DA_PLAN_PRIORITIES", "da-plan-2021-24"),
    ("GCP2_ASSESSMENTS", "2021-22"),
    ("GCP2_ASSESSMENTS", "2022-23"),
    ("HMICFRS_RECOMMENDATIONS", "autumn-2021"),
    ("MACE_CHILDREN", "may22-apr23"),
    ("QA_PRIORITIES", "plan-2022-25"),
]
"""What the demo's report shows a year later of other years: those it is held against, and plans that still run."""


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once for all tests of this file; gives the folder with its files."""
    files = tmp_path_factory.mktemp("demo-files")
    with override_settings(MEDIA_ROOT=files), django_db_blocker.unblock(), undone():
        call_command("load_demo", verbosity=0)
        yield files


@pytest.fixture
def demo(loaded, db, settings):
    """For tests that may change what is stored: each is rolled back to the demo."""
    settings.MEDIA_ROOT = loaded


@pytest.fixture(scope="module")
def assembled(loaded):
    return assemble(AnnualReport.objects.get())


@pytest.fixture
def document(demo, assembled):
    return assembled


def test_outline_is_that_of_the_report(document):
    assert [f"{section.number} {section.title}" for section in document.sections] == OUTLINE
    assert [section.level for section in document.sections] == [
        1 + ("." in section.number) for section in document.sections
    ]


def test_no_section_is_empty_and_nothing_is_unresolved(document):
    assert document.problems == ()
    assert [section.title for section in document.sections if not section.blocks] == []


def test_all_56_figures_are_shown(document):
    numbers = figure_numbers()
    shown = {(figure.code, figure.show): figure.text for figure in document.figures if figure.show == "value"}
    # A measure shown for two years has two texts; the report's own year is the later one.
    found = {number: "" for number in range(1, 57)}
    for code, figures in numbers.items():
        for number in figures:
            found[number] = f"{found[number]} {latest(document, code)}".strip()

    assert found == FIGURES
    assert {code for code, figures in numbers.items() if figures} <= {code for code, _ in shown}


def latest(document, code):
    texts = [figure for figure in document.figures if figure.code == code and figure.show == "value"]
    return max(texts, key=lambda figure: figure.period_code.replace("may22", "2022").replace("may21", "2021")).text


def test_percentages_are_computed(document):
    shown = {(figure.code, figure.show): figure.text for figure in document.figures}

    assert {key: shown.get(key) for key in DERIVED} == DERIVED


def test_split_of_training_says_that_it_is_illustrative(document):
    charts = [
        block
        for section in document.sections
        for block in section.blocks
        if getattr(block, "category_name", "") == "Organisation type"
    ]

    assert [(chart.total, chart.note.startswith("Illustrative")) for chart in charts] == [("7,964", True)]


def test_what_is_computed_is_not_stored_as_well(demo):
    assert MeasureValue.objects.exclude(measure__calculation="").count() == 0


def test_measures_without_a_number_are_kept_as_not_available(demo):
    without = [code for code, figures in figure_numbers().items() if not figures]
    missing = Measure.objects.filter(code__in=without, calculation="")

    assert missing.count() == 10
    assert {value.code for value in MeasureValue.objects.filter(measure__in=missing)} == {"x"}


def test_second_load_changes_nothing(demo):
    before = to_json(assemble(AnnualReport.objects.get()))

    call_command("load_demo", verbosity=0)

    assert to_json(assemble(AnnualReport.objects.get())) == before


def test_accounts_can_sign_in_and_everything_was_done_by_somebody(demo, client):
    assert all(client.login(email=account.email, password="safeguarding-demo") for account in ACCOUNTS)
    assert User.objects.count() == len(ACCOUNTS)
    assert AuditEvent.objects.filter(verb="update.accepted", by__email="board.officer@example.org").count() == 8


def test_no_figure_of_a_measure_is_typed_in_the_prose(document):
    """A number of four digits or more, or a percentage, stands in prose only inside a figure."""
    typed = []
    for section in (*document.sections, *document.short.sections):
        for block in section.blocks:
            for html in [getattr(block, "html", ""), getattr(block, "intro_html", ""), *getattr(block, "items", ())]:
                words = plain_text(re.sub(r'<span class="figure".*?</span>', "", html))
                words = re.sub(r"\b(19|20)\d\d(/\d\d)?\b", "", words)
                typed += [(section.number, match) for match in re.findall(r"£?\d[\d,]{3,}|\d+%", words)]

    assert typed == []


def test_every_section_of_the_demo_is_as_in_the_whole(demo):
    report = AnnualReport.objects.select_related("period").get()
    whole = assemble(report)
    alone = {section.pk: assemble_section(section) for section in report.sections.select_related("report__period")}

    assert [alone[section.id].sections for section in whole.sections] == [(section,) for section in whole.sections]
    for section in whole.sections:
        document = alone[section.id]
        assert set(document.figures) <= set(whole.figures)
        assert document.problems == tuple(each for each in whole.problems if each.section_id == section.id)
    assert {figure for document in alone.values() for figure in document.figures} == set(whole.figures)
    assert {image for document in alone.values() for image in document.images} == set(whole.images)


def test_most_of_the_demo_is_activity_and_the_report_says_so(demo):
    report = AnnualReport.objects.get()

    found = points_on_impact(report.sections.all(), assemble(report).figures)

    assert tally(found) == Tally(points=83, activity_only=68)


def test_the_demos_report_goes_forward_two_years(demo):
    add_years(until=date(2024, 4, 1))
    first = AnnualReport.objects.get()
    focus = promised(first, Kind.FOCUS)

    second = roll_forward(first, "2023-24")
    third = roll_forward(second, "2024-25")

    before, *after = (outline_of(report) for report in (first, second, third))
    assert after == [before, before]
    assert (len(promised(second, Kind.SAID_AND_DID)), promised(third, Kind.SAID_AND_DID)) == (len(focus), [])
    document = assemble(second)
    shown = {(figure.code, figure.period_code) for figure in document.figures if figure.period_code != "2023-24"}
    assert sorted(shown) == OF_ANOTHER_YEAR
    assert render_pdf(document).pdf.startswith(b"%PDF")
    assert render_pdf(assemble(third)).pdf.startswith(b"%PDF")


def roll_forward(report, code):
    period = ReportingPeriod.objects.get(code=code)
    return actions.roll_forward(report=report, period=period, by=User.objects.get(email="board.officer@example.org"))


def outline_of(report):
    return [(section.number, section.title) for section, _ in outline(report.sections.all())]


def promised(report, kind):
    blocks = Block.objects.filter(section__report=report, section__removed_at=None, kind=kind)
    return [item for block in blocks for item in content_of(block).items]
