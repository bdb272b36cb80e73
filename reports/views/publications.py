from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.states import WrongState
from reports import publishing
from reports.choices import RETELLINGS, Format, PublicationStatus, Variant
from reports.models import Publication, Section
from reports.rendering.formats import CONTENT_TYPES
from reports.tasks import ring
from reports.views.reports import get_report

LATEST_FILES = 10


def get_publication(request, pk):
    publications = Publication.objects.visible_to(request.user).select_related("report__period", "asked_by")
    return get_object_or_404(publications, pk=pk)


@require_POST
@requires(Permission.PUBLICATION_MAKE)
def publication_make(request, year):
    report = get_report(request, year)
    format, variant = request.POST.get("format", Format.PDF), request.POST.get("variant", Variant.REPORT)
    if format not in Format or variant not in Variant or (variant in RETELLINGS and format != Format.PDF):
        raise Http404
    try:
        publication = publishing.ask_for_publication(report=report, format=format, variant=variant, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect("reports:report-detail", year=year)
    if publication.status == PublicationStatus.QUEUED:
        ring(publication)
    return redirect("reports:publication-detail", pk=publication.pk)


@require_safe
@requires(Permission.REPORT_READ)
def publication_detail(request, pk):
    """The job's page, and for its polling the part of it that changes; both only look."""
    publication = get_publication(request, pk)
    files = publication.report.publications.select_related("report__period", "asked_by")
    context = {
        "publication": publication,
        **_findings(publication, request.user),
        "can_publish": request.user.may(Permission.PUBLICATION_MAKE),
        "files": files.defer("document")[:LATEST_FILES] if publication.is_over or not request.htmx else (),
    }
    template = "reports/publication_progress.html" if request.htmx else "reports/publication_detail.html"
    return render(request, template, context)


def _findings(publication, user):
    """What held the file back and what only warns, each with the address of its block, to edit or to read."""
    findings = publication.findings
    sections = Section.objects.visible_to(user).filter(pk__in={finding.section for finding in findings})
    editable = set(sections.editable_by(user).values_list("pk", flat=True)) if findings else set()
    readable = set(sections.values_list("pk", flat=True)) if findings else set()
    addressed = [(finding, _address(finding, editable, readable)) for finding in findings]
    return {
        "held_back_by": [pair for pair in addressed if pair[0].is_blocking],
        "to_mend": [pair for pair in addressed if not pair[0].is_blocking],
    }


def _address(finding, editable, readable):
    if finding.section not in readable:
        return ""
    page = "reports:section-edit" if finding.section in editable else "reports:section-detail"
    return reverse(page, args=[finding.section]) + (f"#block-{finding.block}" if finding.block else "")


@require_safe
@requires(Permission.REPORT_READ)
def publication_download(request, pk):
    publication = get_publication(request, pk)
    if publication.status != PublicationStatus.READY:
        messages.info(request, "The file is not ready yet.")
        return redirect("reports:publication-detail", pk=pk)
    return FileResponse(
        publication.file.open(),
        as_attachment=True,
        filename=publication.file_name,
        content_type=CONTENT_TYPES[publication.format],
    )


@require_POST
@requires(Permission.PUBLICATION_MAKE)
def publication_retry(request, pk):
    publication = get_publication(request, pk)
    try:
        publication = publishing.try_again(publication=publication, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        ring(publication)
    return redirect("reports:publication-detail", pk=publication.pk)
