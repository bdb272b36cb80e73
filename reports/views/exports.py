"""Measures with their figures, reports and their sections as files."""

from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.downloads import table_response
from partnership.permissions import requires
from priorities.choices import ComparatorKind, Qualifier
from reports.models import AnnualReport
from reports.overview import overview
from reports.queries import measures_matching, whole_figure_book
from reports.views.reports import get_report

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
    "How many",
    "Out of how many",
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
    measures = list(measures_matching(request.GET.get("q", "").strip()))
    book = whole_figure_book({measure.code for measure in measures})
    rows = (_row(entry) for measure in measures for entry in book.entries(measure.code))
    return table_response(kind, title="Measures", headings=HEADINGS, rows=rows)


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
        *_counts(entry),
        shown.code,
        Qualifier(shown.qualifier).value if shown.number is not None else "",
        entry.text(),
        entry.source,
        entry.as_at,
        entry.note,
        *(_comparators(entry, kind) for kind in ComparatorKind),
    ]


def _counts(entry):
    """The two counts that a share or a rate was worked out from, or their codes."""
    return [count.code or plain(count.number) for count in entry.counts or ()] or [None, None]


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


@require_safe
@requires(Permission.REPORT_READ)
def outline_export(request, year, kind):
    """The sections of a year's report in reading order, with who answers for them and how far they are."""
    report = get_report(request, year)
    return table_response(
        kind,
        title=f"Sections of {report}",
        headings=(
            "Number",
            "Section",
            "Level",
            "Owner",
            "Writer",
            "Priority",
            "State",
            "Due on",
            "Words",
            "Words wished",
            "Open comments",
            "To look at",
        ),
        rows=(
            [
                row.section.number,
                row.section.title,
                row.level,
                row.section.owner.name,
                str(row.section.writer or ""),
                row.section.priority.title if row.section.priority else "",
                row.section.get_status_display(),
                row.section.due_on,
                row.words,
                row.section.words_wished,
                row.open_comments,
                "; ".join(map(str, row.findings)),
            ]
            for row in overview(report)
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def report_export(request, kind):
    reports = AnnualReport.objects.visible_to(request.user).select_related("period")
    return table_response(
        kind,
        title="Annual reports",
        headings=("Report", "Year", "State"),
        rows=([report.title, report.period.label, report.get_status_display()] for report in reports),
    )
