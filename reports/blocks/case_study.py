"""One story told with care, set apart from the prose."""

from django import forms

from reports import document
from reports.blocks.kind import FIGURES, BlockKind, HeadingForm
from reports.choices import Kind
from reports.editor import RichTextField
from reports.models import Block
from reports.reader import Reader


class CaseStudyForm(HeadingForm):
    body = RichTextField(label="Case study", required=False, figures_url=FIGURES)
    source = forms.CharField(label="Source", required=False, max_length=300)


def read(block: Block, reader: Reader) -> document.CaseStudyBlock:
    return document.CaseStudyBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        html=reader.prose(block, block.body),
        source=block.source,
    )


KIND = BlockKind(
    kind=Kind.CASE_STUDY,
    form=CaseStudyForm,
    read=read,
    advice="Leave out names, places, exact ages and anything by which a child could be known.",
)
