"""The published reports: for everybody, without signing in, each version at one address for ever.

What is published never changes, and no reader is told from another: answers may be kept, and set no cookie.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import conditional_page, require_safe

from reports.choices import EditionStatus
from reports.queries import published_editions
from reports.rendering.formats import CONTENT_TYPES
from reports.rendering.pictures import CONTENT_TYPES as OF_PICTURES
from reports.rendering.public import picture_in, public_body, published_document
from reports.retelling import told

MINUTES = 5 * 60
"""A page says what became of its version, so it is soon asked for again."""
DAY = 24 * 60 * 60
"""A file never changes, but that its version was withdrawn must reach search engines."""


def get_edition(year, number):
    """A version that everybody may read, with the files that are made, or 404."""
    return get_object_or_404(published_editions(), report__period__code=year, number=number)


def kept(response, *, seconds, of=None):
    """The answer with how long it may be kept, and not to be found by search engines if its version is not in force."""
    patch_cache_control(response, public=True, max_age=seconds)
    if of and of.status != EditionStatus.PUBLISHED:
        response["X-Robots-Tag"] = "noindex"
    return response


def newer_than(edition):
    """The version in force, where it came after this one."""
    editions = edition.report.editions.filter(status=EditionStatus.PUBLISHED).defer("document", "published")
    in_force = editions.first()
    return in_force if in_force and in_force.number > edition.number else None


def file_response(file):
    return FileResponse(
        file.file.open(),
        as_attachment=True,
        filename=file.file_name,
        content_type=CONTENT_TYPES[file.format],
        headers={"ETag": quote_etag(file.file_hash)},
    )


@require_safe
@conditional_page
@login_not_required
def edition_list(request):
    context = {"editions": published_editions().defer("published"), "address": settings.PORTAL_URL + request.path}
    return kept(render(request, "reports/edition_list.html", context), seconds=MINUTES)


@require_safe
@login_not_required
def edition_latest(request, year):
    """The address of a year leads to the version in force or, where there is none, to the last that was published."""
    editions = published_editions().filter(report__period__code=year).defer("published")
    edition = editions.filter(status=EditionStatus.PUBLISHED).first() or editions.first()
    if edition is None:
        raise Http404
    return kept(redirect("reports:edition-public", year=year, number=edition.number), seconds=MINUTES)


@require_safe
@conditional_page
@login_not_required
def edition_public(request, year, number):
    edition = get_edition(year, number)
    context = {
        "edition": edition,
        "newer": newer_than(edition),
        "retellings": told(published_document(edition.published)),
        "body": public_body(edition.published, year, number),
        "alternates": [(file, CONTENT_TYPES[file.format]) for file in edition.made],
        "address": settings.PORTAL_URL + request.path,
    }
    return kept(render(request, "reports/edition_public.html", context), seconds=MINUTES, of=edition)


@require_safe
@conditional_page
@login_not_required
def edition_file(request, year, number, format):
    """A published version as a file, once it is made."""
    edition = get_edition(year, number)
    file = next((file for file in edition.made if file.format == format), None)
    if file is None:
        raise Http404
    return kept(file_response(file), seconds=DAY, of=edition)


@require_safe
@conditional_page
@login_not_required
def edition_image(request, year, number, pk):
    """A picture of a published version: one that stands in it, not in what is being written."""
    image = picture_in(get_edition(year, number).published, pk)
    if image is None or not default_storage.exists(image.file):
        raise Http404
    response = FileResponse(
        default_storage.open(image.file),
        content_type=OF_PICTURES[image.file.rpartition(".")[2]],
        headers={"ETag": quote_etag(image.digest), "Content-Security-Policy": "sandbox; default-src 'none'"},
    )
    return kept(response, seconds=DAY)
