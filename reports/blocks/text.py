"""Prose, with figures and notes."""

from reports import document
from reports.blocks.kind import FIGURES, BlockKind, HeadingForm
from reports.choices import Kind
from reports.editor import RichTextField
from reports.models import Block
from reports.reader import Reader


class TextForm(HeadingForm):
    body = RichTextField(label="Text", required=False, figures_url=FIGURES)


def read(block: Block, reader: Reader) -> document.TextBlock:
    return document.TextBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        html=reader.prose(block, block.body),
    )


KIND = BlockKind(kind=Kind.TEXT, form=TextForm, read=read)
