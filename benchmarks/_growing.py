"""The demo's report at any length: its sections over and over, with pictures between them."""

import base64
import hashlib
import random
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count, islice

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Picture

from partnership.inspection import draw_for_print
from reports import document
from reports.document import Document, Image, Section, TextBlock
from reports.rendering.html import report_html

A_PICTURE_EVERY = 5
"""Sections, which is about 20 pages."""


@dataclass(frozen=True)
class Grown:
    document: Document
    plain_html: str
    """The same content as WeasyPrint or a browser takes it: styles and fonts inside, pictures as they were uploaded."""


def grown(demo: Document, sections: int, css: str) -> Grown:
    """The first so many of the demo's sections, or all of them several times."""
    endless = (_copied(section, copy) for copy in count() for section in demo.sections)
    chosen = list(islice(endless, sections))
    uploads = [_upload(number) for number in range(sections // A_PICTURE_EVERY)]
    taken = max((image.id for image in demo.images), default=0)
    images = tuple(_kept(taken + number, upload) for number, upload in enumerate(uploads, start=1))
    for number, image in enumerate(images, start=1):
        place = number * A_PICTURE_EVERY - 1
        chosen[place] = replace(chosen[place], blocks=(*chosen[place].blocks, _block(image)))
    whole = replace(demo, sections=tuple(chosen), images=(*demo.images, *images))
    html = report_html(whole, for_pdf=True).replace(
        '<link rel="stylesheet" href="asset:report-pdf.css">', f"<style>{css}</style>"
    )
    for image, upload in zip(images, uploads, strict=True):
        html = html.replace(_uri(_content(image), image.file.rpartition(".")[2]), _uri(upload, "png"))
    return Grown(whole, html)


def _copied(section: Section, copy: int) -> Section:
    """The section with anchors of its own."""
    if not copy:
        return section
    anchor = f"copy-{copy}-{section.anchor}"
    alone = document.to_json(_holding(section)).replace(f"{section.anchor}-note-", f"{anchor}-note-")
    (again,) = document.from_json(alone).sections
    blocks = tuple(replace(block, id=block.id + copy * 100_000) for block in again.blocks)
    return replace(again, id=again.id + copy * 100_000, anchor=anchor, blocks=blocks)


def _holding(section: Section) -> Document:
    texts = dict.fromkeys(
        ("title", "partnership", "short_name", "area", "year", "year_label", "period", "status", "language", "accent"),
        "",
    )
    return Document(format=document.FORMAT, sections=(section,), figures=(), **texts)


def _upload(number: int) -> bytes:
    """A picture as people send them: by turns a photo and a screenshot, both as PNG."""
    chance = random.Random(number)
    size = (1400, 900)
    colours = [tuple(chance.randrange(256) for _ in range(3)) for _ in range(48)]
    small = Picture.new("RGB", (8, 6))
    small.putdata(colours)
    picture = Picture.blend(
        small.resize(size, Picture.Resampling.BICUBIC), Picture.effect_noise(size, 24).convert("RGB"), 0.15
    )
    if number % 2:
        picture = small.resize(size, Picture.Resampling.NEAREST).quantize(64)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _kept(number: int, upload: bytes) -> Image:
    """The picture as the portal keeps it."""
    drawn = draw_for_print(upload)
    with Picture.open(BytesIO(drawn)) as picture:
        ending, (width, height) = {"JPEG": "jpg", "PNG": "png"}[str(picture.format)], picture.size
    name = f"benchmarks/{number}.{ending}"
    default_storage.delete(name)
    default_storage.save(name, ContentFile(drawn))
    return Image(id=number, digest=hashlib.sha256(drawn).hexdigest(), file=name, width=width, height=height)


def _content(image: Image) -> bytes:
    with default_storage.open(image.file) as file:
        return file.read()


def _uri(content: bytes, ending: str) -> str:
    kind = {"jpg": "jpeg", "png": "png"}[ending]
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _block(image: Image) -> TextBlock:
    html = (
        f'<figure><img data-image="{image.id}" alt="A picture" width="{image.width}" height="{image.height}">'
        "<figcaption>A picture of the benchmark</figcaption></figure>"
    )
    return TextBlock(id=900_000 + image.id, heading="", heading_level=3, html=html)
