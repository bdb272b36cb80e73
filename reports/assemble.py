"""The only reader of a report's records: from the database to a `Document`, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace

from django.utils import timezone

from partnership.models import Partnership, ReportingPeriod
from partnership.theme import theme_in_force
from partnership.yearly import YearOfPartnership
from priorities.figurebook import Figure
from priorities.models import Measure
from priorities.queries import figure_book
from reports import document
from reports.blocks import fill_last, read_block
from reports.choices import OF_THE_WHOLE, PRINTED_STATUS, RETELLINGS, Kind, ReportStatus, Variant
from reports.coverage import coverage
from reports.models import AnnualReport, Block, ReportImage, Section, Term
from reports.queries import computed_figures, outline, signatures_of, with_contents
from reports.reader import Reader, Records
from reports.references import targets_named
from reports.richtext import figure_tokens, pictures, references
from reviews.yearly import YearOfLearning, measures_of
from training.evaluation import evaluated, quotations
from training.figures import attendance

LANGUAGE = "en-GB"

THAT_COUNT = {
    "training": {Kind.TRAINING_ATTENDANCE, Kind.TRAINING_COURSES, Kind.TRAINING_YEARS, Kind.TRAINING_EVALUATION},
    "reviews": {Kind.PRACTICE_REVIEWS},
}
"""The apps whose records are counted at length, each with the kinds of block that show counts by themselves."""

FiguresOfSections = Mapping[int, tuple[Figure, ...]]


def assemble(report: AnnualReport) -> document.Document:
    """The report as it stands now. What cannot be resolved is named in the Document's `problems`."""
    return assemble_with_figures(report)[0]


def assemble_with_figures(report: AnnualReport) -> tuple[document.Document, FiguresOfSections]:
    """Likewise, and beside it the figures that each section shows, by the section's id."""
    return _assembled(report)


def assemble_section(section: Section) -> document.Document:
    """A Document of this section alone, as it stands in the whole one; what its blocks do not need is not read."""
    if section.blocks.filter(kind__in=OF_THE_WHOLE).exists():
        return _cut_out(section, *_assembled(section.report))
    return _assembled(section.report, only=section)[0]


def _cut_out(section: Section, whole: document.Document, figures: FiguresOfSections) -> document.Document:
    """The Document with nothing but this section, and what belongs to it."""
    return replace(
        whole,
        sections=tuple(each for each in whole.sections if each.id == section.pk),
        figures=figures.get(section.pk, ()),
        problems=tuple(each for each in whole.problems if each.section_id == section.pk),
    )


def _assembled(report: AnnualReport, only: Section | None = None) -> tuple[document.Document, FiguresOfSections]:
    partnership = Partnership.objects.select_related("area").get()
    sections = list(Section.objects.filter(report=report).select_related("owner"))
    blocks: dict[int, list[Block]] = {section.pk: [] for section in sections if only in (None, section)}
    for block in with_contents(Block.objects.filter(section__in=blocks)):
        blocks[block.section_id].append(block)
    in_order = [block for section_blocks in blocks.values() for block in section_blocks]
    records = _records(report, in_order, is_whole=only is None)
    read = tuple(
        _section(section, level, [block for block in blocks[section.pk] if block.is_in_report], records)
        for section, level in outline(sections)
        if section.pk in blocks
    )
    filled = fill_last(read, records)
    short, childrens = (_retelling(variant, sections, blocks, records) for variant in RETELLINGS)
    assembled = document.Document(
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
        sections=filled,
        theme=theme_in_force(),
        figures=tuple(records.used.values()),
        problems=tuple(records.problems),
        images=tuple(records.images.values()),
        short=short,
        childrens=childrens,
    )
    return assembled, {section: tuple(figures.values()) for section, figures in records.used_in.items()}


