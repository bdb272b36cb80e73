"""What in a report may have kept a file from being made, each with its place, for the page of a job that failed."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage

from reports.document import Block, Document, RecordsBlock
from reports.rendering.faults import Fault, Place
from reports.rendering.pictures import PLACE

LONG = 1_000
"""Rows of a table that nobody reads to its end."""
ROW = re.compile(r"<tr\b")


def suspects(document: Document) -> tuple[Fault, ...]:
    """Very long tables, and pictures whose files are gone."""
    gone = {image.id for image in document.images if not default_storage.exists(image.file)}
    return tuple(
        Fault(
            message=message,
            place=Place(words=f"section {section.number or section.title}", anchor=section.anchor, block=block.id),
            is_content=True,
            is_conforming=True,
        )
        for section in document.sections
        for block in section.blocks
        for message in _said_of(block, gone)
    )


def _said_of(block: Block, gone: set[int]) -> Iterator[str]:
    html = getattr(block, "html", "")
    rows = max((len(table.rows) for table in block.tables), default=0) if isinstance(block, RecordsBlock) else 0
    rows = max(rows, len(ROW.findall(html)))
    if rows > LONG:
        yield f"Table of {rows:,} rows"
    if gone & {int(key) for key in PLACE.findall(html)}:
        yield "Picture whose file is missing"
