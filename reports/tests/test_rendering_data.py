"""The figures and the summary for other programs."""

import csv
import io
import json
from dataclasses import replace

from reports.document import content_hash
from reports.rendering.data import HEADINGS, figures_csv, summary_json
from reports.tests import sample


def table_of(document):
    return list(csv.reader(io.StringIO(figures_csv(document).decode("utf-8-sig"))))


def test_every_figure_is_a_line_with_its_period_and_source():
    assert table_of(sample.sample_document()) == [
        list(HEADINGS),
        [
            "Children discussed at exploitation panels",
            "MACE_CHILDREN",
            "Value",
            "610",
            "May 2022 to April 2023",
            "mace-2022-23",
            "Staffordshire",
            "Police return",
            "30 April 2023",
        ],
    ]


def test_a_name_that_looks_like_a_formula_does_nothing_in_a_spreadsheet():
    document = sample.sample_document()
    (figure,) = document.figures

    table = table_of(replace(document, figures=(replace(figure, name="=1+1"),)))

    assert table[1][0] == "'=1+1"


def test_summary_says_what_the_report_is_and_which_content_it_was_made_from():
    document = sample.sample_document()

    summary = json.loads(summary_json(document))

    assert {key: summary[key] for key in ("title", "partnership", "year", "status", "content_hash")} == {
        "title": "Annual report 2022/23",
        "partnership": "Staffordshire Safeguarding Children Board",
        "year": "2022-23",
        "status": "Final draft",
        "content_hash": content_hash(document),
    }
    assert [section["title"] for section in summary["sections"]] == [each.title for each in document.sections]
    assert [(each["code"], each["period"], each["text"], each["source"]) for each in summary["figures"]] == [
        ("MACE_CHILDREN", "May 2022 to April 2023", "610", "Police return")
    ]
