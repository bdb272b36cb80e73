"""One section, read without the rest of the report."""

import pytest
from django.core.management import call_command

from reports.assemble import assemble, assemble_section
from reports.models import AnnualReport
from reports.tests.test_assemble import make_full_report

QUERIES = 17


def sections(report):
    return list(report.sections.select_related("report__period").order_by("pk"))


def test_every_section_of_the_demo_is_as_in_the_whole(db):
    call_command("load_demo", verbosity=0)
    report = AnnualReport.objects.select_related("period").get()
    whole = assemble(report)
    alone = {section.pk: assemble_section(section) for section in sections(report)}

    assert [alone[section.id].sections for section in whole.sections] == [(section,) for section in whole.sections]
    for section in whole.sections:
        document = alone[section.id]
        assert set(document.figures) <= set(whole.figures)
        assert document.problems == tuple(each for each in whole.problems if each.section_id == section.id)
    assert {figure for document in alone.values() for figure in document.figures} == set(whole.figures)
    assert {image for document in alone.values() for image in document.images} == set(whole.images)


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_is_the_same_for_every_size(db, django_assert_num_queries, count):
    make_full_report(count)
    section = sections(AnnualReport.objects.get())[0]

    with django_assert_num_queries(QUERIES):
        assemble_section(section)
