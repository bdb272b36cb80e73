"""A 7-minute briefing on paper: one page, made by the report's own confined renderer."""

from io import BytesIO

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string

from partnership.confinement import Limits
from partnership.models import Partnership
from partnership.theme import theme_in_force
from reports.rendering.assets import stylesheets_for_pdf
from reports.rendering.colour import palette
from reports.rendering.failed import RenderingFailed
from reports.rendering.pdf import typeset
from reviews.briefing import BriefingPage

LIMIT_SECONDS = 20
"""A page takes about a second; somebody is waiting for it."""


def render_briefing(page: BriefingPage, partnership: Partnership) -> bytes:
    """The page as PDF/UA-1; the same page gives the same bytes.

    Raises `RenderingFailed`, also where the words do not fit on one page.
    """
    html = render_to_string(
        "reviews/briefing_document.html",
        {
            "page": page,
            "partnership": partnership,
            "palette": palette(theme_in_force().colour or partnership.accent),
            "stylesheets": stylesheets_for_pdf("report-pdf.css", "briefing-pdf.css"),
        },
    )
    limits = Limits(cpu_seconds=LIMIT_SECONDS, wall_seconds=LIMIT_SECONDS, memory_mb=settings.RENDER_MEMORY_MB)
    pdf = typeset(html, limits=limits).pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        if len(opened.pages) > 1:
            raise RenderingFailed("The briefing does not fit on one page. Shorten what happened or what was learned.")
    return pdf