def _records(report: AnnualReport, blocks: list[Block], *, is_whole: bool) -> Records:
    periods = list(ReportingPeriod.objects.all())
    counting = list(Measure.objects.exclude(calculation=""))
    learning = YearOfLearning(report.period)
    texts = _texts_in(blocks)
    kinds = {block.kind for block in blocks}
    codes = _codes_in(blocks, texts) | _codes_of_records(kinds, counting, learning)
    apps = set(THAT_COUNT) if is_whole else _apps_that_count(kinds, codes)
    attendances = attendance(periods) if "training" in apps else {}
    evaluation = evaluated(periods, timezone.localdate()) if "training" in apps else {}
    computed = computed_figures(periods, attendances, evaluation) if apps else {}
    return Records(
        report=report,
        figures=figure_book(computed=computed, periods=periods, codes=codes),
        computed=computed,
        counted_by={(measure.calculation, measure.calculation_of): measure for measure in counting},
        attendances=attendances,
        evaluation=evaluation,
        training_quotes=quotations(report.period) if "training" in apps else (),
        periods=periods,
        learning=learning,
        coverage=coverage(report) if Kind.STATUTORY_COVERAGE in kinds else None,
        partnership=YearOfPartnership(report.period),
        signatures=signatures_of(report),
        targets=targets_named(report, {reference for text in texts for reference in references(text)}),
        pictures=ReportImage.objects.in_bulk({picture.image for text in texts for picture in pictures(text)}),
        terms=dict(Term.objects.values_list("abbreviation", "meaning")) if Kind.GLOSSARY in kinds else {},
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


def _apps_that_count(kinds: set[str], codes: set[str]) -> set[str]:
    """Those whose counts these blocks show, or these measures, or what they are shares of: few sections need any."""
    named = Measure.objects.filter(code__in=codes) | Measure.objects.filter(numerators__code__in=codes)
    calculations = set(named.values_list("calculation", flat=True))
    return {
        app
        for app, shown in THAT_COUNT.items()
        if kinds & shown or any(calculation.startswith(f"{app}.") for calculation in calculations)
    }


def _texts_in(blocks: list[Block]) -> list[str]:
    """All prose of the blocks, as it is stored."""
    items = [item for block in blocks for item in block.items.all()]
    return [block.body for block in blocks] + [text for item in items for text in (item.text, item.said)]


def _codes_in(blocks: list[Block], texts: list[str]) -> set[str]:
    """The codes of every measure that prose, tables or charts name."""
    in_prose = {token.code for text in texts for token in figure_tokens(text)}
    return in_prose | {row.measure.code for block in blocks for row in block.measures.all()}


def _retelling(
    variant: Variant, sections: Iterable[Section], blocks: Mapping[int, list[Block]], records: Records
) -> document.Retelling:
    """What is marked for a variant, in the order of the report; its figures and pictures are kept by themselves."""
    apart = replace(records, used={}, images={})
    marked = (
        (section, [block for block in blocks.get(section.pk, ()) if block.stands_in(variant)])
        for section, _ in outline(sections)
    )
    read = tuple(_section_retold(section, own, apart, variant) for section, own in marked if own)
    return document.Retelling(
        sections=fill_last(read, apart),
        figures=tuple(apart.used.values()),
        images=tuple(apart.images.values()),
    )


def _section_retold(section: Section, blocks: list[Block], records: Records, variant: Variant) -> document.Section:
    """A section without its number, as these stand alone.

    The heading of a text that was written for it takes the place of its title, and so does that of an only part.
    """
    first, *others = blocks
    title = section.title
    if first.heading and not (first.is_in_report and others):
        title, first = first.heading, copy(first)
        first.heading = ""
    read = _section(section, 1, [first, *others], records, prefix=f"{variant}-")
    return replace(read, number="", title=title)


def _section(
    section: Section, level: int, blocks: list[Block], records: Records, *, prefix: str = ""
) -> document.Section:
    reader = Reader(records=records, section=section, level=level, prefix=prefix)
    read = tuple(read_block(block, reader) for block in blocks)
    return document.Section(
        id=section.pk,
        anchor=reader.anchor,
        number=section.number,
        title=section.title,
        level=level,
        owner=section.owner.name,
        blocks=read,
        notes=tuple(reader.notes),
    )
