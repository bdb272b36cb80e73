"""One section, read without the rest of the report."""

import pytest

from reports.assemble import assemble_section
from reports.models import AnnualReport
from reports.tests.test_assemble import make_full_report

QUERIES = 18


def sections(report):
    return list(report.sections.select_related("report__period").order_by("pk"))


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_is_the_same_for_every_size(db, django_assert_num_queries, count):
    make_full_report(count)
    section = sections(AnnualReport.objects.get())[0]

    with django_assert_num_queries(QUERIES):
        assemble_section(section)
