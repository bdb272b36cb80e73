"""The files that are made of a Document at once, without pages to lay out."""

from collections.abc import Callable, Mapping

from reports.choices import Format
from reports.document import Document
from reports.rendering.data import figures_csv, summary_json
from reports.rendering.docx import report_docx

WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    Format.DOCX: report_docx,
    Format.CSV: figures_csv,
    Format.JSON: summary_json,
}
CONTENT_TYPES: Mapping[str, str] = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}
"""Said by us: what a system thinks of a name differs from machine to machine."""
