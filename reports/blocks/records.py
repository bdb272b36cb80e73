"""What the blocks share that show records of what was learned: nothing is typed in them but a heading and a note."""

from collections.abc import Callable

from django import forms

from reports import document
from reports.blocks.kind import BlockKind, HeadingForm
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader

ADVICE = "Drawn from the records; nothing is typed here but the heading and the note."


class RecordsForm(HeadingForm):
    source = forms.CharField(
        label="Note",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands below. Say here what a reader must bear in mind, such as a change in what was counted.",
    )


def records_kind(kind: Kind, read: Callable[[Block, Reader], document.Block], *, records: str) -> BlockKind:
    """A kind that is drawn from records; `records` is the URL name of the page where they are kept."""
    return BlockKind(kind=kind, form=RecordsForm, read=read, advice=ADVICE, records=records)


def records_block(
    block: Block,
    reader: Reader,
    *,
    empty: str,
    intro: str = "",
    tables: tuple[document.Table, ...] = (),
    lists: tuple[document.PointList, ...] = (),
) -> document.RecordsBlock:
    """The tables and lists that have anything in them; `empty` is said where none has."""
    tables = tuple(table for table in tables if table.rows)
    lists = tuple(each for each in lists if each.points)
    return document.RecordsBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        intro=intro if tables or lists else empty,
        tables=tables,
        lists=lists,
        note=block.source,
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text."""
    return tuple(line for part in text.splitlines() if (line := part.strip()))


def last_day(reader: Reader) -> str:
    return f"{reader.records.report.period.ends_on:%-d %B %Y}"
