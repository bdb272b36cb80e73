"""Who signed the report: typed name, post, agency and date."""

from reports import document
from reports.blocks.kind import BlockKind, HeadingForm
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader


def read(block: Block, reader: Reader) -> document.SignaturesBlock:
    return document.SignaturesBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        signatures=reader.records.signatures,
    )


KIND = BlockKind(
    kind=Kind.SIGNATURES, form=HeadingForm, read=read, advice="Shows the report's signatures; they are not typed here."
)
