"""What children, families and practitioners said in the report's year, as far as it may be quoted, and what changed."""

from priorities.choices import Unit
from priorities.wording import people_in_words
from reports import document
from reports.blocks.records import records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from reviews.models import Feedback


def read(block: Block, reader: Reader) -> document.VoiceBlock:
    voices = tuple(_voice(feedback, reader) for feedback in reader.records.learning.feedback)
    nothing = f"No feedback of {reader.records.report.period} can be quoted yet."
    return document.VoiceBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        voices=voices,
        intro="" if voices else nothing,
        note=block.source,
    )


def _voice(feedback: Feedback, reader: Reader) -> document.Voice:
    return document.Voice(
        title=feedback.title,
        who=_who(feedback, reader),
        said=feedback.summary,
        quotes=tuple(document.Quote(text=quote.words, attribution=quote.said_by) for quote in feedback.quotes.all()),
        changed=feedback.changed,
    )


def _who(feedback: Feedback, reader: Reader) -> str:
    number = _took_part(feedback, reader)
    who = [feedback.get_source_display(), feedback.get_method_display()]
    return ". ".join([*who, f"Number taking part: {number}"] if number else who)


def _took_part(feedback: Feedback, reader: Reader) -> str:
    """How many took part, from the measure that counts them if there is one; empty if it is not known."""
    if feedback.counted_by is None:
        return "" if feedback.took_part is None else people_in_words(feedback.took_part, unit=Unit.PEOPLE)
    figure = reader.records.figures.figure(feedback.counted_by.code, feedback.period.code, "value")
    if figure is None:
        return ""
    reader.use(figure)
    return figure.text


KIND = records_kind(Kind.VOICE, read, records="reviews:feedback-list")
