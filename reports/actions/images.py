"""The pictures of a report."""

from hashlib import sha256
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from partnership import audit, inspection
from partnership.models import User
from reports.models import AnnualReport, ReportImage

ENDINGS = {"JPEG": "jpg", "PNG": "png"}


def keep_image(*, report: AnnualReport, data: bytes, by: User) -> ReportImage:
    """Keep a picture, drawn anew as print needs it; the same one again is the row there is. Raises `RefusedFile`."""
    # Before the transaction: drawing a large photo takes seconds.
    return keep_drawn_image(report=report, drawn=inspection.draw_for_print(data), by=by)


@transaction.atomic
def keep_drawn_image(*, report: AnnualReport, drawn: bytes, by: User) -> ReportImage:
    """Keep a picture that was drawn anew already, as those of an imported file are."""
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    digest = sha256(drawn).hexdigest()
    known = ReportImage.objects.filter(report=report, digest=digest).first()
    if known:
        return known
    with Image.open(BytesIO(drawn)) as picture:
        image = ReportImage(report=report, digest=digest, width=picture.width, height=picture.height, added_by=by)
        name = f"report-images/{digest}.{ENDINGS[str(picture.format)]}"
    # Named by its content, so the file of another report's same picture serves this one too
    if not image.file.storage.exists(name):
        image.file.storage.save(name, ContentFile(drawn))
    image.file.name = name
    image.save()
    audit.record("image.kept", target=image, by=by)
    return image
