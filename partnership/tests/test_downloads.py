import csv
import io

import pytest
from django.http import Http404
from openpyxl import load_workbook

from partnership.downloads import table_response


def respond(kind, **more):
    return table_response(kind, title="Who came: 2022/23", headings=("Agency", "Places"), rows=[("Police", 12)], **more)


def test_rows_become_a_file_that_is_named_after_the_list():
    response = respond("csv")

    assert list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")))) == [
        ["Agency", "Places"],
        ["Police", "12"],
    ]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="who-came-202223.csv"'


def test_workbook_has_numbers_and_a_sheet_with_the_lists_name():
    sheet = load_workbook(io.BytesIO(respond("xlsx").content)).active

    assert sheet.title == "Who came- 2022-23"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["Agency", "Places"], ["Police", 12]]


def test_nothing_is_read_for_a_kind_of_file_that_is_not_there():
    def rows():
        raise AssertionError("This is not read.")
        yield ()

    with pytest.raises(Http404):
        table_response("pdf", title="T", headings=(), rows=rows())
