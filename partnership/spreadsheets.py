"""Tables as files people keep: CSV and XLSX, read as texts and written without formulas. Pure functions.

What is read is hostile until shown otherwise: it may be another kind of file, endless, or a small archive that unpacks
to gigabytes. Every refusal is an `UnreadableFile` that tells a person what to do.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.read_only import EMPTY_CELL

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_CHARACTERS = 40 * 1024 * 1024
"""In all cells: a workbook can name one long text from every cell and still be small."""
MOST_PARTS = 500
MOST_ROWS = 100_000
MOST_COLUMNS = 300

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Cell = str | int | Decimal | date | None


class UnreadableFile(Exception):
    """The file cannot be read as a table; the text tells the person why and what to do."""


@dataclass(frozen=True)
class Row:
    """One line with the text of its cells; `line` is its number in the file, as a spreadsheet counts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The lines of a file that are not empty, the first of them with the names of the columns."""

    rows: tuple[Row, ...]
    may_have_decimal_commas: bool = False
    """Whether it comes from a spreadsheet that may write 1,5 for one and a half."""


Seen = Callable[[int], None]
"""Is told now and then how many lines are read. What it raises ends the reading."""

SEEN_EVERY = 500


def read_table(
    content: bytes,
    *,
    name: str,
    largest: int = LARGEST_FILE,
    may_have_merged_cells: bool = True,
    seen: Seen | None = None,
) -> Table:
    """The table in a CSV or XLSX file of this name and of at most `largest` bytes; raises `UnreadableFile`.

    Of merged cells the first holds the text and the others are empty: a table that asks for every cell refuses them.
    """
    require_kind(content, name=name, largest=largest)
    if content.startswith(ARCHIVE):
        table = Table(_within_limits(_xlsx_rows(content, may_have_merged_cells), seen))
    else:
        table = _read_csv(content, seen)
    if len(table.rows) < 2:
        raise UnreadableFile("This file has no lines below the names of its columns.")
    return table


ARCHIVE = b"PK\x03\x04"
"""How an XLSX file begins."""


def require_kind(content: bytes, *, name: str, largest: int = LARGEST_FILE) -> None:
    """Raises `UnreadableFile` for what is seen at a glance to be too large, empty, or not what it is called."""
    if len(content) > largest:
        size = largest // (1024 * 1024)
        raise UnreadableFile(f"This file is larger than {size} MB. Take out what is not needed, or split it.")
    ending = name.rpartition(".")[2].lower()
    is_archive = content.startswith(ARCHIVE)
    if ending not in CONTENT_TYPES:
        raise UnreadableFile("Choose a file whose name ends in .csv or .xlsx. Excel can save as either.")
    if not content.strip():
        raise UnreadableFile("This file is empty.")
    if ending == "xlsx" and not is_archive:
        raise UnreadableFile("This file is called .xlsx but it is not an Excel workbook. Save it as .xlsx in Excel.")
    if ending == "csv" and (is_archive or b"\x00" in content or content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0"))):
        raise UnreadableFile("This file is called .csv but it does not hold text. Save it as “CSV UTF-8” in Excel.")


def _read_csv(content: bytes, seen: Seen | None) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(
            f"Line {line} has a character that cannot be read. "
            "In Excel, choose “Save as” and then “CSV UTF-8”, or save it as .xlsx."
        ) from error
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = _within_limits(_csv_rows(reader), seen)
    except csv.Error as error:
        raise UnreadableFile(
            f"The lines from {reader.line_num} on cannot be told apart. Look there for a quotation mark without a pair."
        ) from error
    return Table(rows, may_have_decimal_commas=delimiter == ";")


def _csv_rows(reader: Any) -> Iterator[Row]:
    line = 1
    for cells in reader:
        yield Row(line, tuple(cells))
        line = reader.line_num + 1


def _xlsx_rows(content: bytes, may_have_merged_cells: bool) -> Iterator[Row]:
    """The lines of a workbook's first sheet. What ends their reading from outside is never taken for a fault of it."""
    try:
        _refuse_bombs(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        if not may_have_merged_cells:
            _refuse_merged_cells(content, sheet._worksheet_path)
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        for line, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
            yield Row(line, _texts(cells))
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl answers a broken workbook with whatever breaks first
        raise UnreadableFile("This workbook is damaged or locked. Open it in Excel and save it again.") from error


def _refuse_bombs(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        # Python reads no more of a part than the archive says that it holds.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise UnreadableFile("This workbook holds too much. Copy the lines that are needed into a new one.")
        if "xl/workbook.xml" not in archive.namelist():
            raise UnreadableFile(
                "This file is called .xlsx but it is not an Excel workbook. Save it as .xlsx in Excel."
            )


MERGED_CELL = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z0-9:]+)"')


