"""Reads that several pages share."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.text import Truncator

from partnership.models import ReportingPeriod
from priorities import figures as priority_figures
from priorities.choices import UpdateStatus, ValueStatus
from priorities.figurebook import Computed, Figure, FigureBook
from priorities.models import ImpactEvidence, Measure, Priority, QuarterlyUpdate
from priorities.queries import figure_book
from reports.attention import Evidence, Point, evidence_in_text, figures_that_show
from reports.choices import Kind, PublicationStatus, Shows, Variant
from reports.content import BlockContent, from_json
from reports.document import Signature
from reports.models import (
    AnnualReport,
    Block,
    Edition,
    ListItem,
    MeasureOnBlock,
    Presence,
    Publication,
    Section,
)
from reports.models import Signature as SignatureRow
from reports.richtext import figure_tokens, plain_text
from reviews import figures as review_figures
from training import figures as training_figures
from training.evaluation import EvaluatedYear, evaluated
from training.figures import AttendanceByOrganisation, attendance


def whole_figure_book(codes: set[str] | None = None) -> FigureBook:
    """Every measure's figures (or those of the codes), returned and computed."""
    periods = list(ReportingPeriod.objects.all())
    computed = computed_figures(periods, attendance(periods), evaluated(periods, timezone.localdate()))
    return figure_book(computed=computed, periods=periods, codes=codes)


def computed_figures(
    periods: Sequence[ReportingPeriod],
    attendances: Mapping[str, AttendanceByOrganisation],
    evaluation: Mapping[str, EvaluatedYear],
) -> Computed:
    """What the other apps compute from their records for these periods; those of training have been read already."""
    return {**training_figures.computed(attendances, evaluation), **review_figures.computed(periods)}


def with_contents(blocks: QuerySet[Block]) -> QuerySet[Block]:
    """Blocks with all that was written into them: four queries whatever their number."""
    rows = MeasureOnBlock.objects.select_related("measure", "period")
    return blocks.prefetch_related("items", "quotations", Prefetch("measures", rows))


def blocks_by_section(sections: Collection[int]) -> dict[int, list[Block]]:
    """The blocks of these sections with all that was written into them, by the section's id."""
    found: dict[int, list[Block]] = {section: [] for section in sections}
    for block in with_contents(Block.objects.filter(section__in=found)):
        found[block.section_id].append(block)
    return found


def shown_at(block: Block, version: int, shows: str) -> BlockContent | None:
    """What a page has of a block that says it `shows` this of a version; None where that is no longer kept."""
    revision = block.revisions.filter(version=version).first()
    if revision is None:
        return None
    return from_json(revision.sent if shows == Shows.SENT and revision.sent else revision.content)


def present_in(section: Section, *, since: datetime) -> QuerySet[Presence]:
    """Who has a section open and was heard of since then."""
    return section.presences.filter(seen_at__gte=since).select_related("user")


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


def signatures_of(report: AnnualReport) -> tuple[Signature, ...]:
    """The places below a report, with the names and days of the edition that it stands as: none while it is drafted."""
    given = SignatureRow.objects.filter(
        edition__report=report,
        edition__status=OuterRef("report__status"),
        agency=OuterRef("agency"),
        post=OuterRef("post"),
    ).order_by("-edition")
    places = report.signing_places.select_related("agency").annotate(
        name=Subquery(given.values("name")[:1]), signed_on=Subquery(given.values("signed_on")[:1])
    )
    return tuple(signature_of(place) for place in places)


def signature_of(place: Any) -> Signature:
    """A place, or what was given there, as the report shows it: with name and day, or awaited."""
    return Signature(
        name=place.name or "",
        post=place.post,
        agency=place.agency.name,
        signed_on=f"{place.signed_on:%-d %B %Y}" if place.signed_on else "",
    )


def updates_for(section: Section) -> QuerySet[QuarterlyUpdate]:
    """The accepted updates that a section can be written from: of its priority, in the report's year."""
    period = section.report.period
    return (
        QuarterlyUpdate.objects.accepted()
        .with_names()
        .with_answers()
        .filter(
            priority=section.priority_id,
            round__period__starts_on__gte=period.starts_on,
            round__period__ends_on__lte=period.ends_on,
        )
    )


def points_on_impact(sections: Iterable[Section], figures: Iterable[Figure]) -> list[Point]:
    """What these sections say of the difference made, in order, with what shows it: two queries for any number.

    `figures` are those that the report shows. The evidence of an update counts while the update is accepted.
    """
    items = list(
        ListItem.objects.filter(
            block__section__in=sections,
            block__kind=Kind.DIFFERENCE,
            block__is_in_report=True,
            block__removed_at__isnull=True,
        )
        .select_related("block", "known_measure")
        .order_by("block__section", "block__order", "block_id", "order")
    )
    from_updates = _evidence_of_updates({item.update_id for item in items if item.update_id})
    shown = figures_that_show(figures)
    return [
        Point(
            section_id=item.block.section_id,
            block_id=item.block_id,
            position=item.order,
            text=plain_text(item.text),
            evidence=(
                *_evidence_said(item),
                *evidence_in_text(figure_tokens(item.text), shown),
                *from_updates.get(item.update_id, ()),
            ),
        )
        for item in items
    ]


def _evidence_said(item: ListItem) -> tuple[Evidence, ...]:
    if not item.how_known:
        return ()
    return (Evidence(item.how_known, item.known_measure.name if item.known_measure else item.known_from),)


REFERENCE_WORDS = 20
"""So many words of what a partner wrote name the evidence where a point stands."""


def _evidence_of_updates(updates: Collection[int]) -> dict[int | None, tuple[Evidence, ...]]:
    found: dict[int | None, tuple[Evidence, ...]] = {}
    rows = ImpactEvidence.objects.filter(update__in=updates, update__status=UpdateStatus.ACCEPTED)
    for row in rows.select_related("measure"):
        reference = row.measure.name if row.measure else Truncator(row.description).words(REFERENCE_WORDS, " …")
        evidence = Evidence(row.kind, reference)
        found[row.update_id] = (*found.get(row.update_id, ()), evidence)
    return found


def measures_that_show() -> dict[int, str]:
    """The names of the measures that an impact can be known by, those with a number: by id, each name once."""
    has_number = Q(values__status=ValueStatus.AGREED, values__number__isnull=False) | ~Q(calculation="")
    measures = Measure.objects.filter(has_number).order_by("name", "code").distinct().values_list("pk", "name", "code")
    names = Counter(name for _, name, _ in measures)
    return {pk: f"{name} ({code})" if names[name] > 1 else name for pk, name, code in measures}


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


def known_calculations() -> dict[str, str]:
    """What can be counted from records, each with its words."""
    return {**priority_figures.CALCULATIONS, **training_figures.CALCULATIONS, **review_figures.CALCULATIONS}


def scorecard_measures(priority: Priority | None = None) -> QuerySet[Measure]:
    """The measures of a scorecard in the order of the plan: of one priority, or all."""
    measures = Measure.objects.select_related("area", "owner", "priority").order_by("priority__order", "name")
    return measures.filter(priority=priority) if priority else measures


def published_editions() -> QuerySet[Edition]:
    """Every version that was published, the latest year first; `made` are the files of the whole that are there."""
    ready = (
        Publication.objects.filter(variant=Variant.REPORT, status=PublicationStatus.READY)
        .defer("document")
        .order_by("pk")
    )
    files = Prefetch("files", ready.select_related("report__period"), to_attr="made")
    editions = Edition.objects.public().select_related("report__period").prefetch_related(files)
    return editions.defer("document").order_by("-report__period__starts_on", "-number")
