from decimal import Decimal

import pytest

from partnership.tests.factories import make_erin, make_period
from priorities import actions
from priorities.tests.factories import make_measure, make_value
from reports import publishing
from reports.choices import Kind
from reports.content import MeasureContent
from reports.models import Publication
from reports.queries import whole_figure_book
from reports.tests.factories import make_block, make_report, make_section
from reports.uses import files_showing, places_showing

pytestmark = pytest.mark.django_db

TOKEN = '<p><span data-figure="MACE_CHILDREN" data-period="2022-23" data-show="value"></span></p>'


def entries():
    return whole_figure_book({"MACE_CHILDREN"}).entries("MACE_CHILDREN")


def make_file(report):
    """The report's PDF, as if a worker had made it."""
    publication = publishing.ask_for_publication(report=report, by=make_erin())
    publishing.keep_file(publishing.claim(publication.pk), b"%PDF-")
    return Publication.objects.get(pk=publication.pk)


def test_each_place_is_named_once():
    measure = make_measure()
    make_value(measure, 610)
    section = make_section(priority=None)
    make_block(section, Kind.TEXT, heading="Neglect", body=TOKEN + TOKEN)
    rows = (MeasureContent(measure.pk, make_period().pk),)
    make_block(section, Kind.MEASURES_TABLE, heading="In figures", measures=rows)
    make_block(section, Kind.TEXT, body="<p>Nothing</p>")

    assert [(f"{place.section}", place.words) for place in places_showing(measure)] == [
        ("1 Section 1", "Text “Neglect”"),
        ("1 Section 1", "Table of measures “In figures”"),
    ]


@pytest.mark.parametrize("size", [1, 3])
def test_places_and_files_take_a_query_each(size, django_assert_num_queries):
    measure = make_measure()
    make_value(measure, 610)
    report = make_report()
    for number in range(size):
        section = make_section(report, number=f"{number + 1}", priority=None)
        make_block(section, Kind.TEXT, body=TOKEN)
        make_file(report)
    known = entries()

    with django_assert_num_queries(1):
        assert len([place.section.report.period for place in places_showing(measure)]) == size
    with django_assert_num_queries(1):
        assert len([file.publication.report.period for file in files_showing(measure, known)]) == size


def test_file_made_before_a_correction_shows_the_earlier_value():
    measure = make_measure()
    value = make_value(measure, 610)
    report = make_report()
    make_block(make_section(report, priority=None), Kind.TEXT, body=TOKEN)
    before = make_file(report)
    actions.correct_value(value=value, number=Decimal(600), source="A list", reason="A slip.", by=make_erin())
    after = make_file(report)

    assert [(file.publication, file.earlier) for file in files_showing(measure, entries())] == [
        (after, ()),
        (before, ("2022/23: 610, today 600",)),
    ]


def test_file_without_the_measure_is_not_named():
    measure = make_measure()
    make_value(measure, 610)
    make_file(make_report())

    assert files_showing(measure, entries()) == []
