"""The pictures of a report: taking one from the editor, showing one; and what a cross-reference can name."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from partnership.choices import Permission
from partnership.filetypes import RefusedFile
from partnership.permissions import requires
from reports import actions
from reports.models import AnnualReport, ReportImage, Section
from reports.references import all_targets
from reports.rendering.pictures import CONTENT_TYPES


def get_report(request, year):
    """The report for somebody who writes in it: the board, or who was asked to write one of its sections."""
    report = get_object_or_404(AnnualReport.objects.visible_to(request.user), period__code=year)
    if not Section.objects.editable_by(request.user).filter(report=report).exists():
        raise PermissionDenied("Pictures are added by people who write in the report.")
    return report


@require_POST
@requires(Permission.REPORT_READ)
def image_keep(request, year):
    """For the editor: keep a picture and tell its key, or say why not."""
    report = get_report(request, year)
    sent = request.FILES.get("picture")
    if sent is None:
        return JsonResponse({"error": "Choose a picture."}, status=400)
    try:
        image = actions.keep_image(report=report, data=sent.read(), by=request.user)
    except RefusedFile as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return JsonResponse({"image": image.pk, "address": reverse("reports:image-file", args=[image.pk])})


@require_safe
@requires(Permission.REPORT_READ)
def image_file(request, pk):
    """The picture. A browser asks each time whether it may still show it, and has it sent only once."""
    reports = AnnualReport.objects.visible_to(request.user)
    image = get_object_or_404(ReportImage.objects.filter(report__in=reports), pk=pk)
    if not image.file.storage.exists(image.file.name):
        raise Http404
    etag = quote_etag(image.digest)
    picture = FileResponse(
        image.file.open(),
        content_type=CONTENT_TYPES[image.file.name.rpartition(".")[2]],
        headers={
            "Cache-Control": "private, no-cache",
            "ETag": etag,
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
    return get_conditional_response(request, etag=etag, response=picture)


@require_safe
@requires(Permission.REPORT_READ)
def reference_targets(request, year):
    """For the editor: every section, chart and table of the report, with the words that a reference to it shows."""
    targets = all_targets(get_report(request, year))
    return JsonResponse({"targets": [{"ref": each.ref, "text": each.words, "label": each.title} for each in targets]})
