"""The published report: for everybody, without signing in, at one address for each version."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.choices import EditionStatus, PublicationStatus
from reports.document import from_json
from reports.models import Edition
from reports.rendering.formats import CONTENT_TYPES
from reports.rendering.html import document_body
from reports.rendering.pictures import inside


def get_edition(year, number):
    """A version that everybody may read, or 404."""
    editions = Edition.objects.public().select_related("report__period")
    return get_object_or_404(editions, report__period__code=year, number=number)


@require_safe
@login_not_required
def edition_public(request, year, number):
    edition = get_edition(year, number)
    context = {
        "edition": edition,
        "newer": edition.report.editions.filter(status=EditionStatus.PUBLISHED, number__gt=number).first(),
        "files": edition.files.filter(status=PublicationStatus.READY).defer("document").order_by("pk"),
        "body": document_body(from_json(edition.published), address=inside),
    }
    return render(request, "reports/edition_public.html", context)


@require_safe
@login_not_required
def edition_file(request, year, number, format):
    """A published version as a file, once it is made."""
    files = get_edition(year, number).files.select_related("report__period")
    file = get_object_or_404(files, format=format, status=PublicationStatus.READY)
    return FileResponse(
        file.file.open(), as_attachment=True, filename=file.file_name, content_type=CONTENT_TYPES[file.format]
    )
