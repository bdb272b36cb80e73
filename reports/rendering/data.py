"""The report for other programs: its figures as a table, and a summary that a machine reads."""

import json
from dataclasses import asdict

from partnership.spreadsheets import write_table
from priorities.figurebook import SHOWS
from reports.document import Document, content_hash
from reports.rendering.html import full_title

SUMMARY_FORMAT = 1
"""Raised when the summary's shape changes."""

HEADINGS = ("Measure", "Code", "What is shown", "In words", "Period", "Period code", "Area", "Source", "As at")


def figures_csv(document: Document) -> bytes:
    """Every figure that the report shows, a line for each, in order of first use and in the report's words."""
    rows = [
        [
            figure.name,
            figure.code,
            SHOWS.get(figure.show, figure.show),
            figure.text,
            figure.period,
            figure.period_code,
            figure.area,
            figure.source,
            figure.as_at,
        ]
        for figure in document.figures
    ]
    return write_table("csv", title=f"Figures of {full_title(document)}", headings=HEADINGS, rows=rows)


def summary_json(document: Document) -> bytes:
    """What the report is, its sections and its figures; the hash tells which content it was made from."""
    summary = {
        "format": SUMMARY_FORMAT,
        "content_hash": content_hash(document),
        "title": full_title(document),
        "partnership": document.partnership,
        "area": document.area,
        "year": document.year,
        "period": document.period,
        "status": document.status,
        "language": document.language,
        "sections": [
            {"number": section.number, "title": section.title, "level": section.level, "anchor": section.anchor}
            for section in document.sections
        ],
        "figures": [asdict(figure) for figure in document.figures],
    }
    return json.dumps(summary, ensure_ascii=False, indent=2).encode() + b"\n"
