import pytest

from partnership.tests.factories import make_period
from priorities.choices import Unit
from priorities.tests.factories import make_measure, make_value
from reports.assemble import assemble, assemble_section
from reports.choices import Kind
from reports.content import MeasureContent
from reports.document import Place
from reports.tests.factories import make_block, make_report, make_section, read_new

TOKEN = '<span data-figure="{}" data-period="2022-23" data-show="{}"></span>'


def token(code, show="value"):
    return TOKEN.format(code, show)


@pytest.fixture
def report(db):
    return make_report()


@pytest.fixture
def measure(db):
    measure = make_measure("MACE_CHILDREN", name="Children discussed at panels", unit=Unit.CHILDREN)
    make_value(measure, 500, period=make_period("2021-22"))
    make_value(measure, 610)
    return measure


def sources(report):
    (block,) = assemble(report).sections[-1].blocks
    return block


def make_appendix(report):
    return make_block(make_section(report, number="9", title="Sources"), Kind.SOURCES)


def test_every_figure_is_told_once_with_the_sections_that_show_it(report, measure):
    row = MeasureContent(measure.pk, make_period().pk)
    make_block(make_section(report, number="", title="Foreword"), body=f"<p>{token('MACE_CHILDREN')}</p>")
    second = make_section(report, number="4.1", title="Exploitation")
    make_block(second, body=f"<p>{token('MACE_CHILDREN', 'percent-change')}, {token('MACE_CHILDREN')}</p>")
    make_block(second, Kind.MEASURES_TABLE, measures=(row,))
    make_appendix(report)

    (source,) = sources(report).sources

    assert (source.measure, source.texts) == (
        "Children discussed at panels",
        ("610 children", "22% (change in per cent)"),
    )
    assert (source.period, source.area, source.source) == ("2022/23", "County", "A return")
    assert source.places == (
        Place(anchor="foreword", number="", title="Foreword"),
        Place(anchor="section-4-1", number="4.1", title="Exploitation"),
    )


def test_figures_stand_by_the_names_of_their_measures(report, measure):
    make_value(make_measure("DEATHS", name="a count"), 79)
    make_block(make_section(report), body=f"<p>{token('MACE_CHILDREN')} {token('DEATHS')}</p>")
    make_appendix(report)

    assert [source.measure for source in sources(report).sources] == ["a count", "Children discussed at panels"]


def test_a_hidden_number_stays_hidden(report):
    make_value(make_measure("FEW"), 3)
    make_block(make_section(report), body=f"<p>{token('FEW')}</p>")
    make_appendix(report)

    (source,) = sources(report).sources

    assert source.texts == ("hidden to protect people",)


def test_a_report_without_figures_says_so(db):
    block = read_new(Kind.SOURCES)

    assert (block.intro, block.sources) == ("This report shows no figure of a measure.", ())


def test_section_by_itself_is_as_in_the_whole(report, measure):
    make_block(make_section(report), body=f"<p>{token('MACE_CHILDREN')}</p>")
    appendix = make_appendix(report)

    alone = assemble_section(appendix.section)

    assert alone.sections == assemble(report).sections[-1:]
    assert (alone.figures, alone.problems) == ((), ())
