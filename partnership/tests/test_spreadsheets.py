import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from partnership import spreadsheets
from partnership.spreadsheets import CONTENT_TYPES, Row, UnreadableFile, neutralised, read_table, write_table


def workbook(*rows, number_formats=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in number_formats:
        book.active[place].number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refusal(content, name="figures.csv"):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, name=name)
    return str(refused.value)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_as_spreadsheets_write_it(mark, delimiter, end):
    lines = [["measure", "value"], ["“A” £", "12"], ["", ""], ["B", ""], [f'"C{delimiter} D"', "x"]]
    content = mark + end.join(delimiter.join(line) for line in lines).encode()

    table = read_table(content, name="Figures.CSV")

    assert table.rows == (
        Row(1, ("measure", "value")),
        Row(2, ("“A” £", "12")),
        Row(4, ("B",)),
        Row(5, (f"C{delimiter} D", "x")),
    )
    assert table.may_have_decimal_commas == (delimiter == ";")


def test_line_is_where_its_first_cell_begins():
    table = read_table(b'a,b\n"two\nlines",1\nc,2\n', name="x.csv")

    assert [row.line for row in table.rows] == [1, 2, 4]


def test_workbook_says_the_same_as_csv():
    rows = (
        ["measure", "value", "as at", "share"],
        ["A", 1234, date(2023, 3, 31), 0.12],
        ["B", 0.1 + 0.2, datetime(2023, 3, 31), 0.075],
        [None],
        ["C", "x", "31/03/2023", None],
        ["D", 2022.0, None, None],
    )

    table = read_table(workbook(*rows, number_formats=[("D2", "0%"), ("D3", "0.0%")]), name="x.xlsx")

    assert table.rows == (
        Row(1, ("measure", "value", "as at", "share")),
        Row(2, ("A", "1234", "2023-03-31", "12%")),
        Row(3, ("B", "0.3", "2023-03-31", "7.5%")),
        Row(5, ("C", "x", "31/03/2023")),
        Row(6, ("D", "2022")),
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "x.csv", "This file is empty."),
        (b" \n", "x.csv", "This file is empty."),
        (b"measure,value\n", "x.csv", "This file has no lines below the names of its columns."),
        (b"a\n1", "x.xls", "Choose a file whose name ends in .csv or .xlsx."),
        (b"a,b\n1,2", "x.xlsx", "This file is called .xlsx but it is not an Excel workbook."),
        (b"\xd0\xcf\x11\xe0old", "x.xlsx", "This file is called .xlsx but it is not an Excel workbook."),
        (b"%PDF-1.7\n1", "x.csv", "This file is called .csv but it does not hold text."),
        (b"a\x00b\n1", "x.csv", "This file is called .csv but it does not hold text."),
        ("a,b\n1,2".encode("utf-16"), "x.csv", "This file is called .csv but it does not hold text."),
        ("a,b\n1,2\n£,3".encode("cp1252"), "x.csv", "Line 3 has a character that cannot be read."),
        (b'a,b\n1,"' + b"x" * 140_000, "x.csv", "The lines from"),
        (b"x" * (5 * 1024 * 1024 + 1), "x.csv", "This file is larger than 5 MB."),
        (b"PK\x03\x04 is all there is", "x.xlsx", "This workbook is damaged or locked."),
        (b"a" + b",a" * 300 + b"\n1", "x.csv", "Line 1 has more than 300 columns."),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_in_words(content, name, said):
    assert refusal(content, name).startswith(said)


def test_workbook_called_csv_is_refused():
    assert refusal(workbook(["a"], [1])).startswith("This file is called .csv but it does not hold text.")


def test_so_many_lines_and_no_more_are_read():
    most = spreadsheets.MOST_ROWS

    assert len(read_table(b"a\n" + b"1\n" * most, name="x.csv").rows) == most + 1
    assert refusal(b"a\n" + b"1\n" * (most + 1)) == "This file has more than 100,000 lines. Split it."


def test_workbook_with_a_cell_in_its_last_line_is_refused():
    book = Workbook()
    book.active["A1"], book.active["A1048576"] = "measure", 1
    file = io.BytesIO()
    book.save(file)

    assert refusal(file.getvalue(), "x.xlsx") == "This file has more than 100,000 lines. Split it."


def with_part(name, content):
    file = io.BytesIO(workbook(["a"], [1]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_archive_that_unpacks_to_gigabytes_is_refused():
    bomb = with_part("xl/media/zeros.bin", bytes(50 * 1024 * 1024))

    assert len(bomb) < 100_000
    assert refusal(bomb, "x.xlsx").startswith("This workbook holds too much.")


def test_archive_of_thousands_of_parts_is_refused():
    file = io.BytesIO(workbook(["a"], [1]))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(600):
            archive.writestr(f"part{number}", "")

    assert refusal(file.getvalue(), "x.xlsx").startswith("This workbook holds too much.")


def test_other_archive_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "Dear all")

    assert refusal(file.getvalue(), "x.xlsx").startswith("This file is called .xlsx but it is not an Excel workbook.")


def test_workbook_with_entities_that_multiply_is_refused():
    book = workbook(["a"], ["b"])
    hostile = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    source, file = zipfile.ZipFile(io.BytesIO(book)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in source.namelist():
            archive.writestr(part, hostile if part.endswith("sheet1.xml") else source.read(part))

    assert refusal(file.getvalue(), "x.xlsx").startswith("This workbook is damaged or locked.")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula(begins):
    text = f'{begins}HYPERLINK("http://example.org")'
    rows = [[text, Decimal("-5"), None, date(2023, 3, 31)]]

    csv = write_table("csv", title="T", headings=["=H", "n", "o", "d"], rows=rows).decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(write_table("xlsx", title="T", headings=["=H", "n", "o", "d"], rows=rows))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert csv.startswith("'=H,n,o,d\r\n")
    assert f"'{begins}HYPERLINK" in csv
    assert csv.endswith(",-5,,2023-03-31\r\n")
    assert cells[0] == ["'=H", "n", "o", "d"]
    assert cells[1][0].startswith("'")
    assert cells[1][1:] == [-5, None, datetime(2023, 3, 31)]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "d"}


def test_ordinary_text_is_left_alone():
    assert [neutralised(text) for text in ("", "A = B", "5-6")] == ["", "A = B", "5-6"]


def test_characters_that_no_workbook_can_hold_are_left_out():
    sheet = load_workbook(io.BytesIO(write_table("xlsx", title="T", headings=["a\x0bb\nc"], rows=[]))).active

    assert sheet["A1"].value == "ab\nc"


def test_whoever_waits_is_told_how_many_lines_are_read():
    seen = []

    read_table(b"a\n" + b"1\n" * 1200, name="x.csv", seen=seen.append)

    assert seen == [0, 500, 1000]


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_what_ends_the_reading_from_outside_is_no_fault_of_the_file(kind):
    def end(count):
        raise LookupError(count)

    with pytest.raises(LookupError):
        read_table(write_table(kind, title="T", headings=["a"], rows=[["1"]]), name=f"x.{kind}", seen=end)


def test_a_small_workbook_that_names_one_long_text_from_every_cell_is_refused(monkeypatch):
    monkeypatch.setattr("partnership.spreadsheets.MOST_CHARACTERS", 10_000)
    content = workbook(["a"], *[[" " + "x" * 1_000]] * 11)

    with pytest.raises(UnreadableFile, match="too much text"):
        read_table(content, name="x.xlsx")
