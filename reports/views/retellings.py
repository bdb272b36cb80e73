"""The short version and the children's version: before they are signed, as they are signed, and for everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import conditional_page, require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from reports.assemble import assemble
from reports.choices import RETELLINGS, PublicationStatus, Variant
from reports.models import Edition
from reports.rendering.html import document_body
from reports.rendering.public import public_body, published_document
from reports.retelling import retold, told
from reports.signing import frozen
from reports.views.public import DAY, MINUTES, file_response, get_edition, kept, newer_than
from reports.views.reports import get_report


@require_safe
@requires(Permission.REPORT_READ)
def report_retelling(request, year, variant):
    report = get_report(request, year)
    document = _retold(assemble(report), variant)
    context = {"report": report, "variant": Variant(variant), "body": document_body(document)}
    return render(request, "reports/report_retelling.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def edition_retelling(request, pk, variant):
    """What is signed with the report."""
    editions = Edition.objects.visible_to(request.user).select_related("report__period")
    edition = get_object_or_404(editions, pk=pk)
    document = _retold(frozen(edition), variant)
    context = {"edition": edition, "variant": Variant(variant), "body": document_body(document)}
    return render(request, "reports/edition_retelling.html", context)


@require_safe
@conditional_page
@login_not_required
def retelling_public(request, year, number, variant):
    edition = get_edition(year, number)
    if variant not in told(published_document(edition.published)):
        raise Http404
    context = {
        "edition": edition,
        "variant": Variant(variant),
        "newer": newer_than(edition),
        "files": [file for file in _files(edition, variant) if file.status == PublicationStatus.READY],
        "address": settings.PORTAL_URL + request.path,
        "body": public_body(edition.published, year, number, variant),
    }
    return kept(render(request, "reports/retelling_public.html", context), seconds=MINUTES, of=edition)


@require_safe
@conditional_page
@login_not_required
def retelling_file(request, year, number, variant, format):
    """A retelling of a published version as a file, once it is made."""
    edition = get_edition(year, number)
    file = get_object_or_404(_files(edition, variant), format=format, status=PublicationStatus.READY)
    return kept(file_response(file), seconds=DAY, of=edition)


def _files(edition, variant):
    return edition.files.filter(variant__in=RETELLINGS).filter(variant=variant).defer("document")


def _retold(document, variant):
    """The Document of a retelling, or 404 where nothing is marked for it."""
    if variant not in told(document):
        raise Http404
    return retold(document, variant)
