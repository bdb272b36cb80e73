"""Reads that several pages share."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Prefetch, Q, QuerySet

from partnership.models import ReportingPeriod
from priorities.figurebook import Computed, FigureBook
from priorities.models import Measure, QuarterlyUpdate
from priorities.queries import figure_book
from reports.models import AnnualReport, Block, MeasureOnBlock, Section
from reviews import figures as review_figures
from training import figures as training_figures
from training.figures import AttendanceByOrganisation, attendance


def whole_figure_book(codes: set[str] | None = None) -> FigureBook:
    """Every measure's figures (or those of the codes), returned and computed."""
    periods = list(ReportingPeriod.objects.all())
    return figure_book(computed=computed_figures(periods, attendance(periods)), periods=periods, codes=codes)


def computed_figures(
    periods: Sequence[ReportingPeriod], attendances: Mapping[str, AttendanceByOrganisation]
) -> Computed:
    """What the other apps compute from their records for these periods; `attendances` has been read already."""
    return {**training_figures.computed(attendances), **review_figures.computed(periods)}


def with_contents(blocks: QuerySet[Block]) -> QuerySet[Block]:
    """Blocks with all that was written into them: four queries whatever their number."""
    rows = MeasureOnBlock.objects.select_related("measure", "period")
    return blocks.prefetch_related("items", "quotations", Prefetch("measures", rows))


def outline(sections: Iterable[Section]) -> list[tuple[Section, int]]:
    """The sections of one report in reading order, each with its level: 1 for a chapter."""
    children: dict[int | None, list[Section]] = {}
    for section in sections:
        children.setdefault(section.parent_id, []).append(section)

    def walk(parent: int | None, level: int) -> list[tuple[Section, int]]:
        found = []
        for section in sorted(children.get(parent, []), key=lambda section: (section.order, section.pk)):
            found.append((section, level))
            found += walk(section.pk, level + 1)
        return found

    return walk(None, 1)


def report_for_year(year: str) -> AnnualReport:
    """The report of a year written 2022-23; raises `AnnualReport.DoesNotExist`."""
    return AnnualReport.objects.select_related("period").get(period__code=year)


def updates_for(section: Section) -> QuerySet[QuarterlyUpdate]:
    """The accepted updates that a section can be written from: of its priority, in the report's year."""
    period = section.report.period
    return (
        QuarterlyUpdate.objects.accepted()
        .with_names()
        .filter(
            priority=section.priority_id,
            round__period__starts_on__gte=period.starts_on,
            round__period__ends_on__lte=period.ends_on,
        )
    )


MOST_WORDS = 10
"""Of a search; the rest is passed over."""


def measures_matching(words: str) -> QuerySet[Measure]:
    """The measures in whose name, definition, code or area each of the first words occurs; all for no words."""
    measures = Measure.objects.select_related("area", "owner", "priority").order_by("priority__order", "name")
    for word in words.replace("\0", " ").split()[:MOST_WORDS]:
        measures = measures.filter(
            Q(name__icontains=word)
            | Q(definition__icontains=word)
            | Q(code__icontains=word)
            | Q(area__name__icontains=word)
        )
    return measures


def sections_showing(measure: Measure) -> QuerySet[Section]:
    """The sections in which a table, a chart or the prose shows the measure."""
    token = f'data-figure="{measure.code}"'
    shows = (
        Q(blocks__measures__measure=measure) | Q(blocks__body__contains=token) | Q(blocks__items__text__contains=token)
    )
    return Section.objects.filter(shows).order_by("number").distinct()
