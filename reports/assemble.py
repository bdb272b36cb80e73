"""The only reader of a report's records: from the database to a `Document`, in a constant number of queries."""

from django.utils import timezone

from partnership.models import Partnership, ReportingPeriod
from priorities.models import Measure
from priorities.queries import figure_book
from reports import document
from reports.blocks import read_block
from reports.choices import PRINTED_STATUS, Kind, ReportStatus
from reports.models import AnnualReport, Block, Section
from reports.queries import computed_figures, outline, with_contents
from reports.reader import Reader, Records
from reports.richtext import figure_tokens
from reviews.yearly import YearOfLearning, measures_of
from training.evaluation import evaluated, quotations
from training.figures import attendance

LANGUAGE = "en-GB"


def assemble(report: AnnualReport) -> document.Document:
    """The report as it stands now. What cannot be resolved is named in the Document's `problems`."""
    partnership = Partnership.objects.select_related("area").get()
    sections = list(Section.objects.filter(report=report).select_related("owner"))
    blocks: dict[int, list[Block]] = {section.pk: [] for section in sections}
    for block in with_contents(Block.objects.filter(section__report=report)):
        blocks[block.section_id].append(block)
    records = _records(report, [block for section_blocks in blocks.values() for block in section_blocks])
    read = tuple(_section(section, level, blocks[section.pk], records) for section, level in outline(sections))
    return document.Document(
        format=document.FORMAT,
        title=report.title,
        partnership=partnership.name,
        short_name=partnership.short_name,
        area=partnership.area.name,
        year=report.period.code,
        year_label=report.period.label,
        period=f"{report.period.starts_on:%-d %B %Y} to {report.period.ends_on:%-d %B %Y}",
        status=PRINTED_STATUS[ReportStatus(report.status)],
        language=LANGUAGE,
        accent=partnership.accent,
        sections=read,
        figures=tuple(records.used.values()),
        problems=tuple(records.problems),
    )


def _records(report: AnnualReport, blocks: list[Block]) -> Records:
    periods = list(ReportingPeriod.objects.all())
    attendances = attendance(periods)
    evaluation = evaluated(periods, timezone.localdate())
    computed = computed_figures(periods, attendances, evaluation)
    counting = list(Measure.objects.exclude(calculation=""))
    learning = YearOfLearning(report.period)
    codes = _codes_in(blocks) | _codes_of_records({block.kind for block in blocks}, counting, learning)
    return Records(
        report=report,
        figures=figure_book(computed=computed, periods=periods, codes=codes),
        computed=computed,
        counted_by={(measure.calculation, measure.calculation_of): measure for measure in counting},
        attendances=attendances,
        evaluation=evaluation,
        training_quotes=quotations(report.period),
        periods=periods,
        learning=learning,
        signatures=tuple(report.signatures.select_related("agency")),
    )


def _codes_of_records(kinds: set[str], counting: list[Measure], learning: YearOfLearning) -> set[str]:
    """The codes of the measures that blocks of these kinds show by themselves."""
    codes: set[str] = set()
    if Kind.PRACTICE_REVIEWS in kinds:
        codes |= {measure.code for measure in counting if measure.calculation.startswith("reviews.")}
    if Kind.RESTRAINT in kinds:
        codes |= {measure.code for scrutiny in learning.restraint for measure in measures_of(scrutiny)}
    if Kind.VOICE in kinds:
        codes |= {feedback.counted_by.code for feedback in learning.feedback if feedback.counted_by}
    return codes


def _codes_in(blocks: list[Block]) -> set[str]:
    """The codes of every measure that prose, tables or charts name."""
    texts = [block.body for block in blocks] + [item.text for block in blocks for item in block.items.all()]
    in_prose = {token.code for text in texts for token in figure_tokens(text)}
    return in_prose | {row.measure.code for block in blocks for row in block.measures.all()}


def _section(section: Section, level: int, blocks: list[Block], records: Records) -> document.Section:
    reader = Reader(records=records, section=section, level=level)
    read = tuple(read_block(block, reader) for block in blocks)
    return document.Section(
        id=section.pk,
        anchor=section.anchor,
        number=section.number,
        title=section.title,
        level=level,
        owner=section.owner.name,
        blocks=read,
        notes=tuple(reader.notes),
    )
