"""The published report: for everybody, without signing in, at one address for each version."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.choices import EditionStatus
from reports.document import from_json
from reports.models import Edition
from reports.rendering.html import document_body
from reports.rendering.pictures import inside


@require_safe
@login_not_required
def edition_public(request, year, number):
    editions = Edition.objects.public().select_related("report__period")
    edition = get_object_or_404(editions, report__period__code=year, number=number)
    context = {
        "edition": edition,
        "newer": edition.report.editions.filter(status=EditionStatus.PUBLISHED, number__gt=number).first(),
        "body": document_body(from_json(edition.published), address=inside),
    }
    return render(request, "reports/edition_public.html", context)
