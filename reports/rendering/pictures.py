"""The pictures of a report's prose: where a page finds each."""

import base64
import re
from collections.abc import Callable, Iterable

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reports.document import Image
from reports.rendering.failed import RenderingFailed

PLACE = re.compile(r'<img data-image="(\d+)"')
"""As `Reader` writes it. No words of a text can look so: there, < is escaped."""
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
FILE_GONE = (
    "The file of a picture is missing. Add the picture again, or ask your administrator to bring back the portal's "
    "files, then try again."
)

Address = Callable[[Image], str]


def in_portal(image: Image) -> str:
    """An address of the portal, which asks who may see it."""
    return reverse("reports:image-file", args=[image.id])


def in_edition(year: str, number: int) -> Address:
    """Addresses that are open to everybody, for the page of a published version."""
    return lambda image: reverse("reports:edition-image", args=[year, number, image.id])


def inside(image: Image) -> str:
    """The picture itself as an address, for a file that needs nothing beside it; raises `RenderingFailed`."""
    try:
        with default_storage.open(image.file) as file:
            content = base64.b64encode(file.read()).decode()
    except FileNotFoundError as missing:
        raise RenderingFailed(FILE_GONE, str(missing)) from missing
    return f"data:{CONTENT_TYPES[image.file.rpartition('.')[2]]};base64,{content}"


def with_pictures(html: str, images: Iterable[Image], address: Address) -> SafeString:
    """The HTML with each picture's address in its place."""
    known = {image.id: image for image in images}
    return mark_safe(PLACE.sub(lambda place: f'<img src="{address(known[int(place[1])])}"', html))
