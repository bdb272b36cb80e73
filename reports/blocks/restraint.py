"""What the group that reviews restraint saw in the report's year, what it asked, and what it was answered."""

from priorities.choices import Unit
from priorities.wording import people_in_words
from reports import document
from reports.blocks.measures_table import value_with_share
from reports.blocks.records import lines_of, records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from reviews.models import RestraintQuestion, RestraintScrutiny
from reviews.shares import part_in_words, parts_of_total
from reviews.yearly import measures_of


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    scrutinies = reader.records.learning.restraint
    return records_block(
        block,
        reader,
        empty=f"No review of restraint is recorded for {reader.records.report.period}.",
        tables=tuple(_table(scrutiny, reader) for scrutiny in scrutinies),
        lists=tuple(each for scrutiny in scrutinies for each in _lists(scrutiny)),
    )


def _table(scrutiny: RestraintScrutiny, reader: Reader) -> document.Table:
    return document.Table(
        caption=f"Restraint at {scrutiny.establishment}, {scrutiny.period}",
        heads=("What was looked at", "Number"),
        rows=(
            document.TableRow(
                head="Incidents viewed",
                detail=scrutiny.covers,
                cells=(people_in_words(scrutiny.incidents, unit=Unit.INCIDENTS),),
            ),
            *_types(scrutiny),
            *_acceptable(scrutiny),
            *_measures(scrutiny, reader),
        ),
    )


def _types(scrutiny: RestraintScrutiny) -> list[document.TableRow]:
    types = list(scrutiny.types.all())
    texts = parts_of_total([each.incidents for each in types], scrutiny.incidents, unit=Unit.INCIDENTS)
    return [
        document.TableRow(head=each.name, cells=(text or "not counted apart",), is_below=True)
        for each, text in zip(types, texts, strict=True)
    ]


def _acceptable(scrutiny: RestraintScrutiny) -> list[document.TableRow]:
    if scrutiny.acceptable is None:
        return []
    text = part_in_words(scrutiny.acceptable, scrutiny.incidents, unit=Unit.INCIDENTS)
    return [document.TableRow(head="Within the expected standard", cells=(text,))]


def _measures(scrutiny: RestraintScrutiny, reader: Reader) -> list[document.TableRow]:
    """What the establishment counts itself; a measure without a value for the period is left out."""
    rows = []
    for measure in measures_of(scrutiny):
        entry = reader.records.figures.entry(measure.code, scrutiny.period.code)
        figure = reader.records.figures.figure(measure.code, scrutiny.period.code, "value")
        if entry and figure:
            reader.use(figure)
            rows.append(document.TableRow(head=measure.name, cells=(value_with_share(entry),)))
    return rows


def _lists(scrutiny: RestraintScrutiny) -> list[document.PointList]:
    return [
        document.PointList(title="What the group found", points=lines_of(scrutiny.findings)),
        document.PointList(
            title=f"What the group asked {scrutiny.establishment.short_name}",
            points=tuple(_question(question) for question in scrutiny.questions.all()),
        ),
    ]


def _question(question: RestraintQuestion) -> str:
    if question.answer:
        return f"{question.text} Answered in {question.answered_on:%B %Y}: {question.answer}"
    return f"{question.text} Asked in {question.asked_on:%B %Y}; there is no answer yet."


KIND = records_kind(Kind.RESTRAINT, read, records="reviews:restraint-list")
