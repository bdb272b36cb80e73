from django.db import models

from partnership.models import Upload


class ReportImport(Upload):
    """What was read from a Word report, before it becomes a report. The file itself is not kept."""

    outline = models.BinaryField(help_text="The Outline as JSON.")
