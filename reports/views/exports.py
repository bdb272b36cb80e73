"""Measures with their figures as files."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.spreadsheets import CONTENT_TYPES, write_table
from priorities.choices import ComparatorKind, Qualifier
from reports.queries import measures_matching, whole_figure_book

HEADINGS = (
    "Measure",
    "Code",
    "Area",
    "Unit",
    "Returned by",
    "Period",
    "Period begins",
    "Period ends",
    "Value",
    "Code instead of a value",
    "Qualifier",
    "In words",
    "Source",
    "As at",
    "Note",
    *ComparatorKind.labels,
)


@require_safe
@requires(Permission.REPORT_READ)
def measure_export(request, kind):
    """Every figure in force of the measures that the list shows, a line for each, small numbers hidden by rule."""
    if kind not in CONTENT_TYPES:
        raise Http404
    measures = list(measures_matching(request.GET.get("q", "").strip()))
    book = whole_figure_book({measure.code for measure in measures})
    rows = [_row(entry) for measure in measures for entry in book.entries(measure.code)]
    content = write_table(kind, title="Measures", headings=HEADINGS, rows=rows)
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="measures.{kind}"'},
    )


def _row(entry):
    measure, period, shown = entry.measure, entry.period, entry.shown
    return [
        measure.name,
        measure.code,
        entry.area,
        measure.get_unit_display(),
        "Computed from records" if measure.calculation else measure.owner.name,
        period.label,
        period.starts_on,
        period.ends_on,
        plain(shown.number),
        shown.code,
        Qualifier(shown.qualifier).value if shown.number is not None else "",
        entry.text(),
        entry.source,
        entry.as_at,
        entry.note,
        *(_comparators(entry, kind) for kind in ComparatorKind),
    ]


def plain(number):
    """The number without the noughts at its end that the database adds."""
    return (
        None if number is None else number.quantize(1) if number == number.to_integral_value() else number.normalize()
    )


def _comparators(entry, kind):
    """The comparator's number, or its code; the words of several, as of two targets, together."""
    found = [comparator for comparator in entry.comparators if comparator.kind == kind]
    if len(found) == 1:
        return found[0].code or plain(found[0].number)
    return "; ".join(f"{comparator}: {entry.comparator_text(comparator)}" for comparator in found)
