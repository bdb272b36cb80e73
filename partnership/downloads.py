"""Lists as files that people keep: one shape for every app. What a row may show is decided by whoever makes it."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from partnership.spreadsheets import CONTENT_TYPES, Cell, write_table


def table_response(kind: str, *, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The rows as a file of this kind ("csv" or "xlsx") named after the title; raises `Http404` for any other kind.

    Give the rows as a generator, so that nothing is read for a kind of file that is not there.
    """
    if kind not in CONTENT_TYPES:
        raise Http404
    return HttpResponse(
        write_table(kind, title=title, headings=headings, rows=rows),
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{slugify(title)}.{kind}"'},
    )