def _refuse_merged_cells(content: bytes, sheet: str) -> None:
    """What openpyxl leaves out when it reads line by line: the list of merged cells below the lines."""
    merged: dict[str, None] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet) as part:
        tail = b""
        while chunk := part.read(1024 * 1024):
            text = tail + chunk
            merged |= dict.fromkeys(found.decode() for found in MERGED_CELL.findall(text))
            tail = text[-200:]  # one may stand across two chunks
    if merged:
        some = ", ".join(list(merged)[:5]) + (" and more" if len(merged) > 5 else "")
        raise UnreadableFile(
            f"This sheet has merged cells: {some}. In Excel, choose “Unmerge cells” and fill every line, then save it."
        )


def _within_limits(rows: Iterable[Row], seen: Seen | None) -> tuple[Row, ...]:
    """The rows that hold something, without the empty cells at their ends."""
    kept, characters = [], 0
    for count, row in enumerate(rows):
        if seen and count % SEEN_EVERY == 0:
            seen(count)
        if count > MOST_ROWS:
            raise UnreadableFile(f"This file has more than {MOST_ROWS:,} lines. Split it.")
        characters += sum(map(len, row.cells))
        if characters > MOST_CHARACTERS:
            raise UnreadableFile("This file holds too much text. Copy the lines that are needed into a new one.")
        cells = [cell.strip() for cell in row.cells]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile(f"Line {row.line} has more than {MOST_COLUMNS} columns.")
        if cells:
            kept.append(Row(row.line, tuple(cells)))
    return tuple(kept)


def _texts(cells: Sequence[Any]) -> tuple[str, ...]:
    width = len(cells)
    while width and cells[width - 1] is EMPTY_CELL:  # most of what openpyxl fills a row up with
        width -= 1
    return tuple(_text(cell.value, cell.number_format if cell.value is not None else "") for cell in cells[:width])


def _text(value: object, number_format: str) -> str:
    """What the same cell would hold in a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime() | date():
            return f"{value:%Y-%m-%d}"
        case int() | float():
            number = Decimal(f"{value:.15g}")  # as many digits as a spreadsheet keeps
            if number_format.rstrip().endswith("%"):
                return f"{_plain(number * 100)}%"
            return _plain(number)
    return str(value)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The wide ones are what a Japanese or Chinese spreadsheet takes for the narrow ones."""


def neutralised(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def write_table(kind: str, *, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as a file of this kind, "csv" or "xlsx"; numbers stay numbers, and no text becomes a formula."""
    return {"csv": _write_csv, "xlsx": _write_xlsx}[kind](title, [headings, *rows])


def _write_csv(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([neutralised(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return file.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def _write_xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(re.sub(r"[][*?:/\\]", "-", title)[:31])
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_written(sheet, cell) for cell in row])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _written(sheet: Any, cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    written = WriteOnlyCell(sheet, "".join(each for each in neutralised(cell) if each >= " " or each in "\t\n\r"))
    written.data_type = "s"
    return written
