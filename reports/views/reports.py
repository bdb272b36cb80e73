from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from reports.assemble import assemble
from reports.coverage import coverage
from reports.models import AnnualReport, Receipt
from reports.overview import overview, progress, retellings
from reports.rendering.html import document_body


def get_report(request, year):
    """The year's report, or 404 for those who may not know of it."""
    reports = AnnualReport.objects.visible_to(request.user).select_related("period", "rolled_from__period")
    return get_object_or_404(reports, period__code=year)


@require_safe
@requires(Permission.REPORT_READ)
def report_list(request):
    reports = list(AnnualReport.objects.visible_to(request.user).select_related("period"))
    if len(reports) == 1:
        return redirect("reports:report-detail", year=reports[0].period.code)
    return render(request, "reports/report_list.html", {"reports": reports})


@require_safe
@requires(Permission.REPORT_READ)
def report_detail(request, year):
    report = get_report(request, year)
    rows = overview(report)
    context = {
        "report": report,
        "rows": rows,
        "progress": progress(rows),
        "coverage": coverage(report),
        "retellings": retellings(rows),
        "publications": report.publications.select_related("asked_by", "report__period")[:10],
        "owed": Receipt.objects.outstanding().filter(edition__report=report),
        "can_arrange": request.user.may(Permission.REPORT_ARRANGE),
        "writable": set(report.sections.editable_by(request.user).values_list("pk", flat=True)),
        "can_publish": request.user.may(Permission.PUBLICATION_MAKE),
    }
    return render(request, "reports/report_detail.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def report_preview(request, year):
    report = get_report(request, year)
    document = assemble(report)
    context = {"report": report, "document": document, "body": document_body(document)}
    return render(request, "reports/report_preview.html", context)
