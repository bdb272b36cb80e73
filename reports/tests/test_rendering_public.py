"""The body of a published page."""

from reports.document import to_json
from reports.rendering.public import public_body
from reports.tests import sample


def test_every_table_and_chart_scrolls_in_a_frame_of_its_own_that_keys_reach():
    table = "<table><tbody><tr><td>Cell</td></tr></tbody></table>"
    document = sample.document_of(sample.text(table), sample.chart(id=2), sample.measures_table(id=3))

    body = public_body(to_json(document), "2022-23", 1)

    framed = body.count('<div class="table-frame" role="region" tabindex="0"')
    assert (body.count("<table"), framed) == (3, 3)
    assert body.count('<figure class="chart-figure" tabindex="0">') == 1
    assert f'aria-label="Table 1">{table}</div>' in body
