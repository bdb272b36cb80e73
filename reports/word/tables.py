"""Word's tables: which cells are headers, and which reach over several columns or rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from reports.word.losses import Losses
from reports.word.outline import Loss
from reports.word.package import W
from reports.word.styles import is_on
from reports.word.words import name_of, text_of

FIRST_ROW = 0x0020
"""Of the bits of a table's look (ISO/IEC 29500-1, 17.4.55)."""


@dataclass
class Cell:
    element: etree._Element
    column: int
    columns: int
    rows: int = 1
    below: list[etree._Element] = field(default_factory=list)
    """The cells further down that were merged into this one."""


@dataclass
class Row:
    cells: list[Cell]
    is_header: bool


def rows_of(table: etree._Element, losses: Losses) -> list[Row]:
    """The rows of a table, without those that were deleted; its own first row is its head if it looks so."""
    elements = list(_children(table, "tr", losses))
    open_cells: dict[int, Cell] = {}
    rows = [Row(_cells(each, open_cells, losses), _is_header(each)) for each in elements]
    rows = [row for row in rows if row.cells]
    if len(rows) > 1 and not any(row.is_header for row in rows) and _has_first_row(table):
        rows[0].is_header = True
    return rows


def table_html(rows: list[Row], contents: Callable[[etree._Element], str]) -> str:
    lines = ("".join(_cell_html(cell, row.is_header, contents) for cell in row.cells) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell_html(cell: Cell, is_header: bool, contents: Callable[[etree._Element], str]) -> str:
    tag = "th" if is_header else "td"
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    inside = "".join(contents(each) for each in (cell.element, *cell.below))
    return f"<{tag}{spans}>{inside}</{tag}>"


def _cells(row: etree._Element, open_cells: dict[int, Cell], losses: Losses) -> list[Cell]:
    """The cells that begin in a row. `open_cells` are those that may reach down into it, by their column."""
    column = _number(row.find(f"{W}trPr"), "gridBefore", 0)
    cells = []
    for element in _children(row, "tc", losses):
        properties = element.find(f"{W}tcPr")
        merge = None if properties is None else properties.find(f"{W}vMerge")
        above = open_cells.get(column) if merge is not None and merge.get(f"{W}val") != "restart" else None
        if above is not None:
            above.rows += 1
            above.below.append(element)
        else:
            cell = Cell(element, column, _number(properties, "gridSpan", 1))
            cells.append(cell)
            open_cells.pop(column, None)
            if merge is not None:
                open_cells[column] = cell
        column += above.columns if above else cells[-1].columns
    return cells


def _children(element: etree._Element, name: str, losses: Losses) -> Iterator[etree._Element]:
    for child in element:
        if name_of(child) == name and child.find(f"{W}trPr/{W}del") is not None:
            losses.add(Loss.TRACKED, text_of(child))
        elif name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "customXml"):
            yield from _children(child, name, losses)


def _is_header(row: etree._Element) -> bool:
    return is_on(row.find(f"{W}trPr"), "tblHeader")


def _has_first_row(table: etree._Element) -> bool:
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    if first := look.get(f"{W}firstRow"):
        return first in ("1", "true", "on")
    value = look.get(f"{W}val", "0")
    return value.isalnum() and len(value) <= 4 and bool(_hexadecimal(value) & FIRST_ROW)


def _hexadecimal(text: str) -> int:
    return int(text, 16) if all(character in "0123456789abcdefABCDEF" for character in text) else 0


def _number(properties: etree._Element | None, name: str, otherwise: int) -> int:
    found = None if properties is None else properties.find(f"{W}{name}")
    text = "" if found is None else found.get(f"{W}val", "")
    return int(text) if text.isdecimal() and len(text) < 3 else otherwise
