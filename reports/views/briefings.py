from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.models import Partnership
from partnership.permissions import requires
from reports.rendering.briefing import render_briefing
from reports.rendering.failed import RenderingFailed
from reviews.briefing import page_of
from reviews.models import Briefing


@require_safe
@requires(Permission.REPORT_READ)
def briefing_download(request, pk):
    """The page as PDF, once somebody has cleared what it says now."""
    briefing = get_object_or_404(Briefing.objects.visible_to(request.user).select_related("review"), pk=pk)
    page = page_of(briefing)
    if briefing.cleared_hash != page.hash:
        messages.info(request, "The page waits to be cleared by the board team, so it cannot be downloaded now.")
        return redirect("reviews:briefing-detail", pk=pk)
    try:
        pdf = render_briefing(page, Partnership.objects.get())
    except RenderingFailed as failure:
        messages.error(request, str(failure))
        return redirect("reviews:briefing-detail", pk=pk)
    name = f"7-minute-briefing-{page.reference}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
