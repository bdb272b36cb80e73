"""What last year's report said would be done, held against what was done."""

from reports import document
from reports.blocks.kind import FIGURES, BlockKind, RowForm, Rows
from reports.blocks.standing_lists import ListForm
from reports.choices import Kind
from reports.content import LONGEST_POINT, MOST_POINTS, ItemContent
from reports.editor import InlineRichTextField
from reports.models import Block
from reports.reader import Reader

ADVICE = (
    "Each point is one that last year's report promised, in its words. Say what was done about it, with a figure where "
    "there is one. If nothing was done, say so and why."
)


class SaidForm(RowForm):
    """What was said belongs to last year's report: it is shown, and nobody's page can send another."""

    text = InlineRichTextField(label="What we did", required=False, max_length=LONGEST_POINT, figures_url=FIGURES)

    def clean(self):
        return super().clean() | {"said": self.initial.get("said", "")}


def read(block: Block, reader: Reader) -> document.SaidAndDidBlock:
    return document.SaidAndDidBlock(
        id=block.pk,
        heading=block.get_kind_display(),
        heading_level=reader.heading_level,
        intro_html=reader.prose(block, block.body),
        points=tuple(
            document.SaidAndDid(said=reader.prose(block, item.said), did=reader.prose(block, item.text))
            for item in block.items.all()
        ),
    )


KIND = BlockKind(
    kind=Kind.SAID_AND_DID,
    form=ListForm,
    read=read,
    advice=ADVICE,
    rows=Rows(
        form=SaidForm,
        field="items",
        content=ItemContent,
        initial=lambda item: {"text": item.text, "said": item.said},
        noun="point",
        most=MOST_POINTS,
        is_fixed=True,
    ),
    is_added_by_hand=False,
)
