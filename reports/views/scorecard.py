"""The scorecard of all measures or of one priority's, as a page and as a file."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.downloads import table_response
from partnership.models import Partnership, ReportingPeriod
from partnership.permissions import requires
from priorities.models import Priority
from reports.models import AnnualReport
from reports.queries import scorecard_measures, whole_figure_book
from reports.scorecard import draw_up, periods_offered

HEADINGS = (
    "Question",
    "Measure",
    "Code",
    "Priority",
    "Period",
    "Value",
    "Change since the period before",
    "Compared with",
    "Target",
    "Rating",
    "Reason",
    "Board's judgement",
    "Board's reason",
    "Trend",
    "Source",
)


@require_safe
@requires(Permission.REPORT_READ)
def scorecard_detail(request, priority=None):
    priorities = list(Priority.objects.select_related("plan").filter(measures__isnull=False).distinct())
    context = _read(request, priority) | {"priorities": priorities, "partnership": Partnership.objects.first()}
    return render(request, "reports/scorecard.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def scorecard_export(request, kind, priority=None):
    """What the page shows, a line for each measure that has a value in the period."""
    read = _read(request, priority)
    scorecard = read["scorecard"]
    questions = scorecard.questions if scorecard else ()
    return table_response(
        kind,
        title=f"Scorecard {read['priority'] or ''} {scorecard.period if scorecard else ''}",
        headings=HEADINGS,
        rows=(_line(question, row) for question in questions for row in question.rows),
    )


def _read(request, code):
    """The scorecard of the period asked for, or else of the year that the latest report is about."""
    priority = get_object_or_404(Priority.objects.order_by("-plan__starts_on"), code=code) if code else None
    measures = list(scorecard_measures(priority))
    book = whole_figure_book({measure.code for measure in measures})
    periods = periods_offered(book, measures, list(ReportingPeriod.objects.all()))
    wanted = request.GET.get("period", "")
    period = next((each for each in periods if each.code == wanted), None)
    if wanted and period is None and not ReportingPeriod.objects.filter(code=wanted.replace("\0", "")).exists():
        raise Http404
    period = period or _of_latest_report(periods)
    return {
        "priority": priority,
        "periods": periods,
        "scorecard": draw_up(book, measures, period) if period else None,
    }


def _of_latest_report(periods):
    reported = AnnualReport.objects.order_by("-period__ends_on").values_list("period", flat=True).first()
    return next((each for each in periods if each.pk == reported), periods[0] if periods else None)


def _line(question, row):
    entry, rating, judgement = row.entry, row.entry.rating, row.entry.judgement
    return [
        question.words,
        row.measure.name,
        row.measure.code,
        str(row.measure.priority or ""),
        entry.period.label,
        entry.with_unit,
        entry.change_in_words,
        "; ".join(row.comparators_in_words),
        row.target_in_words,
        rating.words,
        rating.reason,
        judgement.get_rag_display() if judgement else "",
        judgement.reason if judgement else "",
        row.line_in_words,
        entry.source,
    ]
