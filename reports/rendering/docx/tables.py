"""Tables: rows that are repeated as heads, cells that reach over several, and a name for those who listen."""

from collections.abc import Callable

from reports.rendering.docx.markup import xml_text
from reports.rendering.docx.words import Element

WIDTH = 9071
"""Of the text, in twips."""

Cell = Callable[[Element, str], str]
"""Gives the blocks of a cell in a paragraph style; never nothing."""


def table_xml(table: Element, *, name: str, accent: str, cell: Cell) -> str:
    """A table of HTML; `name` is said by screen readers."""
    rows = [(row, row.getparent().tag == "thead") for row in table.iter("tr")]
    columns = max((sum(_span(each, "colspan") for each in row) for row, _ in rows), default=1)
    reaching: dict[int, int] = {}
    written = "".join(_row(row, is_head, columns, reaching, accent, cell) for row, is_head in rows)
    grid = "".join(f'<w:gridCol w:w="{WIDTH // columns}"/>' for _ in range(columns))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val="{xml_text(name)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{written}</w:tbl>"
    )


def _row(row: Element, is_head: bool, columns: int, reaching: dict[int, int], accent: str, cell: Cell) -> str:
    """A row; `reaching` says for each column how many more rows a cell above reaches down."""
    waiting = [each for each in row if each.tag in ("th", "td")]
    is_total = "data-table-total" in row.get("class", "")
    cells, at = "", 0
    while at < columns:
        if reaching.get(at):
            reaching[at] -= 1
            cells, at = cells + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>", at + 1
        elif not waiting:
            cells, at = cells + "<w:tc><w:p/></w:tc>", at + 1
        else:
            element = waiting.pop(0)
            width, height = min(_span(element, "colspan"), columns - at), _span(element, "rowspan")
            reaching |= dict.fromkeys(range(at, at + width), height - 1)
            style = "ColumnHead" if is_head else "RowHead" if element.tag == "th" or is_total else "CellText"
            cells += f"<w:tc>{_properties(width, height, accent if is_head else '')}{cell(element, style)}</w:tc>"
            at += width
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _properties(width: int, height: int, fill: str) -> str:
    across = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
    down = '<w:vMerge w:val="restart"/>' if height > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tcPr>{across}{down}{shade}</w:tcPr>"


def _span(cell: Element, name: str) -> int:
    number = cell.get(name, "1")
    return max(int(number), 1) if number.isdecimal() else 1
