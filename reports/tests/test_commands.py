import json

import pytest
from django.core.management import CommandError, call_command

from partnership.tests.factories import make_partnership
from reports.tests.factories import make_block


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        ("pdf", b"%PDF-"),
        ("html", b"<!DOCTYPE html>"),
        ("docx", b"PK\x03\x04"),
        ("csv", "\ufeffMeasure,Code".encode()),
        ("json", b'{"accent"'),
        ("summary", b'{\n  "format": 1'),
    ],
)
def test_render_report_writes_the_format(db, tmp_path, format, begins):
    make_block(body="<p>Words</p>")
    path = tmp_path / "report"

    call_command("render_report", "2022-23", output=path, format=format)

    assert path.read_bytes().lstrip()[: len(begins)].lower() == begins.lower()


def test_render_report_of_a_year_that_is_not_there_says_so_in_one_line(db, tmp_path, capsys):
    make_partnership()
    path = tmp_path / "report.pdf"

    with pytest.raises(SystemExit) as stopped:
        call_command("render_report", "1999-00", output=path)

    assert (stopped.value.code, capsys.readouterr().err) == (2, "There is no report for 1999-00.\n")
    assert not path.exists()


def test_render_report_to_a_folder_that_is_not_there_says_so(db, tmp_path, capsys):
    make_block(body="<p>Words</p>")

    with pytest.raises(SystemExit) as stopped:
        call_command("render_report", "2022-23", output=tmp_path / "no" / "report.json", format="json")

    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("could not be written: No such file or directory.\n")


def test_render_report_names_what_is_missing(db, tmp_path, capsys):
    make_block(body='<p><span data-figure="NOWHERE" data-period="2022-23" data-show="value"></span></p>')
    path = tmp_path / "report.json"

    call_command("render_report", "2022-23", output=path, format="json")

    assert capsys.readouterr().err == "1 Section 1: There is no value of NOWHERE for 2022/23.\n"
    assert json.loads(path.read_text())["problems"][0]["message"] == "There is no value of NOWHERE for 2022/23."


def test_demo_is_not_loaded_into_somebody_elses_partnership(db):
    make_partnership()

    with pytest.raises(CommandError, match="holds a partnership already"):
        call_command("load_demo")
