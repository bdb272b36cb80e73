"""Who uses a measure: the places of the report that show it, and the files that were made with it."""

import json
from dataclasses import dataclass

from django.db.models import Q

from priorities.figurebook import Entry
from priorities.models import Measure
from reports.choices import PublicationStatus
from reports.models import Block, Publication, Section

MOST_FILES = 10
"""Of the latest files; older ones have been replaced long ago."""


@dataclass(frozen=True)
class Place:
    """A part of a section that shows the measure."""

    section: Section
    block_id: int
    words: str


@dataclass(frozen=True)
class FileShowing:
    """A file that shows the measure, with what it says otherwise than the portal does today."""

    publication: Publication
    earlier: tuple[str, ...]
    """Such as "2022/23: 580, today 610"; empty where the file is up to date."""


def places_showing(measure: Measure) -> list[Place]:
    """The tables, charts and texts that show the measure, in the order of the report: one query."""
    token = f'data-figure="{measure.code}"'
    shows = Q(measures__measure=measure) | Q(body__contains=token) | Q(items__text__contains=token)
    blocks = (
        Block.objects.filter(shows, section__removed_at__isnull=True)
        .select_related("section__report__period")
        .order_by("-section__report__period__starts_on", "section__number", "order")
        .distinct()
    )
    return [Place(block.section, block.pk, _words(block)) for block in blocks]


def files_showing(measure: Measure, entries: list[Entry]) -> list[FileShowing]:
    """The latest files made that show the measure, held against what it says today: one query."""
    today = {entry.period.code: str(entry.text()) for entry in entries}
    made = (
        Publication.objects.filter(status=PublicationStatus.READY, document__contains=f'"{measure.code}"')
        .select_related("report__period")
        .order_by("-finished_at")[:MOST_FILES]
    )
    shown = [(publication, _values_in(publication.document, measure.code)) for publication in made]
    return [
        FileShowing(
            publication,
            tuple(
                f"{label}: {text}, today {today.get(code, 'no value')}"
                for code, label, text in values
                if today.get(code) != text
            ),
        )
        for publication, values in shown
        if values
    ]


def _values_in(document: str, code: str) -> list[tuple[str, str, str]]:
    """The measure's values in a frozen Document: the period's code and label, and the words."""
    figures = json.loads(document).get("figures", ())
    return [
        (figure["period_code"], figure["period"], figure["text"])
        for figure in figures
        if figure["code"] == code and figure["show"] == "value"
    ]


def _words(block: Block) -> str:
    return f"{block.get_kind_display()} “{block.heading}”" if block.heading else str(block.get_kind_display())
