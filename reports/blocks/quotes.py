"""What children, families or practitioners said, set apart."""

from django import forms

from reports import document
from reports.blocks.kind import BlockKind, HeadingForm, RowForm, Rows
from reports.choices import Kind
from reports.content import QuotationContent
from reports.models import Block
from reports.reader import Reader


class QuotationForm(RowForm):
    text = forms.CharField(label="What was said", widget=forms.Textarea(attrs={"rows": 3}))
    attribution = forms.CharField(
        label="Who said it", required=False, max_length=200, help_text="By role, never by name: for example, a teacher."
    )

    def clean_text(self):
        # Browsers send their own line ends, and not all of them the same.
        return "\n".join(self.cleaned_data["text"].splitlines())


def read(block: Block, reader: Reader) -> document.QuotesBlock:
    return document.QuotesBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        quotes=tuple(
            document.Quote(text=quote.text, attribution=quote.attribution) for quote in block.quotations.all()
        ),
    )


KIND = BlockKind(
    kind=Kind.QUOTES,
    form=HeadingForm,
    read=read,
    rows=Rows(
        form=QuotationForm,
        field="quotations",
        content=QuotationContent,
        initial=lambda quote: {"text": quote.text, "attribution": quote.attribution},
        noun="quote",
    ),
)
