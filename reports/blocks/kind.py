"""What every kind of block has: a form to write it with and a function that reads its records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.urls import reverse_lazy

from reports import document
from reports.choices import Kind
from reports.content import BlockContent
from reports.models import Block
from reports.reader import Reader

FIGURES = reverse_lazy("reports:figure-search")
"""Where the editor finds the figures that can be placed in prose."""


class BlockForm(forms.Form):
    """The part of a block that stands once. Fields are named as in `BlockContent`."""


class RowForm(forms.Form):
    """The form of one row of a block."""

    has_number_in_label = False
    """Whether the first field is the row itself, so that the row's number stands in its label."""


class HeadingForm(BlockForm):
    heading = forms.CharField(
        label="Heading",
        max_length=200,
        required=False,
        help_text="Shown above this part of the section. Leave it empty for none.",
    )


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The part of a block that repeats: its form, the field of `BlockContent` it fills, and how it is called."""

    form: type[RowForm]
    field: str
    content: Callable[..., object]
    """Makes the row's content from the form's cleaned data."""
    initial: Callable[..., dict]
    """The reverse: the form's initial data from the row's content."""
    noun: str
    most: int = 50
    """How many rows there may be."""
    is_fixed: bool = False
    """Whether the rows that there are can only be filled in: none is added, taken away or moved."""
    measures: Callable[[], Mapping[int, str]] | None = None
    """The measures that a row can name, read once for all rows; their forms take them as `measures`."""


@dataclass(frozen=True, kw_only=True)
class BlockKind:
    kind: Kind
    read: Callable[[Block, Reader], document.Block]
    form: type[BlockForm] = BlockForm
    rows: Rows | None = None
    advice: str = ""
    """A sentence for the person who edits it."""
    records: str = ""
    """The URL name of the page where the records are kept that it is drawn from."""
    is_added_by_hand: bool = True
    """Whether somebody can add it to a section; otherwise it comes with the report before."""

    @property
    def is_written(self) -> bool:
        """Whether it stays empty until somebody writes into it; others show records."""
        return "body" in self.form.base_fields or self.rows is not None

    def has_room_for(self, content: BlockContent) -> bool:
        """Whether its form could show the content with all its rows; of what has more, some would be lost."""
        return self.rows is None or len(getattr(content, self.rows.field)) <= self.rows.most

    def content(self, form_data: dict, rows_data: list[dict]) -> BlockContent:
        """What was written, from the cleaned data of the form and of its rows."""
        rows = {self.rows.field: tuple(self.rows.content(**row) for row in rows_data)} if self.rows else {}
        return BlockContent(**form_data, **rows)
