"""A section as it will print: its pages as pictures, and as PDF."""

from django.conf import settings

from partnership.confinement import Limits
from reports.document import Document
from reports.rendering.html import section_html
from reports.rendering.pdf import Rendering, typeset

LIMIT_SECONDS = 20
"""A section takes a tenth of a second; somebody is waiting for it."""
PICTURE_WIDTH = 960
"""Pixels; a page stands about half as wide beside the text, so that it is sharp on a fine screen too."""


def render_preview(document: Document, *, has_pictures: bool) -> Rendering:
    """The pages of the one section of a Document. Raises `RenderingFailed`."""
    limits = Limits(cpu_seconds=LIMIT_SECONDS, wall_seconds=LIMIT_SECONDS, memory_mb=settings.RENDER_MEMORY_MB)
    return typeset(section_html(document), limits=limits, picture_width=PICTURE_WIDTH if has_pictures else 0)
