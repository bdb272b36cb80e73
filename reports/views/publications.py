from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from partnership.states import WrongState
from reports import publishing
from reports.choices import PublicationStatus
from reports.models import Publication
from reports.tasks import ring
from reports.views.reports import get_report


def get_publication(request, pk):
    publications = Publication.objects.visible_to(request.user).select_related("report__period", "asked_by")
    return get_object_or_404(publications, pk=pk)


@require_POST
@requires(Permission.PUBLICATION_MAKE)
def publication_make(request, year):
    report = get_report(request, year)
    publication = publishing.ask_for_publication(report=report, by=request.user)
    if publication.status == PublicationStatus.QUEUED:
        ring(publication)
    return redirect("reports:publication-detail", pk=publication.pk)


@require_safe
@requires(Permission.REPORT_READ)
def publication_detail(request, pk):
    publication = get_publication(request, pk)
    template = "reports/publication_progress.html" if request.htmx else "reports/publication_detail.html"
    can_publish = request.user.may(Permission.PUBLICATION_MAKE)
    return render(request, template, {"publication": publication, "can_publish": can_publish})


@require_safe
@requires(Permission.REPORT_READ)
def publication_download(request, pk):
    publication = get_publication(request, pk)
    if publication.status != PublicationStatus.READY:
        messages.info(request, "The PDF is not ready yet.")
        return redirect("reports:publication-detail", pk=pk)
    return FileResponse(publication.file.open(), as_attachment=True, filename=publication.file_name)


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
