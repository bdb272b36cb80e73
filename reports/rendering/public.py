"""A published report as a page for everybody. It never changes, so what was made of it once is kept."""

import re
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from reports.choices import Variant
from reports.document import Document, Image, from_json
from reports.rendering.html import document_body
from reports.rendering.pictures import in_edition
from reports.retelling import retold

KEPT = 8
"""Versions that are read at the same time; one takes a megabyte or two."""
TABLE = re.compile(r'<table(?: class="data-table data-table--chart(?: data-table--small)?")?>.*?</table>', re.S)
"""One that stands in no frame of its own: in prose, or beneath a chart."""
FRAME = '<div class="table-frame" role="region" tabindex="0" aria-label="Table {}">{}</div>'
CHART = '<figure class="chart-figure">'


@lru_cache(maxsize=KEPT)
def published_document(published: str) -> Document:
    return from_json(published)


@lru_cache(maxsize=KEPT)
def public_body(published: str, year: str, number: int, variant: str = Variant.REPORT) -> SafeString:
    """The body of the page of a version, or of a retelling of it, from its published Document as JSON."""
    document = retold(published_document(published), variant)
    return with_frames(document_body(document, address=in_edition(year, number)))


def picture_in(published: str, pk: int) -> Image | None:
    """The picture with this key, if it stands in the published Document."""
    document = published_document(published)
    images = (*document.images, *document.short.images, *document.childrens.images)
    return next((image for image in images if image.id == pk), None)


def with_frames(body: str) -> SafeString:
    """The body with each table and chart in a frame that scrolls where the screen is too small for it."""
    tables = iter(range(1, body.count("<table") + 1))
    framed = TABLE.sub(lambda table: FRAME.format(next(tables), table[0]), body)
    return mark_safe(framed.replace(CHART, CHART.replace(">", ' tabindex="0">')))
