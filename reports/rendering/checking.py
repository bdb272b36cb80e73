"""The report as a PDF that went through both gates, as it may be given out; the gates stand in a confined process."""

import json
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from partnership.filetypes.refused import RefusedFile
from partnership.inspection import look_through
from reports.document import Document
from reports.rendering.failed import RenderingFailed
from reports.rendering.faults import Fault, Place
from reports.rendering.html import report_html
from reports.rendering.pdf import OnStage, limits_from_settings, typeset

NOT_CHECKED = (
    "The PDF was made but could not be checked, so it is not given out. Try again. If it fails again, send this "
    "message to those who look after the portal."
)
NAMED_BY_THE_GATES = "has no required alt description"
"""What WeasyPrint says in the address of a picture, the gates say in the words of a place."""


@dataclass(frozen=True)
class Checked:
    pdf: bytes
    faults: tuple[Fault, ...]
    pages: int


def render_checked(document: Document, *, on_stage: OnStage = lambda stage: None) -> Checked:
    """The report's PDF with what is wrong with it; whoever gives it out decides what may be.

    `on_stage` is called with a few words at each step. Raises `RenderingFailed`.
    """
    on_stage("Drawing the charts")
    html = report_html(document, for_pdf=True)
    rendering = typeset(html, limits=limits_from_settings(), on_stage=on_stage)
    on_stage("Checking the file")
    said = (
        Fault(message=f"Said while the pages were laid out: {warning}", is_conforming=True)
        for warning in rendering.warnings
        if NAMED_BY_THE_GATES not in warning
    )
    with pikepdf.open(BytesIO(rendering.pdf)) as pdf:
        pages = len(pdf.pages)
    return Checked(rendering.pdf, (*check(rendering.pdf, html), *said), pages)


def check(pdf: bytes, html: str) -> tuple[Fault, ...]:
    """What is wrong with a PDF that was made from this HTML; raises `RenderingFailed` where looking took too much."""
    source = html.encode()
    content = b"%d\n" % len(source) + source + pdf
    try:
        found = look_through("reports.rendering.confined_check", content=content, too_hard=NOT_CHECKED)
    except RefusedFile as refusal:
        raise RenderingFailed(str(refusal)) from refusal
    return tuple(Fault(**(fault | {"place": Place(**fault["place"])})) for fault in json.loads(found))
