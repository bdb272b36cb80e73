"""A section as it will print."""

from base64 import b64encode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from reports.assemble import assemble_section
from reports.rendering.failed import RenderingFailed
from reports.rendering.previews import render_preview
from reports.views.reading import get_section


@require_safe
@requires(Permission.REPORT_READ)
def section_preview(request, pk):
    """The pages as pictures; for the panel beside the editor, which asks by script, only what stands in it."""
    section = get_section(request, pk)
    context = {"section": section, "pages": [], "failure": "", "is_panel": bool(request.htmx)}
    try:
        rendering = render_preview(assemble_section(section), has_pictures=True)
        context["pages"] = [f"data:image/jpeg;base64,{b64encode(picture).decode()}" for picture in rendering.pictures]
    except RenderingFailed as failure:
        context["failure"] = str(failure)
    template = "reports/section_preview_pages.html" if request.htmx else "reports/section_preview.html"
    return render(request, template, context)


@require_safe
@requires(Permission.REPORT_READ)
def section_preview_download(request, pk):
    section = get_section(request, pk)
    try:
        pdf = render_preview(assemble_section(section), has_pictures=False).pdf
    except RenderingFailed as failure:
        messages.error(request, str(failure))
        return redirect("reports:section-detail", pk=pk)
    name = f"{slugify(section) or 'section'}-{section.report.period.code}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
