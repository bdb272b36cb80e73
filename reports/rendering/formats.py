"""The files that are made of a Document: each kind by one way, with what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.choices import Format, Stage
from reports.document import Document
from reports.rendering.checking import render_checked
from reports.rendering.data import figures_csv, summary_json
from reports.rendering.faults import Fault
from reports.rendering.pdf import OnStage
from reports.rendering.word import report_docx

CONTENT_TYPES: Mapping[str, str] = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}
"""Said by us: what a system thinks of a name differs from machine to machine."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file with what is wrong with it; only a PDF is checked, and only a PDF has pages."""

    content: bytes
    faults: tuple[Fault, ...] = ()
    pages: int | None = None


def make(format: str, document: Document, *, on_stage: OnStage = lambda stage: None) -> Made:
    """The Document as a file. PDF and Word, which may grow, are made in processes with limits.

    `on_stage` is called with the words of a `Stage` at each step. Raises `RenderingFailed`.
    """
    match Format(format):
        case Format.PDF:
            checked = render_checked(document, on_stage=on_stage)
            return Made(content=checked.pdf, faults=checked.faults, pages=checked.pages)
        case Format.DOCX:
            return Made(content=report_docx(document, on_stage=on_stage))
        case Format.CSV:
            on_stage(Stage.MAKING.label)
            return Made(content=figures_csv(document))
        case Format.JSON:
            on_stage(Stage.MAKING.label)
            return Made(content=summary_json(document))
